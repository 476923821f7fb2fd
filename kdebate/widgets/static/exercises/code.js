// Code: a list to sort by a codebook, then a comparison with a partner, by a short code, and with the table's own codes.

import { el, write } from "../page/dom.js";
import { button, mainButton, mountExercise, opener } from "./card.js";
import { codebook, Item, progressLine } from "./code_list.js";
import { isMapOf, isOneOf, isShape, isText, maybe } from "./shapes.js";
import { agreement, decodeChoices, encodeChoices } from "./short_code.js";

const percent = (share) => Math.round(100 * share);

/** A short code with its label and its button. */
function codeRow(ctx, name, input, action) {
  const label = el("label", { for: input.id, class: "kdx-label" }, ctx.say(`code.${name}`));
  return el("div", { class: "kdx-field" }, label, el("div", { class: "kd-code-row" }, input, action));
}

class Code {
  #partner = null; // what the partner's code holds, once it is compared
  #revealed = false; // whether the table's codes stand on the page

  constructor(ctx) {
    const { question } = ctx;
    this.ctx = ctx;
    const chosen = ctx.guard(() => {
      ctx.store(this.read());
      this.#paint();
    });
    this.items = question.items.map((item, i) => new Item(ctx, item, i, chosen));
    this.progress = progressLine(ctx);
    this.mine = el("input", { type: "text", id: ctx.freshId(), readonly: true });
    const typed = {
      name: `${question.id}.partner`,
      spellcheck: "false",
      autocomplete: "off",
      oninput: () => ctx.touch(),
    };
    this.theirs = el("input", { type: "text", id: ctx.freshId(), ...typed });
    this.result = el("p", { class: "kdx-feedback", role: "status", hidden: true });
    this.kappaText = el("p", { id: ctx.freshId(), class: "kdx-hint" });
    this.kappaButton = opener(ctx.say("code.kappa_show"), "kappa", this.kappaText, { hidden: true });
    const reveal = ctx.guard(() => this.#reveal());
    this.revealButton = button(question.reveal ?? "", "reveal", reveal, { hidden: !question.ours_by });
    this.later = el("p", { class: "kdx-hint", hidden: true }, ctx.say("code.sources_later"));
    const isPlace = (name) => question.items.some((_, i) => String(i + 1) === name);
    this.accepts = isShape({ codes: maybe(isMapOf(isPlace, isOneOf(question.codes))), partner: maybe(isText) });
  }

  get nodes() {
    const { ctx, items, progress, mine, theirs, result } = this;
    const copy = button(
      ctx.say("code.copy"),
      "copy",
      ctx.guard(() => this.#copy()),
    );
    const compare = mainButton(ctx.say("code.compare"));
    return [
      codebook(ctx),
      el("div", { class: "kdx-items" }, ...items.map(({ node }) => node)),
      this.later,
      el("div", { class: "kdx-buttons" }, this.revealButton, progress.node),
      el("div", { class: "kdx-two" }, codeRow(ctx, "mine", mine, copy), codeRow(ctx, "partner", theirs, compare)),
      el("p", { class: "kdx-hint" }, ctx.say("code.mine_help")),
      result,
      el("div", { class: "kdx-buttons" }, this.kappaButton),
      this.kappaText,
    ];
  }

  #label(id) {
    return this.ctx.question.codes.find((code) => code.id === id)?.label ?? "–";
  }

  /** The code chosen for each item, null where there is none. */
  get #chosen() {
    return this.items.map((item) => item.chosen);
  }

  read() {
    const codes = this.#chosen.map((code, i) => [String(i + 1), code]).filter(([, code]) => code);
    return { codes: Object.fromEntries(codes), partner: this.theirs.value.trim() };
  }

  describe(answer) {
    const codes = Object.entries(answer.codes ?? {}).map(([n, id]) => `${n}: ${this.#label(id)}`);
    const partner = answer.partner ? `${this.ctx.say("code.partner")}: ${answer.partner}` : "";
    return [...codes, partner].filter(Boolean).join("\n");
  }

  show(answer) {
    this.items.forEach((item, i) => item.choose(answer?.codes?.[String(i + 1)] ?? null));
    if (document.activeElement !== this.theirs) this.theirs.value = answer?.partner ?? "";
    if (answer === null) this.#revealed = false;
    this.#forget();
    if (this.theirs.value && answer) this.#compare();
    this.#paint();
  }

  submit() {
    if (this.theirs.value.trim() === "") return this.ctx.tell(this.ctx.say("code.empty_code"));
    if (!this.ctx.store(this.read())) return undefined;
    this.ctx.endSitting();
    this.ctx.tell(""); // what was missing before is there now
    this.#compare();
    return this.#paint();
  }

  /** Another question was answered: sources may wait for it. */
  heard() {
    const waits = this.ctx.question.sources_after ?? [];
    const isOpen = waits.every(this.ctx.isAnswered);
    for (const item of this.items) item.showMark(isOpen);
    this.later.hidden = isOpen;
  }

  #paint() {
    const { question, done } = this.ctx;
    const codes = this.#chosen;
    const coded = codes.filter(Boolean).length;
    this.progress.show(coded, codes.length);
    this.mine.value = encodeChoices(question, codes);
    this.revealButton.hidden = !question.ours_by || this.#revealed;
    this.items.forEach((item, i) => item.tell(this.#partner?.[i], this.#revealed));
    this.heard();
    done(coded === codes.length);
  }

  /** The table's codes, once every item has one of the learner's own; what is changed from here on is a new version. */
  #reveal() {
    const left = this.#chosen.filter((code) => !code).length;
    if (left > 0) return this.ctx.tell(this.ctx.say("code.left", { left, total: this.items.length }));
    this.ctx.endSitting();
    this.ctx.tell("");
    this.#revealed = true;
    return this.#paint();
  }

  #forget() {
    this.#partner = null;
    this.result.hidden = this.kappaButton.hidden = this.kappaText.hidden = true;
  }

  #compare() {
    const { question, say } = this.ctx;
    this.#forget();
    this.result.hidden = false;
    const others = decodeChoices(question, this.theirs.value);
    const wrong = { code: this.theirs.value.trim(), example: encodeChoices(question, []) };
    if (!others) return write(this.result, say("code.bad_code", wrong));
    const found = agreement(this.#chosen, others);
    if (found.both === 0) return write(this.result, say("code.nothing_both"));
    this.#partner = others;
    write(this.result, say("code.agree", { ...found, percent: percent(found.observed) }));
    const values = { chance: percent(found.chance), kappa: found.kappa?.toFixed(2).replace("-", "−") };
    write(this.kappaText, found.kappa === null ? say("code.kappa_none") : say("code.kappa", values));
    this.kappaButton.setAttribute("aria-expanded", "false");
    this.kappaButton.hidden = false;
    return undefined;
  }

  async #copy() {
    const { say, tell } = this.ctx;
    try {
      await navigator.clipboard.writeText(this.mine.value);
      tell(say("code.copied"));
    } catch {
      this.mine.select();
      tell(say("code.copy_failed"));
    }
  }
}

export default { render: (context) => mountExercise(context, (ctx) => new Code(ctx)) };
