// Who enforces, and what the pressure does: three bars, then the fewest slices at every pressure, then what each side
// would keep. One x-axis from 0 to 1 for all of it; down the page, everything has its place in pixels.

import { POINTS } from "../explorers/enforcement_view.js";
import { LIMIT, numberText, SETTINGS } from "../model.js";
import { el } from "../page/dom.js";
import { fill } from "../page/words.js";
import { chart, draw, frame, hatch, keepInside, layPlates, measure, newId, put, say } from "./kit.js";
import { partyBars, partyWords } from "./party_bars.js";
import { dot, rect, ruleX } from "./plot.min.js";

const PARTY = 30; // px of one party's row: its words and its bar
const RANGE = 27; // px of one threshold's row
const LABEL = 17; // px of words above a bar
const BAR = 9;
const CURVE = 118;
const CURVE_NARROW = 92;
const HEAD = 20;
const AXIS = 50;
const GUTTER = 26;

/** Where everything stands, in pixels from the top; `wide` is one pixel on the axis of pressure. */
function geometry(root) {
  const { width, scale, narrow } = measure(root);
  const rows = (count, top, step, height) =>
    Array.from({ length: count }, (_, i) => {
      const words = top + i * step * scale;
      return { words, bar: words + LABEL * scale, height: height * scale };
    });
  const parties = narrow ? [] : rows(SETTINGS.parties.willingness.length, 0, PARTY, BAR); // no room on a phone
  const curveHead = (parties.length * PARTY + 6) * scale;
  const nowTop = curveHead + (narrow ? HEAD * scale : 0); // on a phone the two would collide
  const curveTop = nowTop + HEAD * scale;
  const curveHeight = (narrow ? CURVE_NARROW : CURVE) * scale;
  const ranges = rows(4, curveTop + curveHeight + 4 * scale, RANGE, 7);
  const axis = curveTop + curveHeight + (4 + 4 * RANGE + 3) * scale;
  const [gutter, right] = [GUTTER * scale, 8 * scale];
  const [height, plot] = [axis + AXIS * scale, width - gutter - right];
  const axes = { x: { domain: [0, 1] }, y: { domain: [height, 0] } };
  return {
    frame: frame(width, height, [0, right, 0, gutter], axes),
    width,
    height,
    scale,
    plot,
    parties,
    curveHead,
    nowTop,
    curveTop,
    curveHeight,
    ranges,
    axis,
    wide: scale / plot,
  };
}

/** The four ranges of pressure in which a side does something, as [side, from, to, words]. */
function rangesOf(words, parties) {
  const { chart: said } = words;
  const from = (key, value) => {
    const text = fill(said[key], { s: value === null ? words.number.missing : numberText(value) });
    return ["b", value, 1, value !== null && value > 1 ? fill(said.never, { text }) : text];
  };
  const always = parties.any_pressure;
  const most = always ? said.washington_always : fill(said.washington, { s: numberText(parties.s_max) });
  return [
    from("start", parties.s_F),
    from("keep", parties.s_K),
    from("once", parties.s_1),
    ["a", 0, always ? 1 : parties.s_max, most],
  ];
}

const yOfSlices = (at, n) => at.curveTop + at.curveHeight - ((n - 0.2) / LIMIT) * at.curveHeight * 0.96;

// ---- marks ------------------------------------------------------------------------------------------------------

const box = (look, x1, x2, { bar, height }) => ({ look, x1, x2, y1: bar, y2: bar + height });

function rangeBars(ranges, at) {
  return ranges.flatMap(([side, from, to], i) => [
    box("kd-bar-frame", 0, 1, at.ranges[i]),
    ...(from === null || from >= to ? [] : [box(`kd-bar-${side}`, from, to, at.ranges[i])]),
  ]);
}

/** What was said of the pressure. */
const guessed = ({ guesses = [], locked }) => (locked ? [] : guesses.filter(({ of }) => of === "pressure"));

/** It as a dashed line through the curve, and from the axis to its words: the words and numbers between stay free. */
const guessLines = (view, { curveTop, curveHeight, axis, scale }) =>
  guessed(view).flatMap((one) => [
    { ...one, y1: curveTop, y2: curveTop + curveHeight },
    { ...one, y1: axis - 6 * scale, y2: axis },
  ]);

