// Draw: a line of one's own, by pointer, by keyboard or in numbers; stored or skipped, the record shows beside it.

import { recordChart } from "../charts/record_chart.js";
import { scrollable, toolButton } from "../frame/card.js";
import { tabRow } from "../frame/tabs.js";
import { bigView } from "../frame/watch.js";
import { el, opens, tableNode, write } from "../page/dom.js";
import { amount, fill } from "../page/words.js";
import { button, mountExercise } from "./card.js";
import { altText, field, hidden, leftText, legend, moved, reach, sentence, snap, tables, toDraw } from "./drawing.js";
import { isMapOf, isRecord, isShape, isText, isYesNo, maybe } from "./shapes.js";

const QUIET = { "data-lm-suppress-shortcuts": "true" };

/** The numbers of a line. Whichever way they are drawn, they stand in these boxes, and so in the draft. */
function numberBoxes(ctx, record, changed) {
  const { question } = ctx;
  const words = ctx.words.draw;
  const points = toDraw(record);
  const boxes = points.map(({ label, when }) =>
    el("input", {
      type: "number",
      id: ctx.freshId(),
      name: `${question.id}.${label}`,
      min: 0,
      max: record.top,
      step: "any",
      inputmode: "decimal",
      "aria-label": fill(words.number, { when, unit: record.unit }),
    }),
  );
  const note = el("p", { class: "kd-note", role: "alert", hidden: true });
  const isInside = (value) => value >= 0 && value <= record.top; // not so for an empty box
  write(note, fill(words.range, { min: 0, max: amount(record.top, 0) }));
  function settle(box) {
    const value = box.valueAsNumber;
    note.hidden = Number.isNaN(value) || isInside(value);
    if (note.hidden) return;
    box.value = String(snap(value, record));
    changed();
  }
  for (const box of boxes) {
    box.addEventListener("input", ctx.guard(changed));
    box.addEventListener(
      "change",
      ctx.guard(() => settle(box)),
    );
  }
  const legendNode = el("legend", {});
  const row = ({ when }, i) =>
    el("label", { class: "kd-box", for: boxes[i].id }, el("span", { "aria-hidden": "true" }, when), boxes[i]);
  const node = el(
    "fieldset",
    { class: "kd-yours" },
    legendNode,
    el("div", { class: "kd-boxes" }, ...points.map(row)),
    note,
  );
  return {
    node,
    values: () =>
      Object.fromEntries(
        points.map(({ label }, i) => [label, boxes[i].valueAsNumber]).filter(([, value]) => isInside(value)),
      ),
    set(label, value) {
      boxes[points.findIndex((point) => point.label === label)].value = String(value);
      changed();
    },
    show(answer) {
      points.forEach(({ label }, i) => {
        boxes[i].value = answer?.values?.[label] ?? "";
        boxes[i].disabled = answer !== null;
      });
      note.hidden = true;
      node.hidden = points.length === 0 || answer?.skipped === true;
      write(legendNode, answer === null ? words.your_line : words.stored_line);
    },
  };
}

/** A handle on each drawn point: a slider to the keyboard and to a screen reader. */
function makeGrips(ctx, record, boxes) {
  const grips = toDraw(record).map(({ label, when, t }) => {
    const grip = el("div", {
      ...QUIET,
      class: "kd-grip",
      role: "slider",
      tabindex: "0",
      "data-when": label,
      "aria-orientation": "vertical",
      "aria-valuemin": "0",
      "aria-valuemax": String(record.top),
      "aria-label": fill(ctx.words.draw.handle, { when }),
    });
    const press = (event) => {
      const next = moved(event.key, boxes.values()[label], record);
      if (next === null) return;
      event.preventDefault();
      boxes.set(label, next);
    };
    grip.addEventListener("keydown", ctx.guard(press));
    return { grip, label, t };
  });
  return {
    nodes: grips.map(({ grip }) => grip),
    place({ x, y }, drawn, open) {
      for (const { grip, label, t } of grips) {
        const value = drawn[label];
        grip.hidden = open || value === undefined;
        if (grip.hidden) continue;
        grip.style.left = `${x.apply(t)}px`;
        grip.style.top = `${y.apply(value)}px`;
        grip.setAttribute("aria-valuenow", String(value));
        grip.setAttribute("aria-valuetext", amount(value, record.digits));
      }
    },
  };
}

