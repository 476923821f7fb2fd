// What the records say: a chart whose record stays hidden until the learner has drawn a line of their own, by dragging,
// by keyboard or by typing numbers. plotly draws the record; the learner's line and every word are page parts above it.

import { roundHalfAway } from "../model.js";
import { el, icon, shape, tableNode, write } from "../page/dom.js";
import { plotly } from "../page/plotly.js";
import { fill } from "../page/words.js";
import { createMemory } from "./enforcement_memory.js";

const HEIGHT = 236;
const HEIGHT_NARROW = 200;
const TOP = 34; // room above the field for the names of the texts
const FOOT = 26;
const GUTTER = 52;

let count = 0;

/** 1,750 or 0.01: grouped thousands, true minus, as many decimals as the record has. */
export function amount(value, digits) {
  const rounded = roundHalfAway(value, digits);
  const [whole, part] = Math.abs(rounded).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return `${rounded < 0 ? "−" : ""}${grouped}${part ? `.${part}` : ""}`;
}

/** "2019", or the name of a month for "2017-03". */
function whenText(words, label) {
  const [year, month] = label.split("-");
  return month ? words.months[month] : year;
}

/** The drawn point that is furthest from the record; null where the record has nothing to compare with. */
export function largestMiss(line, drawn) {
  let worst = null;
  for (const point of line.points) {
    const mine = drawn[point.label];
    if (mine === undefined || point.value === null) continue;
    const gap = Math.abs(mine - point.value);
    if (!worst || gap > worst.gap) worst = { ...point, mine, gap };
  }
  return worst;
}

/** The sentence above a chart. */
export function lineSentence(words, said, line, answer) {
  if (!answer) return said.ask;
  if (answer.skipped) return words.lines.skipped;
  const worst = largestMiss(line, answer.values);
  if (!worst) return said.shows;
  const values = {
    drawn: amount(worst.mine, said.digits),
    when: whenText(words, worst.label),
    value: amount(worst.value, said.digits),
    gap: amount(worst.gap, said.digits),
  };
  if (worst.bound !== "point") return fill(words.lines.miss_bound, { ...values, bound: words.lines[worst.bound] });
  return fill(words.lines.miss, values);
}

