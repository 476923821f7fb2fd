// The calendar of exercises and launches: one row per year, axes that never move. Boxes and dots are drawn as plain SVG:
// with plotly, some 200 marks took longer to repaint than the budget of a moving lever allows. Every word is page text.

import { calendarOf } from "../explorers/waves_view.js";
import { el, shape } from "../page/dom.js";

const HEAD = 20;
const GUTTER = 40;
const ROW = 15;
const NARROW_ROW = 11;
const LEGEND = 24;
const HALF = 0.36; // of a row's height, above and below its middle
const LEAP = 366;

const place = (style) =>
  Object.entries(style)
    .map(([name, value]) => `${name}:${value}px`)
    .join(";");

/** Sizes in pixels, from the space that the page gives. */
function geometry(root, rows) {
  const scale = Number.parseFloat(getComputedStyle(root).getPropertyValue("--kd-scale")) || 1;
  const width = root.clientWidth;
  const narrow = width < 420 * scale;
  const row = (narrow ? NARROW_ROW : ROW) * scale;
  const [head, gutter] = [HEAD * scale, GUTTER * scale];
  const legend = LEGEND * scale * (narrow ? 3 : width < 700 * scale ? 2 : 1);
  return {
    scale,
    width,
    narrow,
    row,
    head,
    gutter,
    legend,
    rows,
    plot: width - gutter,
    height: head + rows * row + 6 * scale + legend,
  };
}

/** Hatching for exercises whose dates nobody has checked; its id must differ between charts of one page. */
function hatch(id, scale) {
  const size = 4 * scale;
  const line = shape("path", { d: `M0,${size}L${size},0`, class: "kd-hatch" });
  return shape("defs", {}, shape("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, line));
}

/** Runs of days as one path of boxes, one box per year that a run touches. */
function boxes(at, size, spans) {
  const x = (days) => (size.gutter + (days / LEAP) * size.plot).toFixed(1);
  const parts = [];
  for (const [start, end] of spans) {
    for (let year = at.firstYear; year <= at.lastYear; year++) {
      const first = Math.max(start, at.dayOf(year));
      const last = Math.min(end, at.dayOf(year + 1) - 1);
      if (first > last) continue;
      const top = size.head + (year - at.firstYear + 0.5 - HALF) * size.row;
      parts.push(
        `M${x(first - at.dayOf(year))},${top.toFixed(1)}H${x(last - at.dayOf(year) + 1)}v${(2 * HALF * size.row).toFixed(1)}H${x(first - at.dayOf(year))}z`,
      );
    }
  }
  return parts.join("");
}

/** Lines between the years, and bold ones around the chosen leader's. */
function rules(at, size, { firstYear, lastYear }) {
  const y = (year) => size.head + (year - at.firstYear) * size.row;
  const line = (year) => `M${size.gutter},${y(year)}h${size.plot}`;
  const years = Array.from({ length: size.rows + 1 }, (_, k) => line(at.firstYear + k));
  return [
    shape("path", { class: "kd-year-line", d: years.join("") }),
    shape("path", { class: "kd-leader-line", d: line(firstYear) + line(lastYear + 1), "stroke-width": 2 * size.scale }),
  ];
}

/** Days added, exercises with checked and with unchecked dates, launches outside and inside. */
function marks(at, view, size, pattern) {
  const { windows, before, after, points } = view.found.marks;
  const added = windows.flatMap(([start, end]) => [
    ...(before ? [[start - before, start - 1]] : []),
    ...(after ? [[end + 1, end + after]] : []),
  ]);
  const of = (unchecked) =>
    boxes(
      at,
      size,
      windows.filter((window) => window[3] === unchecked),
    );
  const dot = ([day, amount, inside]) => {
    const year = at.year[day];
    return shape("circle", {
      class: inside ? "kd-inside" : "kd-outside",
      cx: (size.gutter + ((day - at.dayOf(year) + 0.5) / LEAP) * size.plot).toFixed(1),
      cy: (size.head + (year - at.firstYear + 0.5) * size.row).toFixed(1),
      r: (((size.narrow ? 4 : 5) + Math.sqrt(amount)) * size.scale) / 2,
    });
  };
  const dots = view.locked
    ? []
    : [...points.filter((point) => !point[2]), ...points.filter((point) => point[2])].map(dot);
  return [
    hatch(pattern, size.scale),
    ...rules(at, size, view.found.marks),
    shape("path", { class: "kd-added", d: boxes(at, size, added) }),
    shape("path", { class: "kd-exercise", d: of(false) }),
    shape("path", { class: "kd-recalled", d: of(true), style: `fill:url(#${pattern})` }),
    ...dots,
  ];
}

/** Names of months above, years at the left; the chosen leader's years in bold. */
function axisTexts(words, at, view, size) {
  const text = (className, said, style) => el("span", { class: className, style: place(style) }, said);
  const months = words.chart.months.map((name, month) => {
    const day = at.slot.findIndex((slot, d) => slot === 31 * month && at.year[d] === 2004) - at.dayOf(2004);
    return text("kd-end", size.narrow ? name.charAt(0) : name, {
      left: size.gutter + (day / LEAP) * size.plot + 2,
      top: 0,
    });
  });
  const { firstYear, lastYear } = view.found.marks;
  const years = Array.from({ length: size.rows }, (_, k) => {
    const year = at.firstYear + k;
    const bold = year >= firstYear && year <= lastYear ? " kd-zero" : "";
    return text(`kd-tick${bold}`, String(year), {
      right: size.width - size.gutter + 6 * size.scale,
      top: size.head + (k + 0.5) * size.row,
    });
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

let count = 0; // ids must differ between charts of one page

/**
 * Put the calendar into `root`.
 * @param {HTMLElement} root  an empty element with role="img"
 * @param {{words: import("../types.d.ts").Words, shared: import("../types.d.ts").Words}} context
 */
export function wavesChart(root, context) {
  const at = calendarOf(context.words.record);
  const rows = at.lastYear - at.firstYear + 1;
  const pattern = `kd-hatch-${++count}`;
  const plot = shape("svg", { class: "kd-marks kd-calendar-marks", "aria-hidden": "true" });
  const text = el("div", { class: "kd-words" });
  const key = legend(context.words);
  root.append(plot, text, key);
  root.classList.add("kd-calendar");
  let drawn = ""; // the size and years that the words were written for
  return {
    async load() {},
    loaded: true,
    draw(view) {
      if (root.clientWidth === 0) return;
      const size = geometry(root, rows);
      const words = JSON.stringify([size, view.found.marks.firstYear, view.found.marks.lastYear]);
      if (words !== drawn) {
        root.style.height = `${size.height}px`;
        plot.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
        key.style.cssText = `top:${size.height - size.legend}px;left:${size.narrow ? 0 : size.gutter}px`;
        text.replaceChildren(...axisTexts(context.words, at, view, size));
        drawn = words;
      }
      plot.replaceChildren(...marks(at, view, size, pattern));
    },
    rearrange() {
      drawn = "";
    },
    destroy() {},
  };
}
