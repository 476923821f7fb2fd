// One forecast as a line of a table: event, day, percent, whether one knew; rule and reason on demand.

import { el, icon, write } from "../page/dom.js";
import { facts, opener, readWithin, textField } from "./card.js";
import { describe, isForecast, percentOf, ruleLines } from "./forecast.js";

const LIMITS = { min: 0, max: 100 };

/** A day as the page writes it: 30 Jun 2019. */
export function shortDay(date) {
  /** @type {Intl.DateTimeFormatOptions} */
  const how = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Date(date).toLocaleDateString("en-GB", how);
}

export class ForecastRow {
  #isReopened = false; // the learner changes what is sealed
  #value = null; // percent

  constructor(ctx, onchange) {
    this.ctx = ctx;
    this.onchange = onchange;
    this.accepts = isForecast;
    this.#percent();
    this.#knew();
    this.#reason();
    this.sealedText = el("span", {});
    this.sealed = el("p", { class: "kdx-row-sealed" }, icon("envelope"), this.sealedText);
    const { question, say } = ctx;
    const remark = question.remark ? el("p", {}, question.remark) : null;
    this.rule = el("div", { class: "kdx-row-more", id: ctx.freshId() }, remark, facts(ruleLines(question, say)));
    const about = (name) => ({ "aria-label": say(name, { event: question.prompt }) });
    this.ruleButton = opener(say("forecasts.rule"), "rule", this.rule, about("forecasts.rule_of"));
    this.reasonButton = opener(say("forecasts.reason"), "reason", this.reason, about("forecasts.reason_of"));
  }

  #percent() {
    const { ctx } = this;
    const [id, note] = [ctx.freshId(), ctx.freshId()];
    this.box = el("input", {
      type: "number",
      id,
      ...LIMITS,
      step: 1,
      inputmode: "decimal",
      name: `${ctx.question.id}.probability`,
      "aria-label": ctx.say("forecasts.percent_of", { event: ctx.question.prompt }),
      "aria-describedby": note,
      oninput: ctx.guard(() => this.#typed()),
    });
    this.note = el("p", { class: "kd-note", role: "alert", id: note, hidden: true });
    this.percent = el("p", { class: "kdx-row-percent" }, this.box, el("label", { for: id }, "%"));
  }

  #knew() {
    const { ctx } = this;
    const name = `${ctx.question.id}.knew`;
    const label = ctx.say("forecasts.knew_of", { event: ctx.question.prompt });
    const oninput = ctx.guard(() => this.#touched());
    this.tick = el("input", { type: "checkbox", name, value: "knew", "aria-label": label, onchange: oninput });
    this.knew = el("label", { class: "kdx-row-knew" }, this.tick, el("span", {}, ctx.say("forecasts.knew")));
  }

  #reason() {
    const { ctx } = this;
    const oninput = ctx.guard(() => this.#touched());
    this.because = textField(ctx, "", ctx.question.because ?? ctx.say("forecast.because"), { rows: 1, oninput });
    this.reasonText = el("p", { class: "kdx-row-reason" });
    this.reason = el("div", { class: "kdx-row-more", id: ctx.freshId() }, this.because.row, this.reasonText);
  }

  get nodes() {
    const { ctx, percent, knew, sealed, note, rule, reason } = this;
    const until = ctx.say("forecasts.until", { day: shortDay(ctx.question.date) });
    const tools = el("div", { class: "kdx-row-tools" }, this.ruleButton, this.reasonButton);
    return [el("p", { class: "kdx-row-day" }, until), percent, sealed, knew, tools, note, rule, reason];
  }

  #typed() {
    this.#value = readWithin(this.box, this.note, LIMITS, this.ctx);
    this.#touched();
  }

  #touched() {
    this.ctx.touch();
    this.paint();
  }

  read() {
    const reason = this.because.field.value.trim();
    const known = this.tick.checked ? { knew: true } : {};
    return { probability: this.#value === null ? null : this.#value / 100, reason, ...known };
  }

  describe = (answer) => describe(this.ctx.say, answer);

  show(answer) {
    this.#value = percentOf(answer);
    this.box.value = this.#value ?? "";
    this.note.hidden = true;
    this.tick.checked = answer?.knew === true;
    this.because.field.value = answer?.reason ?? "";
    this.#isReopened = false;
    this.paint();
  }

  /** Whether a number is stored and nothing is being changed. */
  get isSealed() {
    return percentOf(this.ctx.latest()) !== null && !this.ctx.dirty && !this.#isReopened;
  }

  /** Whether there is a number to seal. */
  get isReady() {
    return this.isSealed || this.#value !== null;
  }

  reopen() {
    this.#isReopened = true;
    this.paint();
  }

  /** Store what stands here, if it is new; whether it is sealed now. */
  seal() {
    if (!this.isReady) return false;
    if (!this.isSealed && (this.ctx.dirty || this.ctx.latest() === null) && !this.ctx.store(this.read())) return false;
    this.ctx.endSitting();
    this.#isReopened = false;
    this.paint();
    return true;
  }

  /** Enter in a field seals its own line. */
  submit() {
    if (!this.isReady) return this.ctx.tell(this.ctx.say("card.nothing_yet"));
    this.ctx.tell("");
    return this.seal();
  }

  /** The journal changed. */
  heard() {
    this.paint();
  }

  paint() {
    const { isSealed } = this;
    const answer = this.ctx.latest();
    this.ctx.root.classList.toggle("kdx-sealed", isSealed);
    this.sealed.hidden = !isSealed;
    this.percent.hidden = isSealed;
    this.tick.disabled = isSealed;
    if (isSealed) write(this.sealedText, this.ctx.say("card.percent", { value: percentOf(answer) }));
    this.because.row.hidden = isSealed;
    this.reasonText.hidden = !isSealed;
    write(this.reasonText, answer?.reason || this.ctx.say("forecasts.no_reason"));
    this.ctx.done(isSealed);
    this.onchange();
  }
}
