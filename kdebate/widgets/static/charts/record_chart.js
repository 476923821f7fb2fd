// The chart of a record: what is known of it, limits and estimates, and a line that the learner drew.

import { anchor, field, isShort, reach, shownSpans, spread, thinned, toDraw } from "../exercises/drawing.js";
import { amount, fill } from "../page/words.js";
import { dot, line, link, plot, rect, ruleX, ruleY, text } from "./plot.min.js";

const ROOM = { height: 236, narrow: 200, top: 34, foot: 26, left: 52, right: 8, label: 40, letter: 7.2 }; // pixels at scale 1
const NARROW = 480;
const INK = "var(--kd-ink)";
const SOFT = "var(--kd-ink2)";
const GROUND = "var(--kd-bg)";
const ACT = "var(--kd-act)";
const LINE = "var(--kd-line)";

/** Sizes of everything at one width. */
function measure(record, width, scale) {
  const { low, high, half } = reach(record);
  const height = (width < NARROW * scale ? ROOM.narrow : ROOM.height) * scale;
  const inside = width - (ROOM.left + ROOM.right) * scale;
  return { width, scale, low, high, half, inside, perPixel: (high - low) / inside, height };
}

const dotted = (scale) => ({ r: 4.5 * scale, strokeWidth: 2 * scale });
const halo = (scale) => ({ stroke: GROUND, strokeWidth: 4 * scale });
const triangle = ({ bound }) => bound === "floor" || bound === "ceiling";

/** A series: a line that breaks where nothing is recorded, and a mark for each value. */
function series(points, { scale }, { color, width, dash = null, symbol, hollow = false, lined = true }) {
  const known = points.filter(({ value }) => value !== null);
  const place = { x: "t", y: "value" };
  return [
    lined ? line(points, { ...place, stroke: color, strokeWidth: width * scale, strokeDasharray: dash }) : null,
    dot(known, {
      ...place,
      ...dotted(scale),
      symbol: (point) => (triangle(point) ? "triangle" : symbol),
      rotate: ({ bound }) => (bound === "ceiling" ? 180 : 0),
      fill: ({ unchecked }) => (unchecked || hollow ? GROUND : color),
      stroke: color,
    }),
  ];
}

/** Limits as a dashed line; floors, ceilings and ranges as bands over the months that they cover. */
function spanMarks(record, open, { scale, low, high }) {
  const spans = shownSpans(record, open);
  const bands = spans.filter(({ kind }) => kind !== "cap");
  const edges = spans.flatMap((span) =>
    [span.low, span.high].filter((value) => value !== null).map((value) => ({ ...span, value })),
  );
  const edge = { x1: "start", x2: "end", y1: "value", y2: "value", stroke: INK };
  const isCap = ({ kind }) => kind === "cap";
  const name = { y: ({ low: floor, high: ceiling }) => ceiling ?? floor, text: "text", dy: -10 * scale, fill: INK };
  const named = { ...name, ...halo(scale), fontWeight: 500 };
  const middle = ({ start, end }) => (start + end) / 2;
  const left = bands.filter((span) => middle(span) < low + (high - low) / 4);
  const right = bands.filter((span) => middle(span) > high - (high - low) / 4);
  const rest = bands.filter((span) => !left.includes(span) && !right.includes(span));
  return [
    rect(bands, {
      x1: "start",
      x2: "end",
      y1: ({ low: floor }) => floor ?? 0,
      y2: ({ high: ceiling }) => ceiling ?? record.top,
      fill: LINE,
      fillOpacity: 0.55,
    }),
    link(edges.filter(isCap), { ...edge, strokeWidth: 2 * scale, strokeDasharray: "6 4" }),
    link(
      edges.filter((span) => !isCap(span)),
      { ...edge, strokeWidth: 2.5 * scale },
    ),
    text(spans.filter(isCap), { ...named, x: "end", textAnchor: "end" }),
    text(left, { ...named, x: "start", textAnchor: "start" }),
    text(rest, { ...named, x: middle }),
    text(right, { ...named, x: "end", textAnchor: "end" }),
  ];
}

/** The texts of the Council, where they fall into the time of the chart. */
function rungMarks(rungs, { low, high, scale, perPixel }) {
  const inside = rungs.filter(({ t }) => t > low && t < high);
  const named = spread(inside, (short) => (short.length * ROOM.letter * scale * perPixel) / 2);
  return [
    ruleX(inside, { x: "t", stroke: LINE }),
    text(named, { x: "t", frameAnchor: "top", dy: -24 * scale, text: "short", fill: SOFT }),
  ];
}

