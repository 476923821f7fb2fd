// The calendar of exercises and launches: one row per year, axes that never move. Drawn anew at every input.

import { calendarOf } from "../explorers/waves_view.js";
import { el } from "../page/dom.js";
import { chart, draw, frame, hatch, measure, newId, put, say } from "./kit.js";
import { dot, line, ruleY } from "./plot.min.js";

const HEAD = 20;
const GUTTER = 40;
const ROW = 15;
const NARROW_ROW = 11;
const LEGEND = 24;
const HALF = 0.36; // of a row's height, above and below its middle
const LEAP = 366;

/** Sizes in pixels, from the space that the page gives; `wide` is one pixel on the axis of days. */
function geometry(root, { firstYear, lastYear }) {
  const { width, scale, narrow } = measure(root);
  const row = (narrow ? NARROW_ROW : ROW) * scale;
  const [head, gutter] = [HEAD * scale, GUTTER * scale];
  const legend = LEGEND * scale * (narrow ? 3 : width < 700 * scale ? 2 : 1);
  const foot = 6 * scale + legend;
  const height = head + (lastYear - firstYear + 1) * row + foot;
  const axes = { x: { domain: [0, LEAP] }, y: { domain: [lastYear + 1, firstYear] }, r: { type: "identity" } };
  const own = frame(width, height, [head, 0, foot, gutter], axes);
  return { frame: own, scale, width, height, narrow, row, gutter, legend, wide: (LEAP / (width - gutter)) * scale };
}

/** Runs of days as one outline: a box per year that a run touches. */
function outline(at, spans) {
  return spans.flatMap(([start, end]) => {
    const [first, last] = [at.year[Math.max(0, start)], at.year[end] ?? at.lastYear];
    return Array.from({ length: last - first + 1 }, (_, k) => {
      const [from, to] = [at.dayOf(first + k), at.dayOf(first + k + 1)];
      const [x1, x2] = [Math.max(start, from) - from, Math.min(end + 1, to) - from];
      const [y1, y2] = [first + k + 0.5 - HALF, first + k + 0.5 + HALF];
      return [[x1, y1], [x2, y1], [x2, y2], [x1, y2], []]; // nothing: the next box begins
    }).flat();
  });
}

const days = (at, spans, look) =>
  put(line, outline(at, spans), look, { x: ([x]) => x, y: ([, y]) => y, curve: "linear-closed", strokeWidth: 1 });

/** Launches, those inside an exercise's days above the others. */
function launches(at, points, { narrow, scale }) {
  const ordered = points.toSorted((one, other) => one[2] - other[2]);
  return put(dot, ordered, ([, , inside]) => (inside ? "kd-inside" : "kd-outside"), {
    x: ([day]) => day - at.dayOf(at.year[day]) + 0.5,
    y: ([day]) => at.year[day] + 0.5,
    r: ([, amount]) => (((narrow ? 4 : 5) + Math.sqrt(amount)) * scale) / 2,
    sort: null,
  });
}

/** Days added, exercises with checked and with unchecked dates, launches. */
function marksOf(at, { found, locked }, size) {
  const { windows, before, after, points } = found.marks;
  const added = windows.flatMap(([start, end]) => [
    ...(before ? [[start - before, start - 1]] : []),
    ...(after ? [[end + 1, end + after]] : []),
  ]);
  const checked = (wanted) => windows.filter(([, , , unchecked]) => !unchecked === wanted);
  return [
    days(at, added, "kd-added"),
    days(at, checked(true), "kd-exercise"),
    days(at, checked(false), "kd-recalled"),
    ...(locked ? [] : [launches(at, points, size)]),
  ];
}

/** What no lever but the leader's moves: lines between the years, bold ones around the chosen leader's, and words. */
function ground(words, at, marks, size) {
  const years = Array.from({ length: at.lastYear - at.firstYear + 2 }, (_, k) => at.firstYear + k);
  return [
    put(ruleY, years, "kd-year-line", {}),
    put(ruleY, [marks.firstYear, marks.lastYear + 1], "kd-leader-line", {}),
    say(axisWords(words, at, marks, size)),
  ];
}

/** Names of months above, years at the left; the chosen leader's years in bold. */
function axisWords(words, at, { firstYear, lastYear }, { narrow, row, scale, wide }) {
  const months = words.chart.months.map((name, month) => {
    const day = at.slot.findIndex((slot, d) => slot === 31 * month && at.year[d] === 2004) - at.dayOf(2004);
    const [x, y] = [day + 2 * wide, at.firstYear - (13 * scale) / row];
    return { look: "kd-end kd-at-start", said: narrow ? name.charAt(0) : name, x, y };
  });
  const years = Array.from({ length: at.lastYear - at.firstYear + 1 }, (_, k) => {
    const year = at.firstYear + k;
    const bold = year >= firstYear && year <= lastYear ? " kd-zero" : "";
    return { look: `kd-tick${bold}`, said: String(year), x: -6 * wide, y: year + 0.5 };
  });
  return [...months, ...years];
}

/** What each mark means, in a row below the chart. */
function legend(words) {
  const keys = ["exercise", "recalled", "added", "inside", "outside"];
  return el(
    "div",
    { class: "kd-key" },
    ...keys.map((key) => el("span", { class: "kd-key-item" }, el("i", { class: `kd-key-${key}` }), words.chart[key])),
  );
}

/**
 * Put the calendar into `root`.
 * @param {HTMLElement} root  an empty element with role="img"
 * @param {{words: import("../types.d.ts").Words, shared: import("../types.d.ts").Words}} context
 */
export function wavesChart(root, { words }) {
  const at = calendarOf(words.record);
  const id = newId();
  const under = el("div", { class: "kd-plot" });
  const place = el("div", { class: "kd-plot", style: `--kd-hatch:url(#${id})` });
  const key = legend(words);
  root.append(under, place, key);
  root.classList.add("kd-calendar");
  const arrange = () => geometry(root, at);
  return chart(root, arrange, (view, size) => {
    const { marks } = view.found;
    const drawing = draw(
      marksOf(at, view, size),
      [hatch(id, "var(--kd-edge)", 3 * size.scale, size.scale)],
      size.frame,
    );
    if (size.leader !== marks.firstYear) under.replaceChildren(draw(ground(words, at, marks, size), [], size.frame));
    size.leader = marks.firstYear;
    place.replaceChildren(drawing);
    key.style.cssText = `top:${size.height - size.legend}px;left:${size.narrow ? 0 : size.gutter}px`;
  });
}
