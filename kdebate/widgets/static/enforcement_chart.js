// Who enforces, and what the pressure does: three bars, then the fewest slices at every pressure, then what each side
// would keep. One x-axis from 0 to 1 for all of it. plotly draws the marks; every word is page text above them.

import { el } from "./dom.js";
import { LIMIT, mostText, POINTS } from "./enforcement_view.js";
import { numberText, SETTINGS } from "./model.js";
import { plotly } from "./plotly.js";
import { fill } from "./words.js";

const PARTY = 30; // px of one party's row: its words and its bar
const RANGE = 27; // px of one threshold's row
const LABEL = 17; // px of words above a bar
const BAR = 9;
const CURVE = 118;
const CURVE_NARROW = 92;
const HEAD = 20;
const AXIS = 40;
const GUTTER = 26;

const px = (style) => Object.entries(style).map(([name, value]) => `${name}:${value}px`).join(";");

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
  return [from("start", parties.s_F), from("keep", parties.s_K), from("once", parties.s_1), ["a", 0, always ? 1 : parties.s_max, most]];
}

export function pressureChart(root, context) {
  const { words } = context;
  const plot = el("div", { class: "kd-plot" });
  const text = el("div", { class: "kd-words" });
  root.append(plot, text);
  let Plotly = null;
  let at = geometry(root);
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--kd-${name}`).trim();
  const x = (s) => at.gutter + s * at.plot;

  /** A rectangle in pixels of the page; plotly counts y from below. */
  const rect = (s0, s1, top, height, look) => ({
    type: "rect", xref: "x", yref: "y", x0: s0, x1: s1, y0: at.height - top - height, y1: at.height - top, ...look,
  });

  function shapes(view) {
    const { parties } = view.found;
    const ink = colour("ink");
    const frame = { fillcolor: "rgba(0,0,0,0)", line: { color: colour("line"), width: 1 }, layer: "below" };
    const bars = at.narrow ? [] : parties.enforcement.flatMap((e, m) => {
      const { bar, height } = at.parties[m];
      return [rect(0, 1, bar, height, frame), rect(0, parties.willingness[m], bar, height, { fillcolor: colour("ink2"), line: { width: 0 } })];
    });
    const ground = rect(0, 1, at.curveTop, at.curveHeight, { fillcolor: colour("zone"), line: { width: 0 }, layer: "below" });
    if (view.locked) return [...bars, ground];
    const spans = ranges(words, parties).flatMap(([side, from, to], i) => {
      const { bar, height } = at.ranges[i];
      const here = rect(0, 1, bar, height, frame);
      if (from === null || from >= to) return [here];
      const look = { fillcolor: colour(side === "a" ? "a-fill" : "b-fill"), line: { color: colour(side), width: 1.5 } };
      return [here, rect(from, to, bar, height, look)];
    });
    const now = (s, width, dash) => ({
      type: "line", xref: "x", yref: "y", x0: s, x1: s, y0: at.height - at.axis, y1: at.height - at.curveTop + 3, line: { color: ink, width, dash },
    });
    const before = view.marks === null ? [] : [now(view.marks, 1.5, "dot")];
    return [...bars, ground, ...spans, ...before, now(parties.pressure, 2.5, "solid")];
  }

  /** The hatched part of the party bars, and the curve of the fewest slices. */
  function traces(view) {
    const { parties, curve } = view.found;
    const pushed = {
      type: "bar", orientation: "h", hoverinfo: "skip", cliponaxis: false,
      base: parties.willingness.map((will, m) => Math.min(will, parties.enforcement[m])),
      x: parties.enforcement.map((e, m) => Math.max(e - parties.willingness[m], 0)),
      y: at.parties.map(({ bar, height }) => at.height - bar - height / 2),
      width: at.parties.map(({ height }) => height),
      marker: { color: colour("bg"), line: { color: colour("ink"), width: 1.5 }, pattern: { shape: "/", fgcolor: colour("ink"), bgcolor: colour("bg"), size: 6, solidity: 0.35, fillmode: "replace" } },
      visible: !at.narrow,
    };
    const slices = {
      type: "scatter", mode: "markers", hoverinfo: "skip",
      x: curve.map((_, i) => i / (POINTS - 1)),
      y: curve.map((n) => (n && !view.locked ? yOfSlices(n) : null)),
      marker: { symbol: "square", size: 5 * at.scale, color: colour("ink") },
    };
    return [pushed, slices];
  }

  const yOfSlices = (n) => at.height - at.curveTop - at.curveHeight + ((n - 0.2) / LIMIT) * at.curveHeight * 0.96;

  function layout(view) {
    return {
      width: at.width, height: at.height, margin: { l: at.gutter, r: 8 * at.scale, t: 0, b: 0, pad: 0 },
      xaxis: { range: [0, 1], fixedrange: true, visible: false },
      yaxis: { range: [0, at.height], fixedrange: true, visible: false },
      barmode: "overlay", showlegend: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", shapes: shapes(view),
    };
  }

  const say = (className, said, place) => el("span", { class: className, style: px(place) }, said);

  function partyWords(view) {
    if (at.narrow) return [];
    const { weights, willingness } = SETTINGS.parties;
    const { enforcement, willingness: will } = view.found.parties;
    return willingness.map((lever, m) => {
      const push = enforcement[m] - will[m];
      const values = { name: words.parties[lever], weight: numberText(weights[m]), e: numberText(enforcement[m]), push: numberText(push) };
      return say("kd-range", fill(words.chart[push > 1e-12 ? "party_pushed" : "party_line"], values), { left: at.gutter, top: at.parties[m].words });
    });
  }

  function curveWords(view) {
    const bottom = at.curveTop + at.curveHeight;
    const tick = (n) => say("kd-tick", String(n), { right: at.width - at.gutter + 5 * at.scale, top: at.height - yOfSlices(n) });
    const head = say("kd-range kd-head-words", words.chart.slices, { left: at.gutter, top: at.curveHead });
    const none = view.locked ? [] : noDealWords(view.found.curve).map((s) => {
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
    return ranges(words, view.found.parties).map(([side, , , said], i) => say(`kd-range kd-range-${side}`, said, { left: at.gutter, top: at.ranges[i].words }));
  }

  function axisWords(view) {
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((s) => say("kd-slice kd-axis", numberText(s), { left: x(s), top: at.axis }));
    const title = say("kd-end", words.chart.axis, { left: at.gutter, top: at.axis + 17 * at.scale });
    if (view.locked) return [...ticks, title];
    const now = say("kd-now kd-plate", fill(words.chart.now, { s: numberText(view.found.parties.pressure) }), { left: x(view.found.parties.pressure), top: at.nowTop });
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
    if (Plotly && at.plot > 0) Plotly.react(plot, traces(view), layout(view), { staticPlot: true, displayModeBar: false });
  }

  return {
    get loaded() {
      return Plotly !== null;
    },
    draw,
    rearrange() {
      at = geometry(root);
    },
    async load() {
      Plotly = await plotly();
    },
    destroy() {
      Plotly?.purge(plot);
    },
  };
}
