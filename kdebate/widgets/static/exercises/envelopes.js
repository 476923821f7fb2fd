// Envelopes: sealed forecasts are opened, one by one or all; each then says what happened. Nothing is stored.

import { Card, freshPrefix } from "../frame/card.js";
import { journal } from "../journal/journal.js";
import { el, icon, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { button } from "./controls.js";
import { isForecast, percentOf } from "./forecast.js";
import { shortDay } from "./forecast_row.js";

/** Rows as small marks behind a sentence; a tap goes to the source. */
function marks(rows, words) {
  const mark = ({ id, title, url }, i) => {
    const props = { title: `${id}: ${title}`, "aria-label": fill(words.source, { n: i + 1, id, title }) };
    const link = { ...props, href: url, target: "_blank", rel: "noopener noreferrer" };
    return url ? el("a", link, `${i + 1}`) : el("span", { ...props, role: "note", tabindex: "0" }, `${i + 1}`);
  };
  return el("sup", { class: "kdx-marks" }, ...rows.flatMap((row, i) => (i ? [" ", mark(row, i)] : [mark(row, i)])));
}

/** One envelope: what was asked, what was said, and, once open, what happened. */
class Envelope {
  #isOpen = false;

  constructor(owner, { question, outcome }, id) {
    this.owner = owner;
    this.question = question;
    this.outcome = outcome;
    this.answer = null;
    const { words } = owner;
    this.sign = el("span", { class: "kdx-seal" }, icon("envelope"));
    this.line = el("p", { class: "kdx-hint" });
    this.inside = el("div", { class: "kdx-inside", id, tabindex: "-1" });
    const label = fill(words.open_one, { event: question.prompt });
    const props = { "aria-label": label, "aria-expanded": "false", "aria-controls": id };
    this.button = button(
      words.open,
      "open",
      owner.guard(() => owner.open([this])),
      props,
    );
    this.node = el(
      "li",
      { class: "kdx-envelope", "data-envelope": question.id },
      this.sign,
      el("div", {}, el("h4", {}, question.prompt), this.line),
      this.button,
      this.inside,
    );
  }

  get isOpen() {
    return this.#isOpen;
  }

  /** Take over what the journal holds. */
  show(entry) {
    const answer = entry && isForecast(entry.answer) && percentOf(entry.answer) !== null ? entry.answer : null;
    const { words } = this.owner;
    const day = entry ? shortDay(entry.answered_at) : "";
    write(this.line, answer ? fill(words.sealed, { day }) : words.none);
    this.sign.hidden = answer === null;
    if (JSON.stringify(answer) === JSON.stringify(this.answer)) return;
    this.answer = answer;
    if (this.#isOpen) this.#fill();
  }

  open() {
    this.#isOpen = true;
    this.button.hidden = true;
    this.sign.replaceChildren(icon("opened"));
    this.#fill();
  }

  /** "You said 80 %. It happened, on 25 Apr 2019." */
  #headline() {
    const { answer, outcome } = this;
    const { words } = this.owner;
    const said = answer ? fill(words.you_said, { value: percentOf(answer) }) : words.you_said_nothing;
    const day = outcome.decided_on ? shortDay(outcome.decided_on) : "";
    return el("p", { class: "kdx-outcome" }, `${said} `, el("b", {}, fill(words.outcome[outcome.outcome], { day })));
  }

  #fill() {
    const { answer, outcome, question } = this;
    const { words } = this.owner;
    const rule = fill(words.rule[outcome.scoreable], { rule: question.resolves });
    const note = (text) => (text ? el("p", { class: "kdx-hint" }, text) : null);
    const parts = [
      this.#headline(),
      answer?.reason ? el("p", {}, fill(words.your_reason, { reason: answer.reason })) : null,
      note(answer?.knew ? words.you_knew : ""),
      el("p", {}, outcome.happened, " ", marks(outcome.rows, words)),
      note([rule, outcome.doubt].filter(Boolean).join(" ")),
    ];
    this.inside.replaceChildren(...parts.filter(Boolean));
  }
}

class Envelopes extends Card {
  /** @param {import("../types.d.ts").Context} context */
  constructor({ model, link, signal }) {
    const spec = model.get("_spec");
    const prefix = freshPrefix();
    const title = el("h3", { class: "kdx-title", id: `${prefix}-title` }, spec.words.title);
    super(title, { class: "kd kdx kdx-list", "data-kdebate": "Envelopes" });
    this.words = spec.words;
    this.book = journal(link);
    this.fault = el("p", { class: "kd-line kd-error", role: "alert", hidden: true }, spec.fault);
    this.envelopes = spec.forecasts.map((one, i) => new Envelope(this, one, `${prefix}-${i}`));
    const all = this.guard(() => this.open(this.envelopes.filter((one) => !one.isOpen)));
    this.all = button(this.words.open_all, "open-all", all);
    this.count = el("p", { class: "kdx-hint", role: "status" });
    this.add(
      title,
      el("ol", { class: "kdx-envelopes" }, ...this.envelopes.map((one) => one.node)),
      el("div", { class: "kdx-buttons" }, this.all, this.count),
      this.fault,
    );
    const changed = this.guard(() => this.changed());
    this.book.follow(link, changed, signal);
    changed();
  }

  failed() {
    this.fault.hidden = false;
  }

  /** Open some; reading goes on in the first of them. */
  open(some) {
    for (const one of some) one.open();
    this.painted();
    some[0].inside.focus({ preventScroll: true });
  }

  changed() {
    for (const one of this.envelopes) one.show(this.book.latest(one.question.id));
    this.painted();
  }

  painted() {
    const open = this.envelopes.filter((one) => one.isOpen).length;
    const total = this.envelopes.length;
    this.all.hidden = open === total;
    write(this.count, fill(this.words.count, { open, total }));
  }
}

export default { render: (context) => context.el.replaceChildren(new Envelopes(context).root) };