/** Where the pointer draws: the grey field of a chart. */
function drawZone(ctx, record, panel, boxes) {
  const zone = el("div", { class: "kd-draw-zone", hidden: true });
  const stretch = field(record, reach(record).half);
  const points = toDraw(record);
  let drawing = false;
  function stroke(event) {
    const { x, y } = panel.scales;
    const box = panel.chart.getBoundingClientRect();
    const zoom = box.width / panel.chart.offsetWidth; // the big view is zoomed
    const t = x.invert((event.clientX - box.left) / zoom);
    const near = points.reduce((best, point) => (Math.abs(point.t - t) < Math.abs(best.t - t) ? point : best));
    boxes.set(near.label, snap(y.invert((event.clientY - box.top) / zoom), record));
  }
  function begin(event) {
    drawing = true;
    zone.setPointerCapture(event.pointerId);
    stroke(event);
  }
  zone.addEventListener("pointerdown", ctx.guard(begin));
  zone.addEventListener(
    "pointermove",
    ctx.guard((event) => drawing && stroke(event)),
  );
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    zone.addEventListener(end, () => (drawing = false));
  return {
    zone,
    place({ x, y }, open) {
      zone.hidden = open || stretch === null;
      if (zone.hidden) return;
      const [left, right, top, foot] = [x.apply(stretch.start), x.apply(stretch.end), y.apply(record.top), y.apply(0)];
      zone.style.cssText = `left:${left}px;width:${right - left}px;top:${top}px;height:${foot - top}px`;
    },
  };
}

/** What the chart stands between: its sentence and title above, what it shows and does not show below, its table. */
function panelParts(ctx) {
  const { question } = ctx;
  const { table } = question.buttons;
  const tableBox = el("div", { class: "kd-panel kd-scroll", id: ctx.freshId(), ...scrollable(table) });
  const text = (name) => el("p", { class: name });
  return {
    said: el("p", { ...QUIET, class: "kd-sentence", "data-readout": "line-sentence", role: "status", tabindex: "-1" }),
    picture: el("div", { class: "kd-line-plot", role: "img" }),
    key: text("kd-legend"),
    shows: text("kd-shows"),
    doesNot: text("kd-shows"),
    tableBox,
    tableButton: toolButton(question, "table"),
    present: toolButton(question, "present"),
  };
}

/**
 * One record: its chart, the words around it, its table.
 * @param {() => {open: boolean, drawn: Record<string, number>, said: string}} now  what may be seen at present
 */
function recordPanel(ctx, record, now) {
  const words = ctx.words.draw;
  const parts = panelParts(ctx);
  const { said, picture, key, shows, doesNot, tableBox, tableButton, present } = parts;
  const chart = el("div", { class: "kd-line-chart" }, picture);
  const below = el("div", {}); // where the drawn line's numbers and buttons stand
  const node = el(
    "div",
    { class: "kd-lines", "data-line": record.id },
    said,
    el("p", { class: "kd-line-title" }, fill(words.axes, record)),
    chart,
    key,
    below,
    shows,
    doesNot,
    el("p", { class: "kd-hint" }, record.source),
    el("div", { class: "kd-tools" }, el("div", {}, tableButton, present)),
    tableBox,
  );
  const panel = { node, chart, below, said, scales: null, placed: (_scales) => {}, draw, paint };

  function draw() {
    if (!chart.clientWidth) return;
    const { open, drawn } = now();
    const scale = Number.parseFloat(getComputedStyle(chart).getPropertyValue("--kd-scale")) || 1;
    const state = { open, drawn, gone: hidden(record, open) };
    const svg = recordChart(words, record, ctx.question.rungs, state, { width: chart.clientWidth, scale });
    picture.replaceChildren(svg);
    panel.scales = { x: svg.scale("x"), y: svg.scale("y") };
    panel.placed(panel.scales);
    node.dataset.state = "ready";
  }

  function paintTable() {
    if (tableBox.hidden) return;
    const { open, drawn } = now();
    tableBox.replaceChildren(...tables(words, record, open, open ? drawn : {}).map(tableNode));
  }

  function paint() {
    const state = now();
    node.dataset.open = String(state.open);
    write(said, state.said);
    said.hidden = state.said === "";
    for (const [place, name] of [
      [shows, "shows"],
      [doesNot, "does_not_show"],
    ]) {
      place.hidden = !state.open;
      write(place, state.open ? record[name] : "");
    }
    write(key, legend(words, record, state.open).join("   "));
    key.hidden = key.textContent === "";
    picture.setAttribute("aria-label", altText(words, record, state.open, state.said));
    paintTable();
    draw();
  }
  opens(tableButton, tableBox, ctx.guard(paintTable));
  bigView(ctx.root, present, ctx.question, ctx.guard(draw), ctx.signal);
  return panel;
}

