// Code: quotations against a codebook, then a comparison with a partner by exchanging a short code.

import { sha256 } from "../journal/sha256.js";
import { el, tableNode, write } from "../page/dom.js";
import { button, facts, mainButton, mountExercise, opener } from "./card.js";
import { isMapOf, isOneOf, isShape, isText, maybe } from "./shapes.js";

const NONE = "0";
const percent = (share) => Math.round(100 * share);

// ---- the short code: "K" + 4 signs for the exercise, one digit per quotation, one check digit -------------------------------

function exerciseTag(question) {
  const what = [question.id, question.items.length, ...question.codes.map(({ id }) => id)].join("|");
  return sha256(new TextEncoder().encode(what)).slice(0, 4);
}

function checkDigit(tag, digits) {
  const sum = [...digits].reduce((total, digit, i) => total + (i + 1) * Number(digit), parseInt(tag, 16));
  return (sum % 36).toString(36);
}

/** A learner's choices as a short code. `chosen` maps the quotation's number to a code's id. */
export function encodeChoices(question, chosen) {
  const ids = question.codes.map(({ id }) => id);
  const digits = question.items.map((_, i) => String(ids.indexOf(chosen[i]) + 1)).join("");
  const tag = exerciseTag(question);
  return `K${tag}-${digits}-${checkDigit(tag, digits)}`;
}

/** The choices that a partner's code holds, as a list of ids and nulls; null when it is no code of this exercise. */
export function decodeChoices(question, text) {
  const found = /^k([0-9a-f]{4})-(\d+)-([0-9a-z])$/i.exec(text.replace(/\s/g, "").toLowerCase());
  if (!found) return null;
  const [, tag, digits, check] = found;
  const fits =
    tag === exerciseTag(question) && digits.length === question.items.length && check === checkDigit(tag, digits);
  if (!fits || [...digits].some((digit) => Number(digit) > question.codes.length)) return null;
  return [...digits].map((digit) => (digit === NONE ? null : question.codes[Number(digit) - 1].id));
}

/** Agreement of two coders on what both have coded: share, chance, Cohen's kappa (null where undefined). */
export function agreement(ours, theirs) {
  const both = ours.map((code, i) => [code, theirs[i]]).filter(([a, b]) => a && b);
  const same = both.filter(([a, b]) => a === b).length;
  const share = (list, code) => list.filter((one) => one === code).length / both.length;
  const [left, right] = [both.map(([a]) => a), both.map(([, b]) => b)];
  const chance = [...new Set(left)].reduce((sum, code) => sum + share(left, code) * share(right, code), 0);
  const observed = same / both.length;
  return {
    both: both.length,
    same,
    observed,
    chance,
    kappa: chance > 1 - 1e-12 ? null : (observed - chance) / (1 - chance),
  };
}

// ---- the card ---------------------------------------------------------------------------------------------------------------

function itemNode(ctx, item, i, onchange) {
  const { question, say } = ctx;
  const [id, textId] = [ctx.freshId(), ctx.freshId()];
  const select = el(
    "select",
    { id, name: `${question.id}.${i + 1}`, "aria-describedby": textId, onchange },
    el("option", { value: "" }, say("code.choose")),
    ...question.codes.map((code) => el("option", { value: code.id }, code.label)),
  );
  const node = el(
    "div",
    { class: "kdx-item" },
    el("label", { for: id, class: "kdx-label" }, say("code.item", { n: i + 1, total: question.items.length })),
    el(
      "blockquote",
      { id: textId },
      el("p", {}, item.text),
      item.source ? el("p", { class: "kdx-source" }, item.source) : null,
    ),
    select,
  );
  return { node, select };
}

/** A short code with its label and its button. */
function codeRow(ctx, name, input, action) {
  const label = el("label", { for: input.id, class: "kdx-label" }, ctx.say(`code.${name}`));
  return el("div", { class: "kdx-field" }, label, el("div", { class: "kd-code-row" }, input, action));
}

