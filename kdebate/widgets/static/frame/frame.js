// The frame that every explorer stands in: head, lines, panels, tools, code and table, over one store or several.

import { el, write } from "../page/dom.js";
import { watchGates } from "../page/gate.js";
import { hear, watchPython } from "../page/python_watch.js";
import { Card, errorLine, freshPrefix, stoppedLine, tablePanel, toolButton } from "./card.js";
import { codePanel } from "./code.js";
import { Glide, History, historyTools } from "./history.js";
import { Predictions } from "./predictions.js";
import { Store } from "./store.js";
import { bigView } from "./watch.js";

const SAY_AFTER = 500; // ms after the last input until a screen reader hears the sentence

export class Frame extends Card {
  #sayTimer = null;
  #drawn = false; // whether everything was shown at least once

  /**
   * @param {import("../types.d.ts").Context} context  what anywidget (or page/load.js) gives
   * @param {{name: string, look?: string}} explorer
   * @param {(frame: Frame) => import("../types.d.ts").Panel[]} build  makes the panels, each with its store
   */
  constructor({ model, signal, carrier }, { name, look = "kd" }, build) {
    const spec = model.get("_spec");
    const prefix = freshPrefix();
    const title = el("div", { class: "kd-title", id: `${prefix}-title` }, spec.own.title);
    super(title, { class: look, role: "group", "data-kdebate": name, "data-state": "loading" });
    this.model = model;
    this.signal = signal;
    this.spec = spec;
    this.words = spec.words;
    this.own = spec.own;
    this.prefix = prefix;
    this.title = title;
    this.paint = this.guard(() => this.#paint());
    this.redraw = this.guard(() => this.#redraw());
    this.predictions = new Predictions(this);
    this.panels = build(this);
    this.history = new History([...new Set(this.panels.map(({ store }) => store))]);
    this.glide = new Glide(this.history.stores, (stateOf) => this.#show(stateOf, true), this.paint, this.guard);
    this.#assemble();
    this.#watch(carrier);
  }

  /** A store of the widget's state; of several, each has the suffix of its traits. */
  store(suffix = "") {
    const changed = (isStep) => {
      if (isStep) this.history.note(store);
      this.paint();
    };
    const store = new Store(this.model, this.spec, this.words.code, changed, this.signal, suffix);
    return store;
  }

  get locked() {
    return this.model.get("locked") || this.predictions.locked;
  }

  /** Put the root into its place and bring it to life. */
  mount(place) {
    place.replaceChildren(this.root);
    for (const panel of this.panels) panel.start?.();
    this.#load();
    this.predictions.start();
    return this;
  }

  /** Show everything; what must be waited for comes later, and is then drawn. */
  #load() {
    this.paint();
    const drawn = () => {
      this.#rearrange();
      this.paint();
    };
    Promise.all(this.panels.map((panel) => panel.load?.())).then(this.guard(drawn), this.fail);
  }

  #assemble() {
    const { words, prefix, guard, panels } = this;
    const again = guard(() => {
      this.#rearrange();
      this.#load();
    });
    this.stopped = stoppedLine(words, prefix);
    this.error = errorLine(words, again);
    this.tools = historyTools(words, this.history, this.glide, guard);
    this.code = codePanel(words, prefix, this.history, guard);
    this.table = tablePanel(words, prefix, guard, () => panels[0].table() ?? null);
    this.present = toolButton(words, "present");
    this.status = el("p", { class: "kd-sr", role: "status", "data-readout": "status" });
    this.add(
      el("div", { class: "kd-head" }, this.title, ...panels.map(({ head }) => head)),
      this.stopped,
      this.error,
      ...panels.flatMap(({ nodes }) => nodes),
      el(
        "div",
        { class: "kd-tools" },
        el("div", {}, ...this.tools.buttons),
        el("div", {}, this.table.button, this.code.button, this.present),
      ),
      this.code.panel,
      this.table.box,
      this.status,
    );
  }

  #watch(carrier) {
    const { signal, paint } = this;
    bigView(this.root, this.present, this.words, this.redraw, signal);
    watchPython(carrier, (gone) => (this.stopped.hidden = !gone), signal);
    hear(this.model, ["change:locked"], paint, signal);
    watchGates(paint, signal);
    signal.addEventListener("abort", () => {
      this.glide.stop();
      clearTimeout(this.#sayTimer);
    });
  }

  #paint() {
    this.glide.stop();
    this.tools.paint(this.locked);
    this.predictions.paint();
    this.#show(({ state }) => state, false);
    this.table.paint();
    this.code.paint(this.locked || this.predictions.stops);
    queueMicrotask(this.#arrive);
    clearTimeout(this.#sayTimer);
    this.#sayTimer = setTimeout(() => write(this.status, this.panels.map(({ said }) => said()).join(" ")), SAY_AFTER);
  }

  /** The levers stand somewhere, once nothing glides any more. */
  #arrive = this.guard(() => this.glide.isRunning || this.predictions.arrive(this.history.stores[0]));

  /** Show each store in a state; `settled` moves also a box that somebody types into. */
  #show(stateOf, settled) {
    for (const panel of this.panels) panel.paint?.(stateOf(panel.store), settled);
    for (const panel of this.panels) panel.show(stateOf(panel.store), panel.store.before);
    this.error.hidden = true;
    this.#drawn = true;
    if (this.panels.every(({ loaded = true }) => loaded)) this.root.dataset.state = "ready";
  }

  #rearrange() {
    for (const panel of this.panels) panel.rearrange?.();
  }

  /** Measure and draw again: the page changed its width, its colours or its size. */
  #redraw() {
    this.#rearrange();
    if (this.#drawn) this.#show(({ state }) => state, false);
  }

  failed() {
    this.root.dataset.state = "error";
    this.error.hidden = false;
    for (const panel of this.panels) panel.failed?.();
  }
}
