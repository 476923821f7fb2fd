// Who enforces, and what the pressure does: three bars, then the fewest slices at every pressure, then what each side
// would keep. One x-axis from 0 to 1 for all of it. plotly draws the curve, page parts the bars; every word is page text above them.

import { LIMIT, mostText, POINTS } from "../explorers/enforcement_view.js";
import { numberText, SETTINGS } from "../model.js";
import { el, shape } from "../page/dom.js";
import { plotly } from "../page/plotly.js";
import { fill } from "../page/words.js";

const PARTY = 30; // px of one party's row: its words and its bar
const RANGE = 27; // px of one threshold's row
const LABEL = 17; // px of words above a bar
const BAR = 9;
const CURVE = 118;
const CURVE_NARROW = 92;
const HEAD = 20;
const AXIS = 40;
const GUTTER = 26;
let count = 0;

const px = (style) =>
  Object.entries(style)
    .map(([name, value]) => `${name}:${value}px`)
    .join(";");

/** Where everything stands, in pixels from the top. */
function geometry(root) {
  const style = getComputedStyle(root);
  const scale = Number.parseFloat(style.getPropertyValue("--kd-scale")) || 1;
  const narrow = root.clientWidth < 420 * scale;
  const at = { scale, narrow, width: root.clientWidth, gutter: GUTTER * scale };
  let y = 0;
  at.parties = SETTINGS.parties.willingness.map(() => {
    const row = { words: y, bar: y + LABEL * scale, height: BAR * scale };
    if (!narrow) y += PARTY * scale;
    return row;
  });
  at.curveHead = y + 6 * scale;
  at.nowTop = at.curveHead + (narrow ? HEAD * scale : 0); // on a phone the two would collide
  at.curveTop = at.nowTop + HEAD * scale;
  at.curveHeight = (narrow ? CURVE_NARROW : CURVE) * scale;
  y = at.curveTop + at.curveHeight + 4 * scale;
  at.ranges = Array.from({ length: 4 }, () => {
    const row = { words: y, bar: y + LABEL * scale, height: 7 * scale };
    y += RANGE * scale;
    return row;
  });
  at.axis = y + 3 * scale;
  at.height = at.axis + AXIS * scale;
  at.plot = at.width - at.gutter - 8 * scale;
  return at;
}

/** The four ranges of pressure in which a side does something, as [side, from, to, words]. */
function ranges(words, parties) {
  const { chart } = words;
  const from = (key, value) => {
    const text = fill(chart[key], { s: value === null ? words.readouts.never : numberText(value) });
    return ["b", value, 1, value !== null && value > 1 ? fill(chart.never, { text }) : text];
  };
  const always = parties.s_max === null || parties.s_max > 1;
  const most = always ? chart.washington_always : fill(chart.washington, { s: mostText(words, parties.s_max) });
  return [
    from("start", parties.s_F),
    from("keep", parties.s_K),
    from("once", parties.s_1),
    ["a", 0, always ? 1 : parties.s_max, most],
  ];
}