class Code {
  constructor(ctx) {
    const { question } = ctx;
    this.ctx = ctx;
    const chosen = ctx.guard(() => {
      ctx.store(this.read());
      this.#paint();
    });
    this.items = question.items.map((item, i) => itemNode(ctx, item, i, chosen));
    this.progress = el("p", { class: "kdx-hint", role: "status" });
    this.mine = el("input", { type: "text", id: ctx.freshId(), readonly: true });
    const typed = {
      name: `${question.id}.partner`,
      spellcheck: "false",
      autocomplete: "off",
      oninput: () => ctx.touch(),
    };
    this.theirs = el("input", { type: "text", id: ctx.freshId(), ...typed });
    this.result = el("div", { class: "kdx-feedback", role: "status", hidden: true });
    this.kappaText = el("p", {});
    this.differ = el("div", { class: "kd-panel" });
    const kappa = el("div", { id: ctx.freshId() }, this.kappaText);
    const show = opener(ctx.say("code.kappa_show"), "kappa", kappa);
    this.below = el("div", { hidden: true }, el("div", { class: "kdx-buttons" }, show), kappa, this.differ);
    const isPlace = (name) => question.items.some((_, i) => String(i + 1) === name);
    this.accepts = isShape({ codes: maybe(isMapOf(isPlace, isOneOf(question.codes))), partner: maybe(isText) });
  }

  get nodes() {
    const { ctx, items, progress, mine, theirs, result, below } = this;
    const { question, say } = ctx;
    const meanings = facts(question.codes.map(({ label, meaning }) => [label, meaning]));
    const copy = button(
      say("code.copy"),
      "copy",
      ctx.guard(() => this.#copy()),
    );
    return [
      el("div", { class: "kdx-codebook" }, el("p", { class: "kdx-label" }, say("code.codebook")), meanings),
      ...items.map(({ node }) => node),
      progress,
      codeRow(ctx, "mine", mine, copy),
      el("p", { class: "kdx-hint" }, say("code.mine_help")),
      codeRow(ctx, "partner", theirs, mainButton(say("code.compare"))),
      result,
      below,
    ];
  }

  #label(id) {
    return this.ctx.question.codes.find((code) => code.id === id)?.label ?? "–";
  }

  /** The code chosen for each quotation, null where there is none. */
  get #chosen() {
    return this.items.map(({ select }) => select.value || null);
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
    this.items.forEach(({ select }, i) => (select.value = answer?.codes?.[String(i + 1)] ?? ""));
    if (document.activeElement !== this.theirs) this.theirs.value = answer?.partner ?? "";
    this.#paint();
    if (this.theirs.value && answer) this.#compare();
  }

  submit() {
    if (this.theirs.value.trim() === "") return this.ctx.tell(this.ctx.say("code.empty_code"));
    if (!this.ctx.store(this.read())) return undefined;
    this.ctx.endSitting();
    return this.#compare();
  }

  #paint() {
    const { question, say, done } = this.ctx;
    const codes = this.#chosen;
    write(this.progress, say("code.progress", { done: codes.filter(Boolean).length, total: codes.length }));
    this.mine.value = encodeChoices(question, codes);
    done(codes.every(Boolean));
  }

  #compare() {
    const { question, say } = this.ctx;
    const others = decodeChoices(question, this.theirs.value);
    this.result.hidden = false;
    this.below.hidden = true;
    const wrong = { code: this.theirs.value.trim(), example: encodeChoices(question, []) };
    if (!others) return write(this.result, say("code.bad_code", wrong));
    const found = agreement(this.#chosen, others);
    if (found.both === 0) return write(this.result, say("code.nothing_both"));
    write(this.result, say("code.agree", { ...found, percent: percent(found.observed) }));
    this.below.hidden = false;
    this.#paintBelow(found, others);
    return undefined;
  }

  /** Kappa, and the quotations that the two coded differently. */
  #paintBelow({ kappa, chance }, others) {
    const { say } = this.ctx;
    const values = { chance: percent(chance), kappa: kappa?.toFixed(2).replace("-", "−") };
    write(this.kappaText, kappa === null ? say("code.kappa_none") : say("code.kappa", values));
    const rows = this.#chosen.flatMap((code, i) =>
      code && others[i] && code !== others[i] ? [[String(i + 1), this.#label(code), this.#label(others[i])]] : [],
    );
    this.differ.hidden = rows.length === 0;
    const head = [say("code.quotation"), say("code.you"), say("code.they")];
    this.differ.replaceChildren(tableNode({ caption: say("code.differ"), head, rows }));
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
