// Forecasts: many of them in one table, sealed together. Each line is an exercise of its own, with its own answer.

import { Card, freshPrefix } from "../frame/card.js";
import { el, icon, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { button, mainButton, modelOf, mountExercise } from "./card.js";
import { ForecastRow } from "./forecast_row.js";

/** The table: its lines, and below them the button that seals. */
class Forecasts extends Card {
  #rows = new Map(); // question id -> its line

  constructor(context) {
    const spec = context.model.get("_spec");
    const prefix = freshPrefix();
    const title = el("h3", { class: "kdx-title", id: `${prefix}-title` }, spec.title);
    super(title, { class: "kd kdx kdx-list", "data-kdebate": "Forecasts" });
    this.spec = spec;
    this.words = spec.words.forecasts;
    this.fault = el("p", { class: "kd-line kd-error", role: "alert", hidden: true }, spec.words.card.fault);
    this.told = el("p", { class: "kdx-hint", role: "status" });
    this.sealButton = mainButton(this.words.seal);
    this.sealButton.type = "button";
    this.sealButton.dataset.action = "seal";
    this.sealButton.addEventListener(
      "click",
      this.guard(() => this.seal()),
    );
    const again = this.guard(() => this.reopen());
    this.again = button(this.words.change, "change", again, { hidden: true });
    this.mark = el("span", { class: "kdx-seal", hidden: true }, icon("envelope"));
    this.add(
      title,
      el("p", { class: "kdx-hint" }, spec.hint),
      el("div", { class: "kdx-rows" }, ...spec.questions.map((question) => this.#line(context, question))),
      el("div", { class: "kdx-buttons" }, this.sealButton, this.mark, this.told, this.again),
      this.fault,
    );
  }

  failed() {
    this.fault.hidden = false;
  }

  /** A line stands in a place of its own, and is asked its own question. */
  #line(context, { detail, ...question }) {
    const place = el("div", {});
    const model = modelOf(context.model, this.spec, { ...question, remark: detail });
    const create = (ctx) => {
      const row = new ForecastRow(ctx, () => this.paint());
      this.#rows.set(question.id, row);
      return row;
    };
    mountExercise({ ...context, el: place, model }, create);
    return place;
  }

  get #lines() {
    return [...this.#rows.values()];
  }

  /** Seal what has a number; the first line without one is where the keyboard goes on. */
  seal() {
    for (const row of this.#lines) row.seal();
    this.paint();
    this.#lines.find((row) => !row.isSealed)?.box.focus();
  }

  reopen() {
    for (const row of this.#lines) row.reopen();
    this.#lines[0].box.focus();
  }

  /** How many are sealed, and which button is of use. */
  paint() {
    const total = this.spec.questions.length;
    const lines = this.#lines;
    if (lines.length < total) return; // still being built
    const sealed = lines.filter((row) => row.isSealed).length;
    const [all, done] = [sealed === total, lines.filter((row) => row.isReady).length];
    this.root.classList.toggle("kdx-done", all);
    this.mark.hidden = !all;
    this.sealButton.hidden = all;
    this.again.hidden = sealed === 0;
    write(this.told, all ? this.words.sealed : fill(this.words.progress, { done, sealed, total }));
  }
}

export default {
  render(context) {
    const table = new Forecasts(context);
    context.el.replaceChildren(table.root);
    table.guard(() => table.paint())();
  },
};