export function pressureChart(root, context) {
  const { words } = context;
  const plot = el("div", { class: "kd-plot" });
  const text = el("div", { class: "kd-words" });
  const [below, above] = ["kd-bars", "kd-marks"].map((className) => shape("svg", { class: className }));
  const hatchId = `kdhatch${++count}`;
  root.append(below, plot, above, text);
  let Plotly = null;
  let at = geometry(root);
  let drawnCurve = null; // what plotly shows; it depends on the bargain, not on the parties
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--kd-${name}`).trim();
  const x = (s) => at.gutter + s * at.plot;

  const rect = (className, s0, s1, { bar, height }) =>
    shape("rect", { class: className, x: x(s0), y: bar, width: Math.max(0, x(s1) - x(s0)), height });

  /** The party bars: own will filled, what secondary sanctions add hatched. */
  function partyBars({ parties }) {
    if (at.narrow) return [];
    return parties.enforcement.flatMap((e, m) => {
      const will = parties.willingness[m];
      const row = at.parties[m];
      const push = e > will ? [rect("kd-bar-push", will, e, row)] : [];
      return [rect("kd-bar-frame", 0, 1, row), rect("kd-bar-will", 0, will, row), ...push];
    });
  }

  function rangeBars({ parties }) {
    return ranges(words, parties).flatMap(([side, from, to], i) => {
      const here = rect("kd-bar-frame", 0, 1, at.ranges[i]);
      return from === null || from >= to ? [here] : [here, rect(`kd-bar-${side}`, from, to, at.ranges[i])];
    });
  }

  function paintBars(view) {
    const ground = rect("kd-bar-ground", 0, 1, { bar: at.curveTop, height: at.curveHeight });
    const now = (s, className) =>
      shape("line", { class: className, x1: x(s), x2: x(s), y1: at.curveTop - 3, y2: at.axis });
    const hatch = shape(
      "pattern",
      { id: hatchId, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      shape("rect", { width: 6, height: 6, class: "kd-hatch-ground" }),
      shape("rect", { width: 2.5, height: 6, class: "kd-hatch-line" }),
    );
    below.setAttribute("viewBox", `0 0 ${at.width} ${at.height}`);
    above.setAttribute("viewBox", `0 0 ${at.width} ${at.height}`);
    below.style.setProperty("--kd-hatch", `url(#${hatchId})`);
    below.replaceChildren(
      shape("defs", {}, hatch),
      ground,
      ...partyBars(view.found),
      ...(view.locked ? [] : rangeBars(view.found)),
    );
    const before = view.marks === null ? [] : [now(view.marks, "kd-now-before")];
    above.replaceChildren(...(view.locked ? [] : [...before, now(view.found.parties.pressure, "kd-now-line")]));
  }

  /** The fewest slices at every pressure: the one part that plotly draws, and only when it changes. */
  function trace(view) {
    return {
      type: "scatter",
      mode: "markers",
      hoverinfo: "skip",
      x: view.found.curve.map((_, i) => i / (POINTS - 1)),
      y: view.found.curve.map((n) => (n && !view.locked ? yOfSlices(n) : null)),
      marker: { symbol: "square", size: 5 * at.scale, color: colour("ink") },
    };
  }

  const yOfSlices = (n) => at.height - at.curveTop - at.curveHeight + ((n - 0.2) / LIMIT) * at.curveHeight * 0.96;

  function layout() {
    return {
      width: at.width,
      height: at.height,
      margin: { l: at.gutter, r: 8 * at.scale, t: 0, b: 0, pad: 0 },
      xaxis: { range: [0, 1], fixedrange: true, visible: false },
      yaxis: { range: [0, at.height], fixedrange: true, visible: false },
      showlegend: false,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
    };
  }

  const say = (className, said, place) => el("span", { class: className, style: px(place) }, said);

  function partyWords(view) {
    if (at.narrow) return [];
    const { weights, willingness } = SETTINGS.parties;
    const { enforcement, willingness: will } = view.found.parties;
    return willingness.map((lever, m) => {
      const push = enforcement[m] - will[m];
      const values = {
        name: words.parties[lever],
        weight: numberText(weights[m]),
        e: numberText(enforcement[m]),
        push: numberText(push),
      };
      return say("kd-range", fill(words.chart[push > 1e-12 ? "party_pushed" : "party_line"], values), {
        left: at.gutter,
        top: at.parties[m].words,
      });
    });
  }

  function curveWords(view) {
    const bottom = at.curveTop + at.curveHeight;
    const tick = (n) =>
      say("kd-tick", String(n), { right: at.width - at.gutter + 5 * at.scale, top: at.height - yOfSlices(n) });
    const head = say("kd-range kd-head-words", words.chart.slices, { left: at.gutter, top: at.curveHead });
    const none = view.locked
      ? []
      : noDealWords(view.found.curve).map((s) => {
          const node = say("kd-end", words.chart.no_deal, { left: x(s), top: bottom - 20 * at.scale });
          node.style.transform = "translateX(-50%)";
          return node;
        });
    return [head, tick(1), tick(12), tick(24), ...none];
  }

  /** The middle of each stretch without a deal that is wide enough for the words. */
  function noDealWords(curve) {
    const stretches = [];
    let start = null;
    [...curve, 1].forEach((n, i) => {
      if (!n && start === null) start = i;
      if (n && start !== null) {
        if (((i - start) / POINTS) * at.plot > 70 * at.scale) stretches.push((start + i - 1) / 2 / (POINTS - 1));
        start = null;
      }
    });
    return stretches;
  }

  function rangeWords(view) {
    if (view.locked) return [];
    return ranges(words, view.found.parties).map(([side, , , said], i) =>
      say(`kd-range kd-range-${side}`, said, { left: at.gutter, top: at.ranges[i].words }),
    );
  }

  function axisWords(view) {
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((s) =>
      say("kd-slice kd-axis", numberText(s), { left: x(s), top: at.axis }),
    );
    const title = say("kd-end", words.chart.axis, { left: at.gutter, top: at.axis + 17 * at.scale });
    if (view.locked) return [...ticks, title];
    const now = say("kd-now kd-plate", fill(words.chart.now, { s: numberText(view.found.parties.pressure) }), {
      left: x(view.found.parties.pressure),
      top: at.nowTop,
    });
    return [...ticks, title, now];
  }

  /** Words that would hang over an edge move inwards. */
  function keepInside(node) {
    const half = node.offsetWidth / 2;
    const left = Number.parseFloat(node.style.left);
    node.style.left = `${Math.min(at.width - half, Math.max(half, left))}px`;
  }

  function draw(view) {
    root.style.height = `${at.height}px`;
    text.replaceChildren(...partyWords(view), ...curveWords(view), ...rangeWords(view), ...axisWords(view));
    text.querySelectorAll(".kd-now, .kd-axis").forEach(keepInside);
    paintBars(view);
    const curve = `${view.locked} ${view.found.curve}`;
    if (!Plotly || at.plot <= 0 || curve === drawnCurve) return;
    drawnCurve = curve;
    Plotly.react(plot, [trace(view)], layout(), { staticPlot: true, displayModeBar: false });
  }

  return {
    get loaded() {
      return Plotly !== null;
    },
    draw,
    rearrange() {
      at = geometry(root);
      drawnCurve = null;
    },
    async load() {
      Plotly = await plotly();
    },
    destroy() {
      Plotly?.purge(plot);
    },
  };
}