/** The buttons below the boxes, and how much is still to be drawn. */
function makeActs(ctx, record, skip) {
  const words = ctx.words.draw;
  const store = button(words.store, "store", null, { type: "submit", class: "kd-button kdx-main" });
  const left = el("span", { class: "kd-left", role: "status" });
  const node = el(
    "div",
    { class: "kd-acts" },
    store,
    left,
    button(words.skip, "skip", ctx.guard(skip), { class: "kd-link" }),
  );
  const missing = (drawn) => record.draw.length - Object.keys(drawn).length;
  return {
    node,
    missing,
    show(drawn) {
      store.disabled = missing(drawn) > 0;
      write(left, leftText(words, missing(drawn)));
    },
  };
}

/** All records of a question: one in sight at a time, where there are several. */
function inTabs(ctx, panels) {
  const tabs = panels.map(({ node }, i) => ({
    id: ctx.question.record[i].id,
    name: ctx.question.record[i].name,
    panel: node,
  }));
  const row = tabRow(ctx.freshId(), ctx.words.draw.records, tabs, (id) => row.show(id));
  row.show(tabs[0].id);
  return [row.node, ...tabs.map(({ panel }) => panel)];
}

/** A line by label, or a noted skip. */
const isAnswer = isShape({ values: maybe(isMapOf(isText, Number.isFinite)), skipped: maybe(isYesNo) });

function create(ctx) {
  const words = ctx.words.draw;
  const [record, ...others] = ctx.question.record;
  let answer = null;
  const drawn = () => boxes.values();
  const boxes = numberBoxes(ctx, record, () => {
    ctx.touch();
    paintDrawn();
  });
  const open = () => answer !== null;
  const main = recordPanel(ctx, record, () => ({
    open: open(),
    drawn: drawn(),
    said: sentence(words, record, answer),
  }));
  const later = others.map((other) =>
    recordPanel(ctx, other, () => ({
      open: open(),
      drawn: {},
      said: open() ? other.says : fill(words.locked, { line: record.name }),
    })),
  );
  const panels = [main, ...later];
  const acts = makeActs(ctx, record, () => keep({ skipped: true }));
  const grips = makeGrips(ctx, record, boxes);
  const zone = drawZone(ctx, record, main, boxes);
  main.chart.append(zone.zone, ...grips.nodes);
  main.below.append(boxes.node, acts.node);
  main.placed = (scales) => {
    zone.place(scales, open());
    grips.place(scales, drawn(), open());
  };

  function paintDrawn() {
    main.draw();
    acts.show(drawn());
  }

  function keep(given) {
    if (!ctx.store(given)) return;
    ctx.endSitting();
    show(given);
    main.said.focus({ preventScroll: true });
  }

  const read = () => ({ values: drawn() });
  function submit() {
    if (open()) return;
    if (acts.missing(drawn())) ctx.tell(leftText(words, acts.missing(drawn())));
    else keep(read());
  }

  function describe({ skipped, values }) {
    if (skipped) return words.skipped;
    const line = ({ label, when }) => fill(words.alt_point, { when, value: amount(values[label], record.digits) });
    return toDraw(record)
      .filter(({ label }) => label in values)
      .map(line)
      .join("; ");
  }

  function show(given) {
    answer = given;
    boxes.show(given);
    acts.node.hidden = open();
    acts.show(drawn());
    ctx.done(open());
    panels.forEach((panel) => panel.paint());
  }

  const size = new ResizeObserver(ctx.guard(() => panels.forEach((panel) => panel.draw())));
  panels.forEach((panel) => size.observe(panel.chart));
  ctx.signal.addEventListener("abort", () => size.disconnect());
  return {
    nodes: inTabs(ctx, panels),
    accepts: (given) => isAnswer(given) && (given.skipped === true || isRecord(given.values)),
    describe,
    read,
    show,
    submit,
    stop: () => size.disconnect(),
  };
}

export default { render: (context) => mountExercise(context, create) };
