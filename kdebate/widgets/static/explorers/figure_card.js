// A chart from figures/, with what it shows and what it does not, its alt text and its table. Drawn by plotly, once loaded for all.
// Several charts by name are shown one at a time, with a button for each.

import { Card, freshPrefix, tablePanel } from "../frame/card.js";
import { watchLook } from "../frame/watch.js";
import { el, icon } from "../page/dom.js";
import { closed, watchGates } from "../page/gate.js";
import { plotly } from "../page/plotly.js";

/** The figure in the page's own colours: each light token becomes what the style sheet says now. */
function dressed(figure, root) {
  const style = getComputedStyle(root);
  let text = JSON.stringify(figure);
  for (const [hex, token] of Object.entries(figure.layout.meta.tokens)) {
    text = text.replaceAll(`"${hex}"`, JSON.stringify(style.getPropertyValue(`--kd-${token}`).trim()));
  }
  return JSON.parse(text);
}

/** A button for each of several charts; nothing for one. */
function chooser(choices, choose) {
  if (!choices.length) return null;
  const buttons = choices.map(({ label, figure }) =>
    el(
      "button",
      { class: "kd-button", "data-choice": label, "aria-pressed": "false", onclick: () => pick(figure) },
      label,
    ),
  );
  const pick = (figure) => {
    choices.forEach((choice, i) => buttons[i].setAttribute("aria-pressed", String(choice.figure === figure)));
    choose(figure);
  };
  buttons[0].setAttribute("aria-pressed", "true");
  return el("fieldset", { class: "kd-filter" }, el("legend", {}, choices[0].figure.layout.meta.choose), ...buttons);
}

class FigureCard extends Card {
  #Plotly = null;

  /** @param {import("../types.d.ts").Context} context */
  constructor({ model, signal, carrier }) {
    const prefix = freshPrefix();
    const figure = model.get("figure");
    const title = el("div", { class: "kd-title", id: prefix }, figure.layout.meta.title);
    super(title, { role: "group", "data-kdebate": "FigureCard", "data-state": "loading" });
    this.words = model.get("words");
    this.carrier = carrier;
    this.chart = el("div", { class: "kd-figure-plot", role: "img" });
    this.sentences = el("div", { "aria-live": "polite" });
    const words = { buttons: this.words };
    this.table = tablePanel(words, prefix, this.guard, () => tableOf(this.figure));
    this.#assemble(title, model.get("choices") ?? []);
    this.#tell(figure);
    this.#watch(model, signal);
  }

  #assemble(title, choices) {
    const choose = this.guard((figure) => {
      this.#tell(figure);
      return this.redraw();
    });
    this.lock = el("p", { class: "kd-lock" }, icon("lock"), el("span", {}, this.words.locked));
    const tools = el("div", { class: "kd-tools" }, this.table.button);
    this.shown = el("div", {}, chooser(choices, choose), this.chart, this.sentences, tools, this.table.box);
    this.add(title, this.lock, this.shown);
  }

  #watch(model, signal) {
    this.redraw = this.guard(() => this.#draw());
    this.look = this.guard(() => {
      this.lock.hidden = !(this.shown.hidden = closed(model.get("predict")));
      return this.redraw();
    });
    watchGates(this.look, signal);
    watchLook(this.chart, this.redraw, signal);
    signal.addEventListener("abort", () => this.#Plotly?.purge(this.chart));
  }

  start = this.guard(async () => {
    this.look();
    this.#Plotly = await plotly(this.carrier);
    await this.#draw();
  });

  /** The words and the table of a chart. */
  #tell(figure) {
    const { meta, height } = figure.layout;
    this.figure = figure;
    this.chart.setAttribute("aria-label", meta.alt);
    this.chart.style.height = `${height}px`;
    const said = ([head, text]) => el("p", { class: "kd-shows" }, el("b", {}, `${head} `), text);
    const { shows, does_not_show: not } = this.words;
    this.sentences.replaceChildren(...[[shows, meta.shows], [not, meta.does_not_show], ...(meta.more ?? [])].map(said));
    this.table.paint();
  }

  async #draw() {
    if (!this.#Plotly || this.chart.clientWidth === 0) return;
    const { data, layout } = dressed(this.figure, this.root);
    const size = { ...layout, width: this.chart.clientWidth };
    await this.#Plotly.react(this.chart, data, size, { staticPlot: true, displayModeBar: false });
    this.root.dataset.state = "ready";
  }

  /** Where it cannot be drawn, its table stands open. */
  failed() {
    this.root.dataset.state = "error";
    this.chart.textContent = this.words.failed;
    if (this.table.box.hidden) this.table.button.click();
  }
}

function tableOf({ layout: { meta } }) {
  return { caption: meta.title, head: meta.head, rows: meta.rows };
}

function render(context) {
  const card = new FigureCard(context);
  context.el.replaceChildren(card.root);
  card.start();
}

export default { render };
