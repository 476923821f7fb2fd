// The chart of a record: what is known of it, limits and estimates, and a line that the learner drew.

import {
  anchor,
  field,
  isShort,
  lift,
  reach,
  roomiest,
  shownSpans,
  spread,
  thinned,
  toDraw,
} from "../exercises/drawing.js";
import { amount, fill } from "../page/words.js";
import { dot, line, link, plot, rect, ruleX, ruleY, text } from "./plot.min.js";

const ROOM = { height: 236, narrow: 200, top: 34, foot: 26, left: 52, right: 8, label: 40, letter: 8, name: 17 }; // pixels at scale 1
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

/** Gives a mark's group a class, for the style sheet. */
const named = (look) => (index, scales, values, dimensions, context, next) => {
  const group = next(index, scales, values, dimensions, context);
  group.setAttribute("class", look);
  return group;
};

/** A series: a line that breaks where nothing is recorded, and a mark for each value. */
function series(points, { scale }, { color, width, dash = null, symbol, hollow = false, lined = true, look = null }) {
  const known = points.filter(({ value }) => value !== null);
  const place = { x: "t", y: "value", ...(look ? { render: named(look) } : {}) };
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
function spanMarks(record, open, at) {
  const { scale } = at;
  const spans = shownSpans(record, open);
  const isCap = ({ kind }) => kind === "cap";
  const bands = spans.filter((span) => !isCap(span));
  const edges = spans.flatMap((span) =>
    [span.low, span.high].filter((value) => value !== null).map((value) => ({ ...span, value })),
  );
  const edge = { x1: "start", x2: "end", y1: "value", y2: "value", stroke: INK };
  return [
    rect(bands, {
      x1: "start",
      x2: "end",
      y1: ({ low }) => low ?? 0,
      y2: ({ high }) => high ?? record.top,
      fill: LINE,
      fillOpacity: 0.55,
    }),
    link(edges.filter(isCap), { ...edge, strokeWidth: 2 * scale, strokeDasharray: "6 4" }),
    link(
      edges.filter((span) => !isCap(span)),
      { ...edge, strokeWidth: 2.5 * scale },
    ),
    ...spanNames(record, spans, at),
  ];
}

/** The names of limits and estimates, each over its edge, or over another name that stands there. */
function spanNames(record, spans, { scale, low, high, height, perPixel }) {
  const third = (high - low) / 4;
  const named = spans.map(({ kind, start, end, text: said, ...span }) => {
    const middle = (start + end) / 2;
    const side = kind === "cap" || middle > high - third ? "end" : middle < low + third ? "start" : "middle";
    const length = said.length * ROOM.letter * scale * perPixel;
    const t = { start, middle, end }[side];
    const from = { start: t, middle: t - length / 2, end: t - length }[side];
    return { said, side, t, from, to: from + length, y: span.high ?? span.low };
  });
  const lifted = lift(named, (ROOM.name * scale * record.top) / height);
  const look = { x: "t", y: "y", text: "said", dy: -10 * scale, fill: INK, fontWeight: 500, ...halo(scale) };
  return ["start", "middle", "end"].map((side) =>
    text(
      lifted.filter((one) => one.side === side),
      { ...look, textAnchor: /** @type {any} */ (side) },
    ),
  );
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

const drawnPoints = (record, drawn) =>
  toDraw(record)
    .filter(({ label }) => drawn[label] !== undefined)
    .map(({ label, t }) => ({ t, value: drawn[label] }));

/** The learner's own line, from the last known point on. */
function drawnMarks(record, drawn, open, { scale }) {
  const points = drawnPoints(record, drawn);
  const start = anchor(record);
  const way = points.length && start ? [start, ...points] : points;
  const place = { x: "t", y: "value", stroke: ACT };
  return [
    line(way, { ...place, strokeWidth: 3 * scale, strokeDasharray: "1 6", strokeLinecap: "round" }),
    open ? dot(points, { ...place, r: 5 * scale, strokeWidth: 2.5 * scale, fill: GROUND }) : null,
  ];
}

/** A line's points in pixels, and places between them. */
function along(points) {
  const parts = [0, 0.25, 0.5, 0.75];
  return points.flatMap((from, i) => {
    const to = points[i + 1] ?? from;
    return parts.map((part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }));
  });
}

/** The names of the two lines, each above or below a point of its own where it covers least. */
function names(words, record, drawn, { scale, low, inside, perPixel, height }) {
  const pixels = ({ t, value }) => ({ x: (t - low) / perPixel, y: (1 - value / record.top) * height });
  const known = (points) => points.filter(({ value }) => value !== null).map(pixels);
  const mine = known(drawnPoints(record, drawn));
  const line = ROOM.name * scale;
  const taken = [known(record.points), mine, ...record.others.map(({ points }) => known(points))].flatMap(along);
  const name = (points, said, fillColor) => {
    const half = (said.length * ROOM.letter * scale) / 2;
    const places = points.flatMap(({ x, y }) =>
      [-line, line].map((away) => ({ x: Math.min(inside - half, Math.max(half, x)), y: y + away })),
    );
    const place = roomiest(
      places.filter(({ y }) => y > line / 2 && y < height - line / 2),
      taken,
      { x: half + line / 2, y: line },
    );
    if (!place) return null;
    taken.push(
      ...along([
        { x: place.x - half, y: place.y },
        { x: place.x + half, y: place.y },
      ]),
    );
    const at = { x: [low + place.x * perPixel], y: [(1 - place.y / height) * record.top] };
    return text([said], { ...at, text: [said], fontWeight: 700, fill: fillColor, ...halo(scale) });
  };
  return [
    mine.length ? name(mine, words.you_drew, ACT) : null,
    name(known(record.points), record.recorded ?? words.recorded, INK),
  ];
}

function marks(words, record, rungs, state, at) {
  const { open, drawn, gone } = state;
  const seen = record.points.map((point) => (gone.includes(point.label) ? { ...point, value: null } : point));
  const main = { color: INK, width: 2.5, symbol: "circle", look: "kd-record" };
  const other = { color: SOFT, width: 1.5, dash: "6 4", symbol: "diamond" };
  const others = open ? record.others : [];
  return [
    open ? [] : fieldMarks(words, record, at),
    ruleY(record.ticks, { stroke: (tick) => (tick ? LINE : INK), strokeWidth: (tick) => (tick ? 1 : 2) }),
    rungMarks(rungs, at),
    spanMarks(record, open, at),
    others.flatMap(({ points }) => series(points, at, { ...other, hollow: isShort(points), lined: !isShort(points) })),
    drawnMarks(record, drawn, open, at),
    series(seen, at, main),
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
  const drawing = plot({
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
  drawing.setAttribute("aria-hidden", "true"); // its place says all of it in words; Plot's own names of marks say nothing
  return drawing;
}
