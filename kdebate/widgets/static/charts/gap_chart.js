// The safety-gap chart: one lane per side, one bar per slice, axes that never move. Drawn anew at every input.

import { gapText, TOLERANCE } from "../model.js";
import { el, sideMark, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { chart, draw, frame, hatch, keepApart, keepInside, layPlates, measure, newId, put, say } from "./kit.js";
import { line, rect, ruleX, ruleY } from "./plot.min.js";

const SIDES = ["a", "b"];
const LOW = -0.5;
const HIGH = 1.1; // a leader's gap at one slice is +1.00
const TICKS = [
  [1, "+1"],
  [0.5, "+0.5"],
  [0, "0"],
  [LOW, "−0.5"],
];
const HEAD = 24;
const BETWEEN = 11;
const FOOT = 46;
const GUTTER = 40;
const LEAST = 2.5;
const NUMBER = 17; // what a number above a bar needs below the side's name

/** Sizes in pixels, from the space and the lane height that the style sheet gives; `px` and `wide` are one pixel on the axes. */
function geometry(root) {
  const { width, scale } = measure(root);
  const lane = Number.parseFloat(getComputedStyle(root).getPropertyValue("--kd-lane"));
  const [head, between, foot, gutter] = [HEAD, BETWEEN + HEAD, FOOT, GUTTER].map((size) => size * scale);
  const plot = width - gutter;
  const height = head + 2 * lane + between + foot;
  const lanes = { domain: SIDES, paddingInner: between / (lane + between), paddingOuter: 0, round: false };
  const axes = { x: { domain: [0, 1] }, y: { domain: [LOW, HIGH] }, fy: lanes };
  const [narrow, px, wide] = [plot < 420 * scale, ((HIGH - LOW) / lane) * scale, scale / plot];
  const own = frame(width, height, [head, 0, foot, gutter], axes);
  return { frame: own, width, height, scale, narrow, lane, between, gutter, plot, px, wide };
}

const inside = (gap) => Math.min(HIGH, Math.max(LOW, gap));

/** All bars as they are drawn: inside the axis, and never too thin to see. */
function barsOf({ gaps, n, lowest }, { lane }) {
  const least = (LEAST / lane) * (HIGH - LOW);
  return gaps.flatMap((row, i) =>
    row.map((gap, k) => ({
      i,
      side: SIDES[i],
      slice: k + 1,
      gap,
      end: Math.abs(inside(gap)) < least ? Math.sign(gap || 1) * least : inside(gap),
      from: k / n,
      to: (k + 1) / n,
      broken: gap < -TOLERANCE,
      torn: gap > HIGH || gap < LOW,
      weakest: k + 1 === lowest[i],
    })),
  );
}

// ---- words ------------------------------------------------------------------------------------------------------

const word = (side, look, said, x, y) => ({ side, look, said, x, y });

const axisWords = ({ wide }) =>
  SIDES.flatMap((side) => TICKS.map(([y, said]) => word(side, y ? "kd-tick" : "kd-tick kd-zero", said, -6 * wide, y)));

/** Whether a bar carries its number: all of few do, else the first, the last and the weakest. */
function numbered({ n, lowest }, { narrow }, { i, slice, weakest }) {
  if (n <= (narrow ? 5 : 8)) return true;
  return weakest || ((slice === 1 || slice === n) && Math.abs(slice - lowest[i]) > n / 6);
}

/** A bar's number: beyond its end. Where that leaves the chart, or leaves no room below the name, inside, on a plate. */
function barNumber({ words }, { n, unwilling }, { px }, { side, gap, end, from, to, broken, torn, weakest }) {
  const plate = torn || HIGH - end < NUMBER * px;
  const look = `kd-num${weakest || n === 1 ? " kd-weakest" : ""}${plate ? " kd-plate" : ""}`;
  const text = gapText(gap);
  const said = n === 1 && broken && !unwilling.length ? fill(words.chart.cheat_here, { gap: text }) : text;
  return word(side, look, said, (from + to) / 2, end + (gap < 0 ? -1 : 1) * (plate ? -15 : 11.5) * px);
}

/** "below 0: would rather cheat", unless a bar hangs where the words would stand. */
function zoneWords({ words }, { gaps, n }, { px, wide }) {
  const free = SIDES.filter((_, i) => !gaps[i].some((gap, k) => gap < 0 && k / n < 0.45));
  return free.map((side) => word(side, "kd-below", words.chart.below, 6 * wide, LOW + 9 * px));
}

function sliceWords({ words }, { n }, { narrow, px }) {
  const at = (k, said) => word("b", "kd-slice", said, (k - 0.5) / n, LOW - 14 * px);
  if (n === 1) return [at(1, words.chart.whole)];
  const step = n <= 12 ? (narrow && n > 8 ? 2 : 1) : narrow ? 6 : 4;
  const shown = Array.from({ length: n }, (_, k) => k + 1).filter(
    (k) => step === 1 || k === 1 || (k % step === 0 && (n - k >= step / 2 || k === n)) || k === n,
  );
  return shown.map((k) => at(k, n <= 4 ? fill(words.chart.slice, { k }) : String(k)));
}

const endWords = ({ words }, { px }) =>
  ["start", "end"].map((key, x) => word("b", `kd-end kd-at-${key}`, words.chart[key], x, LOW - (FOOT - 10) * px));

// ---- marks ------------------------------------------------------------------------------------------------------

/** The points of a zigzag where a bar leaves the chart. */
function tornEdge({ plot, scale, px }, { side, slice, gap, from, to }) {
  const teeth = Math.max(2, 2 * Math.round(((to - from) * plot) / (28 * scale)));
  const y = gap > 0 ? HIGH - 5 * px : LOW + 5 * px;
  return Array.from({ length: teeth + 1 }, (_, t) => {
    return { side, slice, x: from + ((to - from) * t) / teeth, y: y + (t % 2 ? 4 : -4) * px };
  });
}

/** The bars whose gap the last change moved, with what it was. */
const movedBars = (bars, before) =>
  (before ? bars : [])
    .map((bar) => ({ ...bar, was: before[bar.i][bar.slice - 1] }))
    .filter(({ gap, was }) => Math.abs(was - gap) > 0.004);

/** What no lever moves: the zone below zero, lines above it, and the words of the axes. */
const ground = (context, size) => [
  put(rect, [0], "kd-zone", { y1: [LOW], y2: [0] }),
  put(ruleY, [0.5, 1], "kd-grid", {}),
  say([...axisWords(size), ...endWords(context, size)], { fy: "side" }),
];

function marksOf(view, size, bars) {
  const { n } = view.found;
  const inset = Math.min(3 * size.scale, (0.12 * size.plot) / n);
  const edges = Array.from({ length: n + 1 }, (_, k) =>
    Math.min(1 - 0.5 * size.wide, Math.max(0.5 * size.wide, k / n)),
  );
  const torn = bars.filter((bar) => bar.torn).flatMap((bar) => tornEdge(size, bar));
  const moved = movedBars(bars, view.marks);
  const zigzag = { fy: "side", x: "x", y: "y", z: (point) => `${point.side}${point.slice}` };
  const was = { fy: "side", y: ({ was }) => inside(was), x1: "from", x2: "to", inset: 2 };
  return [
    put(rect, bars, ({ side, broken }) => `kd-bar kd-bar-${side}${broken ? " kd-broken" : ""}`, {
      fy: "side",
      x1: "from",
      x2: "to",
      y1: () => 0,
      y2: "end",
      insetLeft: inset,
      insetRight: inset,
    }),
    put(ruleY, [0], "kd-zero-line", {}),
    put(ruleX, edges, "kd-ticks", { fy: () => "b", y1: () => LOW, y2: () => LOW - 4 * size.px }),
    ...["kd-torn-line", "kd-torn"].map((look) => put(line, torn, look, zigzag)),
    ...["kd-before-halo", "kd-before"].map((look) => put(ruleY, moved, look, was)),
  ];
}

// ---- lane heads -------------------------------------------------------------------------------------------------

/** What stands at the right of a side's name, and whether it is strong: in a narrow chart, in fewer words. */
function laneNote({ words }, found, { narrow }, i) {
  const said = { ...words.chart, ...(narrow && words.chart.narrow) };
  if (found.unwilling.includes(SIDES[i])) return [said.would_not_sign, true];
  const failing = found.failing[i];
  if (!failing.length && found.keeping[i] < -TOLERANCE) return [said.cheat_after, true];
  if (found.n === 1) return ["", false];
  if (!failing.length) {
    const k = found.lowest[i];
    return [fill(said.weakest, { k, gap: gapText(found.gaps[i][k - 1]) }), false];
  }
  if (failing.length === 1) return [fill(said.cheat_one, { k: failing[0] }), true];
  const unbroken = failing.at(-1) - failing[0] + 1 === failing.length;
  return [unbroken ? fill(said.cheat_range, { from: failing[0], to: failing.at(-1) }) : said.cheat_ends, true];
}

/** What stands after a side's name: its turn, or if both move at once what the zone above zero means. */
function aboveText({ words }, { led, leader }, side) {
  const { above, goes_first: first, answers } = words.chart;
  if (!led) return above;
  return leader === side ? first : answers;
}

/** The name of a side above its lane; `paint` writes what the state says of it. */
function laneHead(context, side, i) {
  const above = el("span", { class: "kd-above" });
  const note = el("span", { class: "kd-lane-note" });
  const said = el("span", { class: "kd-lane-guess", hidden: true }, context.shared?.asked.said ?? "");
  const name = el("b", {}, context.names[side]);
  const node = el("div", { class: `kd-lane kd-side-${side}` }, sideMark(side), name, said, above, note);
  const paint = ({ found, guesses = [] }, size) => {
    node.style.cssText = `top:${i * (size.lane + size.between)}px;left:${size.gutter - 2 * size.scale}px`;
    const [text, strong] = laneNote(context, found, size, i);
    write(note, text);
    said.hidden = !guesses.some(({ marks }) => marks?.includes(side));
    write(above, aboveText(context, found, side));
    note.classList.toggle("kd-strong", strong);
  };
  return { node, paint };
}

const isWeakest = (node) => node.classList.contains("kd-weakest");

// ---- the chart --------------------------------------------------------------------------------------------------

/**
 * Put the chart into `root`.
 * @param {HTMLElement} root  an empty element with role="img"
 * @param {{words: import("../types.d.ts").Words, names: import("../types.d.ts").Words}} context
 */
export function gapChart(root, context) {
  const id = newId();
  const heads = SIDES.map((side, i) => laneHead(context, side, i));
  const under = el("div", { class: "kd-plot" });
  const place = el("div", { class: "kd-plot", style: `--kd-hatch-a:url(#${id}-a);--kd-hatch-b:url(#${id}-b)` });
  root.append(under, place, ...heads.map(({ node }) => node));
  const arrange = () => {
    const size = geometry(root);
    under.replaceChildren(draw(ground(context, size), [], size.frame));
    return size;
  };
  return chart(root, arrange, (view, size) => {
    const { found } = view;
    const bars = barsOf(found, size);
    const words = [
      ...zoneWords(context, found, size),
      ...sliceWords(context, found, size),
      ...bars.filter((bar) => numbered(found, size, bar)).map((bar) => barNumber(context, found, size, bar)),
    ];
    const hatches = SIDES.map((side) => hatch(`${id}-${side}`, `var(--kd-${side})`, 8, 3, "var(--kd-bg)"));
    const drawing = draw([...marksOf(view, size, bars), say(words, { fy: "side" })], hatches, size.frame);
    place.replaceChildren(drawing);
    heads.forEach((head) => head.paint(view, size));
    const numbers = [...drawing.querySelectorAll(".kd-num")];
    keepInside(numbers, size.gutter, size.width);
    keepApart([...numbers.filter(isWeakest), ...numbers.filter((node) => !isWeakest(node))]);
    layPlates(drawing.querySelectorAll(".kd-plate"));
  });
}