/** Where the learner is to draw. */
function fieldMarks(words, record, { half, scale }) {
  const stretch = field(record, half);
  if (!stretch) return [];
  const points = toDraw(record);
  const said = fill(words.draw, { first: points[0].when, last: points.at(-1).when });
  return [
    rect([stretch], { x1: "start", x2: "end", y1: 0, y2: record.top, fill: "var(--kd-zone)" }),
    text([stretch], {
      x: ({ start, end }) => (start + end) / 2,
      frameAnchor: "top",
      dy: 12 * scale,
      text: [said],
      fill: INK,
    }),
  ];
}

/** The learner's own line, from the last known point on. */
function drawnMarks(record, drawn, open, { scale }) {
  const points = toDraw(record)
    .filter(({ label }) => drawn[label] !== undefined)
    .map((point) => ({ t: point.t, value: drawn[point.label] }));
  const start = anchor(record);
  const way = points.length && start ? [start, ...points] : points;
  const place = { x: "t", y: "value", stroke: ACT };
  return [
    line(way, { ...place, strokeWidth: 3 * scale, strokeDasharray: "1 6", strokeLinecap: "round" }),
    open ? dot(points, { ...place, r: 5 * scale, strokeWidth: 2.5 * scale, fill: GROUND }) : null,
  ];
}

/** The names of the two lines, on the far sides of them, so that they never cover each other. */
function names(words, record, drawn, { scale }) {
  const end = record.points.findLast(({ value }) => value !== null);
  const last = toDraw(record).at(-1);
  const mine = last ? drawn[last.label] : undefined;
  const isAbove = !end || mine === undefined || end.value >= mine;
  const [over, under] = [-16 * scale, 18 * scale];
  const name = (t, value, said, up, fillColor) =>
    text([said], {
      x: [t],
      y: [value],
      text: [said],
      textAnchor: "end",
      fontWeight: 700,
      dx: 6 * scale,
      dy: up ? over : under,
      fill: fillColor,
      ...halo(scale),
    });
  return [
    mine === undefined ? null : name(last.t, mine, words.you_drew, !isAbove, ACT),
    end ? name(end.t, end.value, record.recorded ?? words.recorded, isAbove, INK) : null,
  ];
}

function marks(words, record, rungs, state, at) {
  const { open, drawn, gone } = state;
  const seen = record.points.map((point) => (gone.includes(point.label) ? { ...point, value: null } : point));
  const main = { color: INK, width: 2.5, symbol: "circle" };
  const other = { color: SOFT, width: 1.5, dash: "6 4", symbol: "diamond" };
  const others = open ? record.others : [];
  return [
    open ? [] : fieldMarks(words, record, at),
    ruleY(record.ticks, { stroke: (tick) => (tick ? LINE : INK), strokeWidth: (tick) => (tick ? 1 : 2) }),
    rungMarks(rungs, at),
    spanMarks(record, open, at),
    others.flatMap(({ points }) => series(points, at, { ...other, hollow: isShort(points), lined: !isShort(points) })),
    series(seen, at, main),
    drawnMarks(record, drawn, open, at),
    open ? names(words, record, drawn, at) : [],
  ].flat();
}

/**
 * Draw a record as it may be seen now.
 * @param {import("../types.d.ts").Words} words  those of the kind
 * @param {any} record  as kdebate.exercises.records gives it
 * @param {any[]} rungs  texts of the Security Council with their times
 * @param {{open: boolean, gone: string[], drawn: Record<string, number>}} state  gone: labels whose record is not to be seen
 * @param {{width: number, scale: number}} size
 */
export function recordChart(words, record, rungs, state, { width, scale }) {
  const at = measure(record, width, scale);
  const shown = thinned(record.points, at.inside / (ROOM.label * scale));
  const whens = Object.fromEntries(shown.map(({ t, when }) => [t, when]));
  const axis = { tickSize: 0, label: null };
  return plot({
    width,
    height: at.height + (ROOM.top + ROOM.foot) * scale,
    marginTop: ROOM.top * scale,
    marginBottom: ROOM.foot * scale,
    marginLeft: ROOM.left * scale,
    marginRight: ROOM.right * scale,
    style: { fontSize: `${13 * scale}px` },
    x: { ...axis, domain: [at.low, at.high], ticks: shown.map(({ t }) => t), tickFormat: (t) => whens[t] },
    y: { ...axis, domain: [0, record.top], ticks: record.ticks, tickFormat: (tick) => amount(tick, 0) },
    marks: marks(words, record, rungs, state, at),
  });
}
