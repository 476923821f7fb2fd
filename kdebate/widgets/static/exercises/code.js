// Code: quotations against a codebook, then a comparison with a partner by exchanging a short code.

import { sha256 } from "../journal/sha256.js";
import { el, tableNode, write } from "../page/dom.js";
import { button, facts, mountExercise, opener } from "./card.js";
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

function create(ctx) {
  const { question, say } = ctx;
  const label = (id) => question.codes.find((code) => code.id === id)?.label ?? "–";
  const items = question.items.map((item, i) => itemNode(ctx, item, i, ctx.guard(chosen)));
  const progress = el("p", { class: "kdx-hint", role: "status" });
  const mine = el("input", { type: "text", id: ctx.freshId(), readonly: true });
  const theirs = el("input", {
    type: "text",
    id: ctx.freshId(),
    name: `${question.id}.partner`,
    spellcheck: "false",
    autocomplete: "off",
    oninput: () => ctx.touch(),
  });
  const result = el("div", { class: "kdx-feedback", role: "status", hidden: true });
  const kappaText = el("p", {});
  const kappa = el("div", { id: ctx.freshId() }, kappaText);
  const differ = el("div", { class: "kd-panel" });
  const kappaButton = opener(say("code.kappa_show"), "kappa", kappa);
  const below = el("div", { hidden: true }, el("div", { class: "kdx-buttons" }, kappaButton), kappa, differ);

  const read = () => items.map(({ select }) => select.value || null);
  const asAnswer = () => ({
    codes: Object.fromEntries(
      read()
        .map((code, i) => [String(i + 1), code])
        .filter(([, code]) => code),
    ),
    partner: theirs.value.trim(),
  });

  function chosen() {
    ctx.store(asAnswer());
    paint();
  }

  function paint() {
    const codes = read();
    write(progress, say("code.progress", { done: codes.filter(Boolean).length, total: codes.length }));
    mine.value = encodeChoices(question, codes);
    ctx.done(codes.every(Boolean));
  }

  function submit() {
    if (theirs.value.trim() === "") return ctx.tell(say("code.empty_code"));
    if (!ctx.store(asAnswer())) return undefined;
    ctx.endSitting();
    return compare();
  }

  function compare() {
    const others = decodeChoices(question, theirs.value);
    result.hidden = false;
    below.hidden = true;
    if (!others)
      return write(result, say("code.bad_code", { code: theirs.value.trim(), example: encodeChoices(question, []) }));
    const ours = read();
    const found = agreement(ours, others);
    if (found.both === 0) return write(result, say("code.nothing_both"));
    write(result, say("code.agree", { ...found, percent: percent(found.observed) }));
    write(
      kappaText,
      found.kappa === null
        ? say("code.kappa_none")
        : say("code.kappa", { chance: percent(found.chance), kappa: found.kappa.toFixed(2).replace("-", "−") }),
    );
    const rows = ours.flatMap((code, i) =>
      code && others[i] && code !== others[i] ? [[String(i + 1), label(code), label(others[i])]] : [],
    );
    differ.hidden = rows.length === 0;
    differ.replaceChildren(
      tableNode({
        caption: say("code.differ"),
        head: [say("code.quotation"), say("code.you"), say("code.they")],
        rows,
      }),
    );
    below.hidden = false;
    return undefined;
  }

  const isPlace = (name) => question.items.some((_, i) => String(i + 1) === name);
  const accepts = isShape({ codes: maybe(isMapOf(isPlace, isOneOf(question.codes))), partner: maybe(isText) });
  const describe = (answer) =>
    [
      ...Object.entries(answer.codes ?? {}).map(([n, id]) => `${n}: ${label(id)}`),
      answer.partner ? `${say("code.partner")}: ${answer.partner}` : "",
    ]
      .filter(Boolean)
      .join("\n");

  function show(answer) {
    items.forEach(({ select }, i) => (select.value = answer?.codes?.[String(i + 1)] ?? ""));
    if (document.activeElement !== theirs) theirs.value = answer?.partner ?? "";
    paint();
    if (theirs.value && answer) compare();
  }

  const copy = ctx.guard(() => {
    const copied = navigator.clipboard?.writeText(mine.value) ?? Promise.reject(new Error("no clipboard"));
    copied.then(
      () => ctx.tell(say("code.copied")),
      () => {
        mine.select();
        ctx.tell(say("code.copy_failed"));
      },
    );
  });
  const codeRow = (name, input, action) =>
    el(
      "div",
      { class: "kdx-field" },
      el("label", { for: input.id, class: "kdx-label" }, say(`code.${name}`)),
      el("div", { class: "kd-code-row" }, input, action),
    );
  const codebook = el(
    "div",
    { class: "kdx-codebook" },
    el("p", { class: "kdx-label" }, say("code.codebook")),
    facts(question.codes.map((code) => [code.label, code.meaning])),
  );
  return {
    nodes: [
      codebook,
      ...items.map(({ node }) => node),
      progress,
      codeRow("mine", mine, button(say("code.copy"), "copy", copy)),
      el("p", { class: "kdx-hint" }, say("code.mine_help")),
      codeRow(
        "partner",
        theirs,
        el("button", { type: "submit", class: "kd-button kdx-main", "data-action": "store" }, say("code.compare")),
      ),
      result,
      below,
    ],
    accepts,
    describe,
    read: asAnswer,
    show,
    submit,
  };
}

export default { render: (context) => mountExercise(context, create) };