export function linesPanel(context) {
  const { model, words, spec, fail } = context;
  const key = `kdl${++count}`;
  const data = model.get("_data");
  const guard =
    (work) =>
    (...args) => {
      try {
        return work(...args);
      } catch (error) {
        return fail(error);
      }
    };
  let Plotly = null;
  let name = model.get("line");
  const drafts = {}; // line -> { label: number }
  let at = null;
  let shownAnswer = "[null,null]";
  const memory = createMemory(model, () => changed());

  // ---- the page ----
  const choose = el(
    "select",
    { name: "line", id: `${key}-choose`, onchange: guard(() => pick(choose.value)) },
    ...model.get("lines").map((id) => el("option", { value: id }, words.line[id].name)),
  );
  const chooser = el(
    "p",
    { class: "kd-pick", hidden: model.get("lines").length < 2 },
    el("label", { for: choose.id }, words.lines.choose),
    choose,
  );
  const sentence = el("p", {
    class: "kd-sentence",
    "data-readout": "line-sentence",
    role: "status",
    tabindex: "-1",
    "data-lm-suppress-shortcuts": "true",
  });
  const title = el("p", { class: "kd-line-title" });
  const plot = el("div", { class: "kd-line-plot", role: "img" });
  const zone = el("div", { class: "kd-draw-zone" });
  const ink = shape("svg", { class: "kd-drawn", "aria-hidden": "true" });
  const labels = el("div", { class: "kd-words kd-line-words", "aria-hidden": "true" });
  const handles = el("div", { class: "kd-handles" });
  const chart = el("div", { class: "kd-line-chart" }, plot, zone, ink, labels, handles);
  const legend = el("p", { class: "kd-legend" });
  const boxes = el("div", { class: "kd-boxes" });
  const yours = el("legend", {});
  const note = el("p", { class: "kd-note", role: "alert", hidden: true });
  const form = el("fieldset", { class: "kd-yours" }, yours, boxes, note);
  const store = el(
    "button",
    { type: "button", class: "kd-button", "data-action": "store", onclick: guard(() => keep()) },
    words.lines.store,
  );
  const left = el("span", { class: "kd-left", role: "status" });
  const skip = el(
    "button",
    { type: "button", class: "kd-link", "data-action": "skip", onclick: guard(() => keep(true)) },
    words.lines.skip,
  );
  const acts = el("div", { class: "kd-acts" }, store, left, skip);
  const saved = el("p", { class: "kd-hint" });
  const shows = el("p", { class: "kd-shows" });
  const doesNot = el("p", { class: "kd-shows" });
  const source = el("p", { class: "kd-hint" });
  const tableBox = el("div", {
    class: "kd-panel kd-scroll",
    id: `${key}-table`,
    hidden: true,
    role: "region",
    "aria-label": spec.words.buttons.table,
    tabindex: "0",
    "data-lm-suppress-shortcuts": "true",
  });
  const tableButton = el(
    "button",
    {
      type: "button",
      class: "kd-button",
      "data-action": "line-table",
      "aria-expanded": "false",
      "aria-controls": tableBox.id,
      onclick: guard(() => {
        tableBox.hidden = !tableBox.hidden;
        tableButton.setAttribute("aria-expanded", String(!tableBox.hidden));
        paintTable();
      }),
    },
    icon("table"),
    el("span", {}, spec.words.buttons.table),
  );
  const node = el(
    "div",
    { class: "kd-lines", "data-line": name },
    chooser,
    sentence,
    title,
    chart,
    legend,
    form,
    acts,
    saved,
    shows,
    doesNot,
    source,
    el("div", { class: "kd-tools" }, tableButton),
    tableBox,
  );

  // ---- what is known ----
  const line = () => data.lines[name];
  const said = () => words.line[name];
  const answer = () => memory.get(line().after ?? name);
  const own = () => memory.get(name);
  const draft = () => (drafts[name] ??= {});
  const mine = () => own()?.values ?? draft();
  const open = () => answer() !== null;
  const missing = () => line().draw.filter((label) => draft()[label] === undefined);
  const hiddenLabels = () => (open() ? [] : line().draw.length ? line().draw : line().points.map(({ label }) => label));

  // ---- sizes ----
  function measure() {
    const scale = Number.parseFloat(getComputedStyle(chart).getPropertyValue("--kd-scale")) || 1;
    const width = chart.clientWidth;
    const narrow = width < 480 * scale;
    const times = [
      ...line().points.map(({ t }) => t),
      ...line().spans.flatMap(({ start, end }) => [start + 0.01, end - 0.01]),
    ];
    const step = line().points.length > 1 ? line().points[1].t - line().points[0].t : 1;
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const low = Math.min(line().points[0].t - step / 2, first);
    const high = Math.max(line().points.at(-1).t + step / 2, last);
    const gutter = GUTTER * scale;
    at = {
      scale,
      narrow,
      width,
      gutter,
      step,
      low,
      high,
      top: TOP * scale,
      foot: FOOT * scale,
      field: (narrow ? HEIGHT_NARROW : HEIGHT) * scale,
    };
    at.height = at.top + at.field + at.foot;
    at.plot = width - gutter - 6 * scale;
  }
  const x = (t) => at.gutter + ((t - at.low) / (at.high - at.low)) * at.plot;
  const y = (value) => at.top + (1 - value / said().top) * at.field;
  const valueAt = (pixel) => snap((1 - (pixel - at.top) / at.field) * said().top);
  function snap(value) {
    const { step, top } = said();
    const inside = Math.min(top, Math.max(0, value));
    return Number((Math.round(inside / step) * step).toFixed(6));
  }

  // ---- the record, by plotly ----
  const colour = (token) => getComputedStyle(chart).getPropertyValue(`--kd-${token}`).trim();

  function recordTrace(points, look) {
    const hidden = new Set(hiddenLabels());
    const shown = points.filter(({ label }) => !hidden.has(label));
    return {
      type: "scatter",
      mode: "lines+markers",
      hoverinfo: "skip",
      connectgaps: false,
      cliponaxis: false,
      x: shown.map(({ t }) => t),
      y: shown.map(({ value }) => value),
      line: { color: look.color, width: look.width * at.scale, dash: look.dash },
      marker: {
        size: 9 * at.scale,
        symbol: shown.map(({ bound }) => ({ floor: "triangle-up", ceiling: "triangle-down" })[bound] ?? look.symbol),
        color: shown.map(({ unchecked }) => (unchecked || look.hollow ? colour("bg") : look.color)),
        line: { color: look.color, width: 2 * at.scale },
      },
    };
  }

  function traces() {
    const record = recordTrace(line().points, { color: colour("ink"), width: 2.5, dash: "solid", symbol: "circle" });
    if (!open()) return [record];
    const looks = Object.values(line().others).map((points) => {
      const years = points.filter(({ value }) => value !== null).length;
      return {
        ...recordTrace(points, {
          color: colour("ink2"),
          width: 1.5,
          dash: "dash",
          symbol: "diamond",
          hollow: years < 4,
        }),
        ...(years < 4 ? { mode: "markers" } : {}),
      };
    });
    return [...looks, record];
  }

  function layout() {
    const grid = said().ticks.map((tick) => ({
      type: "line",
      xref: "paper",
      x0: 0,
      x1: 1,
      y0: tick,
      y1: tick,
      layer: "below",
      line: { color: tick ? colour("line") : colour("ink"), width: tick ? 1 : 2 },
    }));
    const rungs = rungsHere().map(({ t, id }) => ({
      type: "line",
      x0: t,
      x1: t,
      yref: "paper",
      y0: 0,
      y1: 1,
      layer: "below",
      line: {
        color: id === model.get("rung") ? colour("ink") : colour("line"),
        width: id === model.get("rung") ? 2 : 1,
      },
    }));
    const field = drawField();
    const ground = field
      ? [
          {
            type: "rect",
            x0: field[0],
            x1: field[1],
            yref: "paper",
            y0: 0,
            y1: 1,
            layer: "below",
            fillcolor: colour("zone"),
            line: { width: 0 },
          },
        ]
      : [];
    return {
      width: at.width,
      height: at.height,
      margin: { l: at.gutter, r: 6 * at.scale, t: at.top, b: at.foot, pad: 0 },
      xaxis: { range: [at.low, at.high], fixedrange: true, visible: false },
      yaxis: { range: [0, said().top], fixedrange: true, visible: false },
      showlegend: false,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      shapes: [...ground, ...grid, ...rungs, ...spanShapes()],
    };
  }

  /** Limits as a dashed line; floors, ceilings and ranges as bands over the months that they cover. */
  function spanShapes() {
    const ink1 = colour("ink");
    return line()
      .spans.filter(({ kind }) => kind === "cap" || open())
      .flatMap((span) => {
        const edge = (value, dash = "solid", width = 2.5) => ({
          type: "line",
          x0: span.start,
          x1: span.end,
          y0: value,
          y1: value,
          line: { color: ink1, width, dash },
        });
        if (span.kind === "cap") return [edge(span.high, "dash", 2)];
        const band = {
          type: "rect",
          x0: span.start,
          x1: span.end,
          y0: span.low ?? 0,
          y1: span.high ?? said().top,
          layer: "below",
          opacity: 0.55,
          fillcolor: colour("line"),
          line: { width: 0 },
        };
        return [band, ...[span.low, span.high].filter((value) => value !== null).map((value) => edge(value))];
      });
  }

  const rungsHere = () => data.rungs.filter(({ t }) => t > at.low && t < at.high);
  function drawField() {
    const { draw, points } = line();
    if (!draw.length || open()) return null;
    const chosen = points.filter(({ label }) => draw.includes(label));
    return [chosen[0].t - at.step / 2, chosen.at(-1).t + at.step / 2];
  }

  // ---- words above it ----
  const say = (className, text, left_, top) => {
    const span = el("span", { class: className }, text);
    span.style.cssText = `left:${left_}px;top:${top}px`;
    return span;
  };

  function axisWords() {
    const every = Math.max(1, Math.ceil((line().points.length * 40 * at.scale) / at.plot));
    const whens = line()
      .points.filter((_, i) => i % every === 0)
      .map(({ label, t }) => say("kd-slice", whenText(words, label), x(t), at.height - at.foot + 6 * at.scale));
    const ticks = said().ticks.map((tick) => {
      const span = el("span", { class: `kd-tick${tick ? "" : " kd-zero"}` }, amount(tick, 0));
      span.style.cssText = `right:${at.width - at.gutter + 8 * at.scale}px;top:${y(tick)}px`;
      return span;
    });
    return [...whens, ...ticks];
  }

  function rungWords() {
    let last = Number.NEGATIVE_INFINITY; // where the latest name ends
    return rungsHere().flatMap(({ id, short, t }) => {
      const half = short.length * 3.6 * at.scale; // about half of its width
      if (x(t) - half < last && id !== model.get("rung")) return [];
      last = x(t) + half + 4 * at.scale;
      return [say(`kd-slice kd-rung-word${id === model.get("rung") ? " kd-strong" : ""}`, short, x(t), 0)];
    });
  }

  function fieldWords() {
    const field = drawField();
    if (!field) return [];
    const { draw } = line();
    const text = fill(words.lines.draw, { first: whenText(words, draw[0]), last: whenText(words, draw.at(-1)) });
    return [say("kd-slice kd-field-word", text, x((field[0] + field[1]) / 2), at.top + 10 * at.scale)];
  }

  function nameWords() {
    const found = [];
    if (!open()) return found;
    const end = line()
      .points.filter(({ value }) => value !== null)
      .at(-1);
    const label = line().draw.at(-1);
    const drawn = own()?.values?.[label];
    // The two names stand on the far sides of the two lines, so that they never cover each other.
    const above = end && (drawn === undefined || end.value >= drawn);
    const [over, under] = [-24 * at.scale, 8 * at.scale];
    if (drawn !== undefined) {
      const point = line().points.find((one) => one.label === label);
      found.push(say("kd-name kd-name-drawn", words.lines.you_drew, x(point.t), y(drawn) + (above ? under : over)));
    }
    if (end)
      found.push(
        say("kd-name", said().recorded ?? words.lines.recorded, x(end.t), y(end.value) + (above ? over : under)),
      );
    return found;
  }

  function spanWords() {
    return line()
      .spans.filter(({ kind }) => kind === "cap" || open())
      .map((span) => {
        const value = span.high ?? span.low;
        const node_ = say(
          "kd-name kd-span-word",
          spanText(span),
          x(span.kind === "cap" ? span.end : (span.start + span.end) / 2),
          y(value) - 19 * at.scale,
        );
        if (span.kind === "cap") node_.style.transform = "translateX(-100%)";
        return node_;
      });
  }

  function spanText(span) {
    const key_ = span.kind === "range" && span.low === span.high ? "estimate" : span.kind;
    return fill(words.lines.span[key_], {
      low: span.low === null ? "" : amount(span.low, said().digits),
      high: span.high === null ? "" : amount(span.high, said().digits),
    });
  }

  function keepInside(span) {
    const half = span.offsetWidth / 2;
    const shift = span.style.transform ? 0 : half;
    const wanted = Number.parseFloat(span.style.left);
    const inside = Math.min(at.width - (shift || 0), Math.max(shift || span.offsetWidth, wanted));
    if (inside !== wanted) span.style.left = `${inside}px`;
    const above = Number.parseFloat(span.style.top);
    if (above < at.top) span.style.top = `${at.top}px`;
  }

  // ---- the learner's own line ----
  function drawnPoints() {
    const values = mine();
    return line().draw.flatMap((label) => {
      const point = line().points.find((one) => one.label === label);
      return values[label] === undefined ? [] : [{ ...point, mine: values[label] }];
    });
  }

  /** Where the learner's line starts: the last known point before the field. */
  function anchor() {
    const first = line().points.findIndex(({ label }) => label === line().draw[0]);
    return line()
      .points.slice(0, first)
      .filter(({ value }) => value !== null)
      .at(-1);
  }

  function paintDrawn() {
    const start = anchor();
    const points = drawnPoints();
    const places = [
      ...(start ? [[x(start.t), y(start.value)]] : []),
      ...points.map((point) => [x(point.t), y(point.mine)]),
    ];
    ink.setAttribute("viewBox", `0 0 ${at.width} ${at.height}`);
    const path = shape("path", { d: places.length > 1 ? `M${places.map((place) => place.join(",")).join("L")}` : "" });
    const dots = open()
      ? points.map((point) => shape("circle", { cx: x(point.t), cy: y(point.mine), r: 5 * at.scale }))
      : [];
    ink.replaceChildren(path, ...dots);
    paintHandles(points);
  }

  const grips = new Map(); // label -> handle
  function paintHandles(points) {
    const live = open() ? [] : points;
    for (const [label, grip] of grips)
      if (!live.some((point) => point.label === label)) {
        grip.remove();
        grips.delete(label);
      }
    for (const point of live) {
      let grip = grips.get(point.label);
      if (!grip) {
        grip = makeHandle(point.label);
        grips.set(point.label, grip);
      }
      grip.style.left = `${x(point.t)}px`;
      grip.style.top = `${y(point.mine)}px`;
      grip.setAttribute("aria-valuenow", String(point.mine));
      grip.setAttribute("aria-valuetext", amount(point.mine, said().digits));
    }
    // Tab order is the order of time, whatever was drawn first.
    const ordered = live.map(({ label }) => grips.get(label));
    if (ordered.some((grip, i) => handles.children[i] !== grip) && !handles.contains(document.activeElement))
      handles.replaceChildren(...ordered);
    else ordered.filter((grip) => !grip.isConnected).forEach((grip) => handles.append(grip));
  }

  function makeHandle(label) {
    const grip = el("div", {
      class: "kd-grip",
      role: "slider",
      tabindex: "0",
      "data-lm-suppress-shortcuts": "true",
      "data-when": label,
      "aria-orientation": "vertical",
      "aria-valuemin": "0",
      "aria-valuemax": String(said().top),
      "aria-label": fill(words.lines.handle, { when: whenText(words, label) }),
    });
    grip.addEventListener(
      "keydown",
      guard((event) => {
        const { step, top } = said();
        const moves = {
          ArrowUp: step,
          ArrowRight: step,
          ArrowDown: -step,
          ArrowLeft: -step,
          PageUp: 10 * step,
          PageDown: -10 * step,
        };
        const now = draft()[label];
        const next =
          event.key === "Home" ? 0 : event.key === "End" ? top : event.key in moves ? now + moves[event.key] : null;
        if (next === null) return;
        event.preventDefault();
        set(label, snap(next));
      }),
    );
    return grip;
  }

  function set(label, value) {
    if (value === null) delete draft()[label];
    else draft()[label] = value;
    const box = boxes.querySelector(`[name="${label}"]`);
    if (box && document.activeElement !== box) box.value = value ?? "";
    paintDrawn();
    paintActs();
  }

  function stroke(event) {
    const box = chart.getBoundingClientRect();
    const zoom = box.width / chart.offsetWidth; // the big view is zoomed
    const t = at.low + (((event.clientX - box.left) / zoom - at.gutter) / at.plot) * (at.high - at.low);
    const wanted = line().points.filter(({ label }) => line().draw.includes(label));
    const nearest = wanted.reduce((best, point) => (Math.abs(point.t - t) < Math.abs(best.t - t) ? point : best));
    set(nearest.label, valueAt((event.clientY - box.top) / zoom));
  }

  let drawing = false;
  for (const surface of [zone, handles]) {
    surface.addEventListener(
      "pointerdown",
      guard((event) => {
        if (open() || !line().draw.length) return;
        drawing = true;
        zone.setPointerCapture(event.pointerId);
        stroke(event);
      }),
    );
  }
  zone.addEventListener(
    "pointermove",
    guard((event) => drawing && stroke(event)),
  );
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    zone.addEventListener(end, () => (drawing = false));

  function paintBoxes() {
    boxes.replaceChildren(
      ...line().draw.map((label) => {
        const id = `${key}-${name}-${label}`;
        const when = whenText(words, label);
        const box = el("input", {
          type: "number",
          id,
          name: label,
          min: 0,
          max: said().top,
          step: "any",
          inputmode: "decimal",
          disabled: open(),
          "aria-label": fill(words.lines.number, { when, unit: said().unit }),
        });
        box.value = mine()[label] ?? "";
        box.addEventListener(
          "input",
          guard(() => {
            const value = box.valueAsNumber;
            if (Number.isNaN(value)) set(label, null);
            else if (value >= 0 && value <= said().top) set(label, value);
          }),
        );
        box.addEventListener(
          "change",
          guard(() => {
            const value = box.valueAsNumber;
            const outside = !Number.isNaN(value) && (value < 0 || value > said().top);
            note.hidden = !outside;
            write(note, fill(words.lines.range, { min: 0, max: amount(said().top, 0) }));
            if (!outside) return;
            const inside = Math.min(said().top, Math.max(0, value));
            box.value = inside;
            set(label, inside);
          }),
        );
        return el("label", { class: "kd-box", for: id }, el("span", { "aria-hidden": "true" }, when), box);
      }),
    );
  }

  // ---- the rest of the page ----
  function paintActs() {
    const gone = missing().length;
    store.disabled = gone > 0;
    write(
      left,
      gone === 0 ? words.lines.ready : gone === 1 ? words.lines.left_one : fill(words.lines.left_many, { n: gone }),
    );
  }

  function paintTexts() {
    const waits = line().after && !open();
    const text = waits
      ? fill(words.lines.locked_other, { line: words.line[line().after].name })
      : line().after
        ? said().ask
        : lineSentence(words, said(), line(), own());
    write(sentence, text);
    write(title, `${said().title}, ${said().unit}`);
    write(yours, open() ? words.lines.stored_line : words.lines.your_line);
    const drawable = line().draw.length > 0;
    form.hidden = !drawable || Boolean(own()?.skipped);
    acts.hidden = !drawable || open();
    tellSaved();
    for (const [place, kind] of [
      [shows, "shows"],
      [doesNot, "does_not_show"],
    ]) {
      place.hidden = !open();
      write(place, open() ? said()[kind] : "");
    }
    write(source, said().source);
    const marks = line().points.some(({ unchecked }) => unchecked) ? [`○ ${words.lines.unchecked}`] : [];
    const bounds = open() && line().points.some(({ bound }) => bound === "floor") ? [`▲ ${words.lines.floor}`] : [];
    const sign = (points) => (points.length < 4 ? "◇" : "◆");
    const others = open()
      ? Object.entries(line().others).map(([id, points]) => `${sign(points)} ${said().others[id]}`)
      : [];
    write(legend, [...marks, ...bounds, ...others].join("   "));
    legend.hidden = !legend.textContent;
    plot.setAttribute("aria-label", altText(text));
  }

  function tellSaved() {
    saved.hidden = !own();
    write(saved, words.lines[`saved_${memory.saved(name)}`]);
  }

  function altText(said_) {
    const hidden = hiddenLabels();
    const known = line()
      .points.filter(({ label, value }) => !hidden.includes(label) && value !== null)
      .map(({ label, value }) =>
        fill(words.lines.alt_point, { when: whenText(words, label), value: amount(value, said().digits) }),
      )
      .join("; ");
    const first = whenText(words, hidden[0] ?? line().points[0].label);
    const values = {
      title: said().title,
      unit: said().unit,
      known: known || fill(words.lines.alt_none, { first }),
      sentence: said_,
    };
    if (open()) return fill(words.lines.alt_open, values);
    return fill(words.lines.alt_hidden, { ...values, first, last: whenText(words, hidden.at(-1)) });
  }

  function paintTable() {
    if (tableBox.hidden) return;
    const hidden = new Set(hiddenLabels());
    const values = own()?.values ?? {};
    const text = (value, bound = "point") =>
      value === null
        ? words.lines.not_recorded
        : `${bound === "point" ? "" : `${words.lines[bound]} `}${amount(value, said().digits)}`;
    const others = Object.entries(line().others);
    const rows = line().points.map(({ label, value, bound, unchecked, note: remark, row_ids: ids }) => {
      const locked = hidden.has(label);
      const beside = others
        .map(([, points]) => points.find((one) => one.label === label))
        .map((point) =>
          locked || !open() ? words.lines.table_hidden : point ? text(point.value, point.bound) : words.lines.no_notes,
        );
      return [
        whenText(words, label),
        locked ? words.lines.table_hidden : text(value, bound),
        ...beside,
        ...(line().draw.length
          ? [values[label] === undefined ? words.lines.no_notes : amount(values[label], said().digits)]
          : []),
        locked || value === null ? words.lines.no_notes : words.ladder.head[unchecked ? "no" : "yes"],
        locked ? words.lines.no_notes : remark || words.lines.no_notes,
        locked ? words.lines.no_notes : ids.join(" ") || words.lines.no_notes,
      ];
    });
    const head = [
      words.lines.table_when,
      fill(words.lines.table_value, { unit: said().unit }),
      ...others.map(([id]) => said().others[id]),
      ...(line().draw.length ? [words.lines.table_drawn] : []),
      words.ladder.head.checked,
      words.lines.table_note,
      words.lines.table_rows,
    ];
    const tables = [tableNode({ caption: `${said().title}, ${said().unit}`, head, rows })];
    const shown = line().spans.filter(({ kind }) => kind === "cap" || open());
    if (shown.length) {
      tables.push(
        tableNode({
          caption: words.lines.table_spans,
          head: [words.lines.table_when, said().unit, words.lines.table_note, words.lines.table_rows],
          rows: shown.map((span) => [
            fill(words.lines.table_span, { from: monthOf(span.start), to: monthOf(span.end - 0.01) }),
            spanText(span),
            span.note || words.lines.no_notes,
            span.row_ids.join(" "),
          ]),
        }),
      );
    }
    tableBox.replaceChildren(...tables);
  }

  function monthOf(t) {
    const year = Math.floor(t);
    const month = Math.min(12, Math.floor((t - year) * 12 + 0.02) + 1);
    return `${words.months[String(month).padStart(2, "0")]} ${year}`;
  }

  function paint() {
    node.dataset.line = name;
    node.dataset.open = String(open());
    choose.value = name;
    paintTexts();
    paintActs();
    paintTable();
    place();
  }

  /** All that depends on the width and the colours. */
  function place() {
    if (!chart.clientWidth) return;
    measure();
    chart.style.height = `${at.height}px`;
    const field = drawField();
    zone.hidden = !field;
    if (field)
      zone.style.cssText = `left:${x(field[0])}px;width:${x(field[1]) - x(field[0])}px;top:${at.top}px;height:${at.field}px`;
    labels.replaceChildren(...axisWords(), ...rungWords(), ...fieldWords(), ...spanWords(), ...nameWords());
    labels.querySelectorAll(".kd-name").forEach(keepInside);
    paintDrawn();
    if (Plotly) Plotly.react(plot, traces(), layout(), { staticPlot: true, displayModeBar: false });
    node.dataset.state = Plotly ? "ready" : "loading";
  }

  // ---- what the learner does ----
  function keep(skipped = false) {
    const given = skipped ? { skipped: true } : { values: { ...draft() } };
    memory.put(name, given);
    sentence.focus();
  }

  function tellPython() {
    const drawn = Object.fromEntries(
      Object.keys(words.line).flatMap((id) => (memory.get(id) ? [[id, memory.get(id)]] : [])),
    );
    if (JSON.stringify(drawn) === JSON.stringify(model.get("drawn"))) return;
    model.set("drawn", drawn);
    try {
      model.save_changes();
    } catch (error) {
      console.warn("Python does not hear", error); // the line is kept in this browser
    }
  }

  function pick(id) {
    name = id;
    model.set("line", id);
    try {
      model.save_changes();
    } catch (error) {
      console.warn("Python does not hear", error);
    }
    grips.clear();
    handles.replaceChildren();
    note.hidden = true;
    shownAnswer = JSON.stringify([own(), answer()]);
    paintBoxes();
    paint();
  }

  /** A line was stored, or an answer reached the disk: paint anew only what differs. */
  const changed = guard(() => {
    tellPython();
    const key_ = JSON.stringify([own(), answer()]);
    if (key_ === shownAnswer) return tellSaved();
    shownAnswer = key_;
    paintBoxes();
    return paint();
  });
  const fromPython = guard(() => model.get("line") !== name && pick(model.get("line")));
  const size = new ResizeObserver(guard(place));
  size.observe(chart);
  model.on("change:line", fromPython);
  plotly(context.carrier).then(
    guard((loaded) => {
      Plotly = loaded;
      place();
    }),
    fail,
  );
  paintBoxes();
  paint();
  tellPython();

  return {
    node,
    place: guard(place),
    destroy() {
      memory.destroy();
      size.disconnect();
      model.off("change:line", fromPython);
      Plotly?.purge(plot);
    },
  };
}
