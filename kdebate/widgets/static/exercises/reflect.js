// Reflect: a text of one's own, stored by itself while it is written.

import { button, mountExercise, numberField, textField } from "./card.js";
import { el, write } from "../page/dom.js";

const QUIET = 600; // ms without a key until the text is stored
const LONGEST = 2500; // ms that someone who never pauses waits

const countWords = (text) => (text.match(/\S+/gu) ?? []).length;

/** Store when the reader pauses, and at the latest when the page goes. */
export function autoStore(ctx, store) {
  let timer = null;
  let since = null;
  function flush() {
    if (timer === null) return;
    clearTimeout(timer);
    timer = since = null;
    store();
  }
  function touched() {
    ctx.touch();
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(ctx.guard(flush), Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  }
  return { flush, touched };
}

function create(ctx) {
  const { question, say } = ctx;
  const parts = question.parts ?? null;
  const auto = autoStore(ctx, keep);
  const words = el("span", { class: "kdx-words" });
  const fields = {};
  for (const part of parts ?? ["text"]) {
    const placeholder = question.placeholder ?? say("reflect.placeholder");
    if (part === "confidence") {
      fields[part] = numberField(ctx, { label: say("reflect.confidence"), min: 0, max: 100, step: 5, unit: "%", name: `${question.id}.confidence`, oninput: () => touched() });
    } else if (part === "text" || part === "claim") {
      const label = parts ? say("reflect.claim") : { text: question.prompt, hidden: true };
      fields[part] = textField(ctx, "", label, { rows: 3, placeholder: parts ? null : placeholder, oninput: () => touched() });
    } else {
      fields[part] = textField(ctx, part, say(`reflect.${part}`), { rows: part === "evidence" ? 1 : 2, oninput: () => touched() });
    }
  }

  function read() {
    if (!parts) return fields.text.field.value;
    const answer = {};
    for (const [part, { field, value }] of Object.entries(fields)) answer[part] = field ? field.value : value === null ? null : value / 100;
    return answer;
  }

  function keep() {
    ctx.store(read());
    ctx.done(true);
  }

  function show(answer) {
    for (const [part, control] of Object.entries(fields)) {
      const value = parts ? answer?.[part] : answer;
      if (control.field) control.field.value = typeof value === "string" ? value : "";
      else control.set(typeof value === "number" ? Math.round(value * 100) : null);
    }
    ctx.done(answer !== null);
    counted();
  }

  function counted() {
    const text = Object.values(fields).map(({ field }) => field?.value ?? "").join(" ");
    const n = countWords(text);
    write(words, n === 1 ? say("card.words_one") : say("card.words_many", { count: n }));
  }

  function touched() {
    auto.touched();
    counted();
  }

  function submit() {
    auto.flush();
    if (ctx.latest() === null) keep();
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
      el("div", { class: "kdx-buttons" }, button(say("card.store"), "store", null, { type: "submit", class: "kd-button kdx-main" }),
        el("span", { class: "kdx-hint" }, say("card.auto")), words),
    ],
    show,
    submit,
    flush: auto.flush,
  };
}

export default { render: (context) => mountExercise(context, create) };