function marksOf(view, at, ranges) {
  const { found, marks, locked } = view;
  const ground = box("kd-bar-ground", 0, 1, { bar: at.curveTop, height: at.curveHeight });
  const boxes = [ground, ...partyBars(found.parties, at), ...rangeBars(ranges, at)];
  const bars = put(rect, boxes, ({ look }) => look, { x1: "x1", x2: "x2", y1: "y1", y2: "y2" });
  if (locked) return [bars];
  const squares = found.curve.map((n, i) => ({ n, x: i / (POINTS - 1) })).filter(({ n }) => n);
  const across = { y1: () => at.curveTop - 3, y2: () => at.axis };
  return [
    bars,
    put(dot, squares, "kd-fewest", {
      x: "x",
      y: ({ n }) => yOfSlices(at, n),
      symbol: "square",
      r: (5 * at.scale) / Math.sqrt(Math.PI), // of a disc as large as a square of five pixels
    }),
    put(ruleX, marks === null ? [] : [marks], "kd-now-before", across),
    put(ruleX, [found.parties.pressure], "kd-now-line", across),
    put(ruleX, guessLines(view, at), "kd-guess-line", { x: "value", y1: "y1", y2: "y2" }),
  ];
}

// ---- words ------------------------------------------------------------------------------------------------------

/** Words whose line begins at a height, as page text would. */
const word = ({ scale }, look, said, x, top) => ({ look, said, x, y: top + 8 * scale });

/** The middle of each stretch without a deal that is wide enough for the words. */
function withoutDeal(curve, { plot, scale }) {
  const stretches = [];
  let start = null;
  [...curve, 1].forEach((n, i) => {
    if (!n && start === null) start = i;
    if (n && start !== null) {
      if (((i - start) / POINTS) * plot > 70 * scale) stretches.push((start + i - 1) / 2 / (POINTS - 1));
      start = null;
    }
  });
  return stretches;
}

function curveWords(words, { found, locked }, at) {
  const bottom = at.curveTop + at.curveHeight - 20 * at.scale;
  const ticks = [1, 12, 24].map((n) => ({ look: "kd-tick", said: String(n), x: -5 * at.wide, y: yOfSlices(at, n) }));
  const none = locked ? [] : withoutDeal(found.curve, at);
  return [
    word(at, "kd-range kd-head-words", words.chart.slices, 0, at.curveHead),
    ...ticks,
    ...none.map((s) => word(at, "kd-end", words.chart.no_deal, s, bottom)),
  ];
}

function axisWords(words, { found, locked }, at) {
  const { pressure } = found.parties;
  const now = fill(words.chart.now, { s: numberText(pressure) });
  return [
    ...[0, 0.25, 0.5, 0.75, 1].map((s) => word(at, "kd-end kd-axis", numberText(s), s, at.axis)),
    word(at, "kd-end kd-at-start", words.chart.axis, 0, at.axis + 17 * at.scale),
    ...(locked ? [] : [word(at, "kd-now kd-plate", now, pressure, at.nowTop)]),
  ];
}

// ---- the chart --------------------------------------------------------------------------------------------------

export function pressureChart(root, { words, shared }) {
  const id = newId();
  const place = el("div", { class: "kd-plot", style: `--kd-hatch:url(#${id})` });
  root.append(place);
  return chart(root, geometry, (view, at) => {
    const { parties } = view.found;
    const ranges = view.locked ? [] : rangesOf(words, parties);
    const said = [
      ...partyWords(words, parties, at),
      ...curveWords(words, view, at),
      ...ranges.map(([side, , , text], i) => word(at, `kd-range kd-range-${side}`, text, 0, at.ranges[i].words)),
      ...axisWords(words, view, at),
      ...guessed(view).map(({ value }) =>
        word(at, "kd-end kd-guess", shared.asked.said, value, at.axis + 31 * at.scale),
      ),
    ];
    const drawing = draw([...marksOf(view, at, ranges), say(said)], [hatch(id, "var(--kd-ink)", 6, 2.5)], at.frame);
    place.replaceChildren(drawing);
    keepInside(drawing.querySelectorAll(".kd-now, .kd-axis, .kd-guess"), 0, at.width);
    layPlates(drawing.querySelectorAll(".kd-plate"));
  });
}
