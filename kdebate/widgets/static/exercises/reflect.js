// Reflect: a text of one's own, stored by itself while it is written.

import { el, write } from "../page/dom.js";
import { button, mountExercise, numberField, textField } from "./card.js";
import { isShape, isText, isWithin, maybe } from "./shapes.js";

const QUIET = 600; // ms without a key until the text is stored
const LONGEST = 2500; // ms that someone who never pauses waits

const percent = (share) => Math.round(share * 100);
const countWords = (text) => (text.match(/\S+/gu) ?? []).length;

/** Store when the reader pauses, and at the latest when the page goes. */
export function autoStore(ctx, store) {
  let timer = null;
  let since = null;
  function stop() {
    clearTimeout(timer);
    timer = since = null;
  }
  function flush() {
    if (timer === null) return;
    stop();
    store();
  }
  function touched() {
    ctx.touch();
    if (ctx.adrift) return;
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(ctx.guard(flush), Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  }
  return { flush, stop, touched };
}

function create(ctx) {
  const { question, say } = ctx;
  const parts = question.parts ?? null;
  const auto = autoStore(ctx, () => keep(ctx.storeQuietly));
  const words = el("span", { class: "kdx-words" });
  const fields = {};
  for (const part of parts ?? ["text"]) {
    const placeholder = question.placeholder ?? say("reflect.placeholder");
    if (part === "confidence") {
      fields[part] = numberField(ctx, {
        label: say("reflect.confidence"),
        min: 0,
        max: 100,
        step: 5,
        unit: "%",
        name: `${question.id}.confidence`,
        oninput: ctx.guard(touched),
      });
    } else if (part === "text" || part === "claim") {
      const label = parts ? say("reflect.claim") : { text: question.prompt, hidden: true };
      fields[part] = textField(ctx, "", label, {
        rows: 3,
        placeholder: parts ? null : placeholder,
        oninput: ctx.guard(touched),
      });
    } else {
      fields[part] = textField(ctx, part, say(`reflect.${part}`), {
        rows: part === "evidence" ? 1 : 2,
        oninput: ctx.guard(touched),
      });
    }
  }

  function read() {
    if (!parts) return fields.text.field.value;
    const answer = {};
    for (const [part, { field, value }] of Object.entries(fields))
      answer[part] = field ? field.value : value === null ? null : value / 100;
    return answer;
  }

  function keep(store) {
    if (store(read())) ctx.done(true);
  }

  const textParts = (parts ?? []).filter((part) => part !== "confidence");
  const accepts = parts
    ? isShape(Object.fromEntries(parts.map((part) => [part, maybe(part === "confidence" ? isWithin(0, 1) : isText)])))
    : isText;
  const texts = (answer) => (parts ? textParts.map((part) => answer[part] ?? "") : [answer]);

  function describe(answer) {
    if (!parts) return answer;
    const lines = textParts
      .filter((part) => answer[part])
      .map((part) => `${say(`reflect.${part}_short`)}: ${answer[part]}`);
    if (Number.isFinite(answer.confidence))
      lines.push(`${say("reflect.confidence_short")}: ${percent(answer.confidence)} %`);
    return lines.join("\n");
  }

  function show(answer) {
    for (const [part, control] of Object.entries(fields)) {
      const value = parts ? answer?.[part] : answer;
      if (control.field) control.field.value = typeof value === "string" ? value : "";
      else control.set(typeof value === "number" ? percent(value) : null);
    }
    ctx.done(answer !== null);
    counted();
  }

  function counted() {
    const text = Object.values(fields)
      .map(({ field }) => field?.value ?? "")
      .join(" ");
    const n = countWords(text);
    write(words, n === 1 ? say("card.words_one") : say("card.words_many", { count: n }));
  }

  function touched() {
    auto.touched();
    counted();
  }

  function submit() {
    auto.stop();
    if (ctx.dirty || ctx.latest() === null) keep(ctx.store);
    ctx.endSitting();
  }

  const left = (event) => {
    if (ctx.root.contains(event.relatedTarget)) return;
    auto.flush();
    ctx.endSitting();
    ctx.adopt();
  };
  ctx.root.addEventListener("focusout", ctx.guard(left));
  return {
    nodes: [
      ...Object.values(fields).map(({ row }) => row),
      el(
        "div",
        { class: "kdx-buttons" },
        button(say("card.store"), "store", null, { type: "submit", class: "kd-button kdx-main" }),
        el("span", { class: "kdx-hint" }, say("card.auto")),
        words,
      ),
    ],
    accepts,
    describe,
    read,
    show,
    submit,
    texts,
    flush: auto.flush,
    stop: auto.stop,
  };
}

export default { render: (context) => mountExercise(context, create) };
