// The list of things to code: each on one line with its choices beside it; what others chose appears below the line.

import { el, icon, opens, write } from "../page/dom.js";

/** The line of an item: its words, and the mark that opens its sources. */
function itemWords(ctx, item, i, id, mark) {
  const words = ctx.question.quoted ? `“${item.text}”` : item.text;
  const number = el("span", { class: "kdx-item-number" }, `${i + 1}`);
  return el("p", { class: "kdx-item-words" }, number, el("span", { id }, words), mark ? " " : null, mark);
}

function sourceBox(ctx, sources) {
  const line = ({ reference, url, status }) =>
    el(
      "li",
      {},
      url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, reference) : reference,
      status ? ` [${status}]` : null,
    );
  return el("ul", { class: "kdx-item-sources", id: ctx.freshId() }, ...sources.map(line));
}

/** A line of what somebody chose: a sign whether it is what the reader chose, who, which, and why. */
function saidLine(ctx, { who, codes, why, mine }) {
  const labels = codes.map((code) => ctx.question.codes.find(({ id }) => id === code).label);
  const same = codes.includes(mine);
  return el(
    "p",
    { class: "kdx-said" },
    el("span", { class: "kdx-sign", "aria-hidden": "true" }, same ? "✓" : "≠"),
    el("span", { class: "kd-sr" }, ctx.say(same ? "code.same" : "code.other")),
    el("b", {}, ctx.say("code.said", { who, codes: labels.join(", ") })),
    why ? ` ${why}` : null,
  );
}

function choiceNode(ctx, i, code, onchange) {
  const name = `${ctx.question.id}.${i + 1}`;
  const input = el("input", { type: "radio", name, value: code.id, onchange });
  return { input, label: el("label", { class: "kdx-choice" }, input, el("span", {}, code.label)) };
}

/** One item with its buttons; the arrow keys go from one to the next, as in any group of radio buttons. */
export class Item {
  constructor(ctx, item, i, onchange) {
    this.ctx = ctx;
    this.item = item;
    const id = ctx.freshId();
    const choices = ctx.question.codes.map((code) => choiceNode(ctx, i, code, onchange));
    this.inputs = choices.map(({ input }) => input);
    this.said = el("div", { class: "kdx-item-said", role: "status" });
    const sources = item.sources?.length ? sourceBox(ctx, item.sources) : null;
    const label = ctx.say("code.sources", { n: i + 1 });
    const props = { class: "kdx-source-mark", "data-action": "sources", "aria-label": label, title: label };
    this.mark = sources ? opens(el("button", props, icon("info")), sources) : null;
    this.sources = sources;
    this.node = el(
      "div",
      { class: "kdx-item" },
      itemWords(ctx, item, i, id, this.mark),
      el(
        "div",
        { class: "kdx-choices", role: "radiogroup", "aria-labelledby": id },
        ...choices.map((one) => one.label),
      ),
      this.said,
      sources,
    );
  }

  get chosen() {
    return this.inputs.find((input) => input.checked)?.value ?? null;
  }

  choose(code) {
    for (const input of this.inputs) input.checked = input.value === code;
  }

  /** Sources may wait until something else is answered. */
  showMark(isOpen) {
    if (!this.mark) return;
    this.mark.hidden = !isOpen;
    if (!isOpen) this.sources.hidden = true;
  }

  /** What the partner chose, and what the table says once it may be seen. */
  tell(partner, isRevealed) {
    const { ctx, item } = this;
    const mine = this.chosen;
    const lines = [];
    if (partner) lines.push({ who: ctx.say("code.they"), codes: [partner], mine });
    if (isRevealed && item.ours) lines.push({ who: ctx.question.ours_by, codes: item.ours, why: item.why, mine });
    this.said.replaceChildren(...lines.map((line) => saidLine(ctx, line)));
  }
}

/** The codes and what they mean, side by side. */
export function codebook(ctx) {
  const { codes } = ctx.question;
  const entry = ({ label, meaning }) => [el("dt", {}, label), el("dd", {}, meaning)];
  const pairs = codes.map((code) => el("div", {}, ...entry(code)));
  return el("dl", { class: "kdx-codebook", "aria-label": ctx.say("code.codebook") }, ...pairs);
}

/** Say how many are coded. */
export function progressLine(ctx) {
  const node = el("p", { class: "kdx-hint", role: "status" });
  return { node, show: (done, total) => write(node, ctx.say("code.progress", { done, total })) };
}
