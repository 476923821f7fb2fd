// Reflect: a text of one's own, stored by itself while it is written.

import { el, write } from "../page/dom.js";
import { mainButton, mountExercise, numberField, textField } from "./card.js";
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

/** The sources that the page lists at its end, by id and short title; none where there is no such list. */
function listedSources() {
  return [...document.querySelectorAll("td:last-child")].flatMap(({ textContent, parentElement }) => {
    const id = /^(?:row|cite|table):(\S+)$/.exec(textContent.trim())?.[1];
    return id ? [`${id}: ${parentElement.children[1].textContent.trim()}`] : [];
  });
}

/** Lets a word find a source of this chapter; choosing one writes it below what stands in the field. */
function sourcePicker(ctx, field) {
  const { say } = ctx;
  const [id, listId] = [ctx.freshId(), ctx.freshId()];
  const list = el("datalist", { id: listId });
  const find = el("input", {
    type: "text",
    id,
    list: listId,
    autocomplete: "off",
    placeholder: say("reflect.find_more"),
  });
  const offer = () => list.replaceChildren(...listedSources().map((value) => el("option", { value })));
  const choose = () => {
    if (![...list.children].some((option) => option.getAttribute("value") === find.value)) return;
    field.value = [field.value.trimEnd(), find.value].filter(Boolean).join("\n");
    find.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  find.addEventListener("focus", ctx.guard(offer));
  find.addEventListener("input", ctx.guard(choose));
  return el("div", { class: "kdx-find" }, el("label", { for: id }, say("reflect.find")), find, list);
}

/** What a field of evidence has beside its text. */
function evidenceField(ctx, oninput) {
  const made = textField(ctx, "evidence", ctx.say("reflect.evidence"), { rows: 1, oninput });
  made.field.before(sourcePicker(ctx, made.field));
  return made;
}

/** The field of one part; the parts that a question names are a claim, its grounds, and how sure one is. */
function partField(ctx, part, oninput) {
  const { question, say } = ctx;
  if (part === "confidence") {
    const scale = { label: say("reflect.confidence"), min: 0, max: 100, step: 5, unit: "%" };
    return numberField(ctx, { ...scale, name: `${question.id}.confidence`, oninput });
  }
  if (part === "claim") return textField(ctx, "", say("reflect.claim"), { rows: 3, oninput });
  if (part === "evidence") return evidenceField(ctx, oninput);
  if (part !== "text") return textField(ctx, part, say(`reflect.${part}`), { rows: 2, oninput });
  const placeholder = question.placeholder ?? say("reflect.placeholder");
  return textField(ctx, "", { text: question.prompt, hidden: true }, { rows: 3, placeholder, oninput });
}

class OwnText {
  constructor(ctx) {
    this.ctx = ctx;
    this.parts = ctx.question.parts ?? null;
    this.textParts = (this.parts ?? []).filter((part) => part !== "confidence");
    this.auto = autoStore(ctx, () => this.#keep(ctx.storeQuietly));
    this.flush = this.auto.flush;
    this.stop = this.auto.stop;
    this.words = el("span", { class: "kdx-words" });
    const touched = ctx.guard(() => {
      this.auto.touched();
      this.#count();
    });
    this.fields = Object.fromEntries((this.parts ?? ["text"]).map((part) => [part, partField(ctx, part, touched)]));
    ctx.root.addEventListener(
      "focusout",
      ctx.guard((event) => this.#left(event)),
    );
  }

  get nodes() {
    const { say } = this.ctx;
    const hint = el("span", { class: "kdx-hint" }, say("card.auto"));
    const buttons = el("div", { class: "kdx-buttons" }, mainButton(say("card.store")), hint, this.words);
    return [...Object.values(this.fields).map(({ row }) => row), buttons];
  }

  accepts(answer) {
    if (!this.parts) return isText(answer);
    const fits = (part) => maybe(part === "confidence" ? isWithin(0, 1) : isText);
    return isShape(Object.fromEntries(this.parts.map((part) => [part, fits(part)])))(answer);
  }

  read() {
    if (!this.parts) return this.fields.text.field.value;
    const answer = {};
    for (const [part, { field, value }] of Object.entries(this.fields))
      answer[part] = field ? field.value : value === null ? null : value / 100;
    return answer;
  }

  texts(answer) {
    return this.parts ? this.textParts.map((part) => answer[part] ?? "") : [answer];
  }

  describe(answer) {
    if (!this.parts) return answer;
    const { say } = this.ctx;
    const lines = this.textParts
      .filter((part) => answer[part])
      .map((part) => `${say(`reflect.${part}_short`)}: ${answer[part]}`);
    if (Number.isFinite(answer.confidence))
      lines.push(`${say("reflect.confidence_short")}: ${percent(answer.confidence)} %`);
    return lines.join("\n");
  }

  show(answer) {
    for (const [part, control] of Object.entries(this.fields)) {
      const value = this.parts ? answer?.[part] : answer;
      if (control.field) control.field.value = typeof value === "string" ? value : "";
      else control.set(typeof value === "number" ? percent(value) : null);
    }
    this.ctx.done(answer !== null);
    this.#count();
  }

  submit() {
    this.stop();
    if (this.ctx.dirty || this.ctx.latest() === null) this.#keep(this.ctx.store);
    this.ctx.endSitting();
  }

  #keep(store) {
    if (store(this.read())) this.ctx.done(true);
  }

  #count() {
    const text = Object.values(this.fields)
      .map(({ field }) => field?.value ?? "")
      .join(" ");
    const n = countWords(text);
    write(this.words, n === 1 ? this.ctx.say("card.words_one") : this.ctx.say("card.words_many", { count: n }));
  }

  /** The keyboard went elsewhere: what was written is stored, and what came meanwhile is taken over. */
  #left(event) {
    if (this.ctx.root.contains(event.relatedTarget)) return;
    this.flush();
    this.ctx.endSitting();
    this.ctx.adopt();
  }
}

export default { render: (context) => mountExercise(context, (ctx) => new OwnText(ctx)) };
