// Draw: a line of one's own, by pointer, by keyboard or in numbers; stored or skipped, the record shows beside it.

import { recordChart } from "../charts/record_chart.js";
import { scrollable, toolButton } from "../frame/card.js";
import { tabRow } from "../frame/tabs.js";
import { bigView } from "../frame/watch.js";
import { el, opens, tableNode, write } from "../page/dom.js";
import { keepInSight, quiet } from "../page/sight.js";
import { amount, fill } from "../page/words.js";
import { button, mainButton, mountExercise } from "./card.js";
import { altText, field, hidden, leftText, legend, moved, reach, sentence, snap, tables, toDraw } from "./drawing.js";
import { isMapOf, isRecord, isShape, isText, isYesNo, maybe } from "./shapes.js";

// ---- the line --------------------------------------------------------------------------------------------------------

/** The numbers of a line. Whichever way they are drawn, they stand in these boxes, and so in the draft. */
class NumberBoxes {
  constructor(ctx, record, changed) {
    this.words = ctx.words.draw;
    this.record = record;
    this.changed = changed;
    this.boxes = new Map(toDraw(record).map((point) => [point.label, this.#box(ctx, point)]));
    this.legend = el("legend", {});
    const range = fill(this.words.range, { min: 0, max: amount(record.top, 0) });
    this.note = el("p", { class: "kd-note", role: "alert", hidden: true }, range);
    const rows = toDraw(record).map(({ label, when }) => {
      const box = this.boxes.get(label);
      return el("label", { class: "kd-box", for: box.id }, el("span", { "aria-hidden": "true" }, when), box);
    });
    this.node = el(
      "fieldset",
      { class: "kd-yours" },
      this.legend,
      el("div", { class: "kd-boxes" }, ...rows),
      this.note,
    );
  }

  #box(ctx, { label, when }) {
    const { top, unit } = this.record;
    const box = el("input", {
      type: "number",
      id: ctx.freshId(),
      name: `${ctx.question.id}.${label}`,
      min: 0,
      max: top,
      step: "any",
      inputmode: "decimal",
      "aria-label": fill(this.words.number, { when, unit }),
      oninput: ctx.guard(this.changed),
    });
    const settle = () => this.#settle(box);
    box.addEventListener("change", ctx.guard(settle));
    return box;
  }

  /** Not so for an empty box. */
  #isInside = (value) => value >= 0 && value <= this.record.top;

  /** What was typed out of range is brought inside, and said. */
  #settle(box) {
    const value = box.valueAsNumber;
    this.note.hidden = Number.isNaN(value) || this.#isInside(value);
    if (this.note.hidden) return;
    box.value = String(snap(value, this.record));
    this.changed();
  }

  get values() {
    const typed = [...this.boxes].map(([label, box]) => [label, box.valueAsNumber]);
    return Object.fromEntries(typed.filter(([, value]) => this.#isInside(value)));
  }

  set(label, value) {
    this.boxes.get(label).value = String(value);
    this.changed();
  }

  show(answer) {
    for (const [label, box] of this.boxes) {
      box.value = answer?.values?.[label] ?? "";
      box.disabled = answer !== null;
    }
    this.note.hidden = true;
    this.node.hidden = answer?.skipped === true;
    write(this.legend, answer === null ? this.words.your_line : this.words.stored_line);
  }
}

/** A handle on each drawn point: a slider to the keyboard and to a screen reader. */
class Grips {
  constructor(ctx, record, boxes) {
    this.record = record;
    this.grips = toDraw(record).map((point) => ({ ...point, node: this.#grip(ctx, point, boxes) }));
  }

  #grip(ctx, { label, when }, boxes) {
    const press = (event) => {
      const next = moved(event.key, boxes.values[label], this.record);
      if (next === null) return;
      event.preventDefault();
      boxes.set(label, next);
    };
    return el("div", {
      class: "kd-grip",
      role: "slider",
      tabindex: "0",
      hidden: true,
      "data-when": label,
      "aria-orientation": "vertical",
      "aria-valuemin": "0",
      "aria-valuemax": String(this.record.top),
      "aria-label": fill(ctx.words.draw.handle, { when }),
      onkeydown: ctx.guard(press),
    });
  }

  get nodes() {
    return this.grips.map(({ node }) => node);
  }

  place({ x, y }, drawn, open) {
    for (const { node, label, t } of this.grips) {
      const value = drawn[label];
      node.hidden = open || value === undefined;
      if (node.hidden) continue;
      node.style.left = `${x.apply(t)}px`;
      node.style.top = `${y.apply(value)}px`;
      node.setAttribute("aria-valuenow", String(value));
      node.setAttribute("aria-valuetext", amount(value, this.record.digits));
    }
  }
}

/** Where the pointer draws: the grey field of a chart. */
class DrawZone {
  #drawing = false;

  constructor(ctx, panel, boxes) {
    this.panel = panel;
    this.boxes = boxes;
    this.stretch = field(panel.record, reach(panel.record).half);
    const end = () => (this.#drawing = false);
    this.node = el("div", {
      class: "kd-draw-zone",
      hidden: true,
      onpointerdown: ctx.guard((event) => this.#begin(event)),
      onpointermove: ctx.guard((event) => this.#drawing && this.#stroke(event)),
      onpointerup: end,
      onpointercancel: end,
      onlostpointercapture: end,
    });
  }

  #begin(event) {
    this.#drawing = true;
    this.node.setPointerCapture(event.pointerId);
    this.#stroke(event);
  }

  /** The nearest point goes to where the pointer is. */
  #stroke(event) {
    const { chart, record, scales } = this.panel;
    const box = chart.getBoundingClientRect();
    const zoom = box.width / chart.offsetWidth; // the big view is zoomed
    const t = scales.x.invert((event.clientX - box.left) / zoom);
    const far = (point) => Math.abs(point.t - t);
    const { label } = toDraw(record).reduce((best, point) => (far(point) < far(best) ? point : best));
    this.boxes.set(label, snap(scales.y.invert((event.clientY - box.top) / zoom), record));
  }

  place({ x, y }, open) {
    this.node.hidden = open;
    const { start, end } = this.stretch;
    const [left, top] = [x.apply(start), y.apply(this.panel.record.top)];
    const [width, height] = [x.apply(end) - left, y.apply(0) - top];
    this.node.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  }
}

// ---- a record --------------------------------------------------------------------------------------------------------

/** One record: its chart, the words around it, its table. */
class RecordPanel {
  scales = null; // how the chart was drawn last, in pixels

  /** @param {() => {open: boolean, drawn: Record<string, number>, said: string}} now  what may be seen at present */
  constructor(ctx, record, now) {
    this.ctx = ctx;
    this.words = ctx.words.draw;
    this.record = record;
    this.now = now;
    const text = (look) => el("p", { class: look });
    const said = { class: "kd-sentence", "data-readout": "line-sentence", role: "status", tabindex: "-1" };
    this.said = el("p", said);
    this.picture = el("div", { class: "kd-line-plot", role: "img" });
    this.chart = el("div", { class: "kd-line-chart" }, this.picture);
    this.key = text("kd-legend");
    this.below = el("div", {}); // where the drawn line's numbers and buttons stand
    this.notes = { shows: text("kd-shows"), does_not_show: text("kd-shows") };
    this.node = this.#assemble();
  }

  #assemble() {
    const { ctx, record, words } = this;
    const { buttons } = ctx.question;
    this.tableBox = el("div", { class: "kd-panel kd-scroll", id: ctx.freshId(), ...scrollable(buttons.table) });
    const paintTable = ctx.guard(() => this.#paintTable());
    const table = opens(toolButton(ctx.question, "table"), this.tableBox, paintTable);
    const present = toolButton(ctx.question, "present");
    const draw = ctx.guard(() => this.draw());
    bigView(ctx.root, present, ctx.question, draw, ctx.signal);
    return el(
      "div",
      { class: "kd-lines", "data-line": record.id },
      this.said,
      el("p", { class: "kd-line-title" }, fill(words.axes, record)),
      this.chart,
      this.key,
      this.below,
      ...Object.values(this.notes),
      el("p", { class: "kd-hint" }, record.source),
      el("div", { class: "kd-tools" }, el("div", {}, table, present)),
      this.tableBox,
    );
  }

  /** What lies over the chart follows it. */
  placed(_scales) {}

  /** The chart anew, as wide as its place. */
  draw() {
    const { chart, ctx, record } = this;
    if (!chart.clientWidth) return;
    const { open, drawn } = this.now();
    const scale = Number.parseFloat(getComputedStyle(chart).getPropertyValue("--kd-scale")) || 1;
    const state = { open, drawn, gone: hidden(record, open) };
    const svg = recordChart(this.words, record, ctx.question.rungs, state, { width: chart.clientWidth, scale });
    this.picture.replaceChildren(svg);
    this.scales = { x: svg.scale("x"), y: svg.scale("y") };
    this.placed(this.scales);
    this.node.dataset.state = "ready";
  }

  /** The record draws itself, once, for whoever has just drawn; where nothing is to move, it stands there. */
  unroll() {
    const { picture } = this;
    if (quiet()) return;
    picture.classList.add("kd-unroll");
    picture.addEventListener("animationend", () => picture.classList.remove("kd-unroll"), { once: true });
  }

  #paintTable() {
    if (this.tableBox.hidden) return;
    const { open, drawn } = this.now();
    this.tableBox.replaceChildren(...tables(this.words, this.record, open, open ? drawn : {}).map(tableNode));
  }

  paint() {
    const { words, record } = this;
    const { open, said } = this.now();
    this.node.dataset.open = String(open);
    write(this.said, said);
    this.said.hidden = said === "";
    for (const [name, note] of Object.entries(this.notes)) {
      note.hidden = !open;
      write(note, open ? record[name] : "");
    }
    write(this.key, legend(words, record, open).join("   "));
    this.key.hidden = this.key.textContent === "";
    this.picture.setAttribute("aria-label", altText(words, record, open, said));
    this.#paintTable();
    this.draw();
  }
}

// ---- the exercise ----------------------------------------------------------------------------------------------------

/** A line by label, or a noted skip. */
const isAnswer = isShape({ values: maybe(isMapOf(isText, Number.isFinite)), skipped: maybe(isYesNo) });

class DrawnLine {
  #answer = null;

  constructor(ctx) {
    this.ctx = ctx;
    this.words = ctx.words.draw;
    const [record, ...others] = ctx.question.record;
    this.record = record;
    this.boxes = new NumberBoxes(ctx, record, () => this.#changed());
    this.main = new RecordPanel(ctx, record, () => this.#now(sentence(this.words, record, this.#answer)));
    const locked = fill(this.words.locked, { line: record.name });
    const later = (other) => new RecordPanel(ctx, other, () => this.#now(this.isOpen ? other.says : locked));
    this.panels = [this.main, ...others.map(later)];
    this.#equip();
    this.size = new ResizeObserver(ctx.guard(() => this.panels.forEach((panel) => panel.draw())));
    this.panels.forEach(({ chart }) => this.size.observe(chart));
    ctx.signal.addEventListener("abort", () => this.stop());
  }

  /** What is drawn with stands on the first chart and below it. */
  #equip() {
    const { ctx, words, main, boxes } = this;
    const grips = new Grips(ctx, this.record, boxes);
    const zone = new DrawZone(ctx, main, boxes);
    main.placed = (scales) => {
      zone.place(scales, this.isOpen);
      grips.place(scales, boxes.values, this.isOpen);
    };
    const skip = ctx.guard(() => this.#keep({ skipped: true }));
    this.store = mainButton(words.store);
    this.left = el("span", { class: "kd-left", role: "status" });
    const skipped = button(words.skip, "skip", skip, { class: "kd-link" });
    this.acts = el("div", { class: "kd-acts" }, this.store, this.left, skipped);
    main.chart.append(zone.node, ...grips.nodes);
    main.below.append(boxes.node, this.acts);
  }

  /** All records, one in sight at a time where there are several. */
  get nodes() {
    if (this.panels.length === 1) return [this.main.node];
    const tabs = this.panels.map(({ record, node }) => ({ id: record.id, name: record.name, panel: node }));
    const row = tabRow(this.ctx.freshId(), this.words.records, tabs, (id) => row.show(id));
    row.show(tabs[0].id);
    return [row.node, ...tabs.map(({ panel }) => panel)];
  }

  get isOpen() {
    return this.#answer !== null;
  }

  #now = (said) => ({ open: this.isOpen, drawn: this.boxes.values, said });

  get #missing() {
    return this.record.draw.length - Object.keys(this.boxes.values).length;
  }

  #changed() {
    this.ctx.touch();
    this.main.draw();
    this.#paintActs();
  }

  #paintActs() {
    this.acts.hidden = this.isOpen;
    this.store.disabled = this.#missing > 0;
    write(this.left, leftText(this.words, this.#missing));
  }

  #keep(answer) {
    if (!this.ctx.store(answer)) return;
    this.ctx.endSitting();
    keepInSight(this.main.chart, this.main.said, () => {
      this.show(answer);
      this.main.said.focus({ preventScroll: true });
    });
    this.main.unroll();
  }

  accepts(answer) {
    return isAnswer(answer) && (answer.skipped === true || isRecord(answer.values));
  }

  read() {
    return { values: this.boxes.values };
  }

  describe({ skipped, values }) {
    if (skipped) return this.words.skipped;
    const line = ({ label, when }) =>
      fill(this.words.alt_point, { when, value: amount(values[label], this.record.digits) });
    return toDraw(this.record)
      .filter(({ label }) => label in values)
      .map(line)
      .join("; ");
  }

  show(answer) {
    this.#answer = answer;
    this.boxes.show(answer);
    this.#paintActs();
    this.ctx.done(this.isOpen);
    this.panels.forEach((panel) => panel.paint());
  }

  submit() {
    if (this.isOpen) return;
    if (this.#missing) this.ctx.tell(leftText(this.words, this.#missing));
    else this.#keep(this.read());
  }

  stop() {
    this.size.disconnect();
  }
}

export default { render: (context) => mountExercise(context, (ctx) => new DrawnLine(ctx)) };
