// The calendar of exercises and launches: one row per year, axes that never move. plotly draws bars and dots; every word is page text.

import { el } from "./dom.js";
import { plotly } from "./plotly.js";
import { calendarOf } from "./waves_view.js";

const HEAD = 20;
const GUTTER = 40;
const ROW = 15;
const NARROW_ROW = 11;
const LEGEND = 24;
const HALF = 0.36; // of a row's height, above and below its middle
const LEAP = 366;

const colour = (root, name) => getComputedStyle(root).getPropertyValue(`--kd-${name}`).trim();
const place = (style) => Object.entries(style).map(([name, value]) => `${name}:${value}px`).join(";");

/** Sizes in pixels, from the space that the page gives. */
function geometry(root, rows) {
  const scale = Number.parseFloat(getComputedStyle(root).getPropertyValue("--kd-scale")) || 1;
  const width = root.clientWidth;
  const narrow = width < 420 * scale;
  const row = (narrow ? NARROW_ROW : ROW) * scale;
  const [head, gutter] = [HEAD * scale, GUTTER * scale];
  const legend = LEGEND * scale * (narrow ? 3 : width < 700 * scale ? 2 : 1);
  return { scale, width, narrow, row, head, gutter, legend, rows, plot: width - gutter, height: head + rows * row + 6 * scale + legend };
}

/** A run of days as boxes, one per year that it touches: corners of a closed path, a gap after each. */
function boxes(at, spans) {
  const [x, y] = [[], []];
  for (const [start, end] of spans) {
    for (let year = at.firstYear; year <= at.lastYear; year++) {
      const first = Math.max(start, at.dayOf(year));
      const last = Math.min(end, at.dayOf(year + 1) - 1);
      if (first > last) continue;
      const [left, right] = [first - at.dayOf(year), last - at.dayOf(year) + 1];
      x.push(left, right, right, left, left, null);
      y.push(year - HALF, year - HALF, year + HALF, year + HALF, year - HALF, null);
    }
  }
  return { x, y };
}

/** The five layers: days added, exercises with checked and with unchecked dates, launches outside and inside. */
function traces(root, at, view, size) {
  const { windows, before, after, points } = view.found.marks;
  const [ink, ink2, line, edge, bg, zone] = ["ink", "ink2", "line", "edge", "bg", "zone"].map((name) => colour(root, name));
  const area = (spans, fill, border, dash) => ({
    type: "scatter", mode: "lines", fill: "toself", hoverinfo: "skip", ...boxes(at, spans), ...fill,
    line: { color: border, width: size.scale, dash },
  });
  const added = windows.flatMap(([start, end]) => [
    ...(before ? [[start - before, start - 1]] : []),
    ...(after ? [[end + 1, end + after]] : []),
  ]);
  const of = (unchecked) => windows.filter((window) => window[3] === unchecked);
  const dots = (within, marker) => {
    const shown = view.locked ? [] : points.filter((point) => Boolean(point[2]) === within);
    const year = ([day]) => at.year[day];
    return {
      type: "scatter", mode: "markers", hoverinfo: "skip", cliponaxis: false,
      x: shown.map((point) => point[0] - at.dayOf(year(point)) + 0.5), y: shown.map(year),
      marker: { ...marker, size: shown.map(([, amount]) => (size.narrow ? 4 : 5 + Math.sqrt(amount)) * size.scale + (size.narrow ? Math.sqrt(amount) : 0)) },
    };
  };
  return [
    area(added, { fillcolor: zone }, line, "dot"),
    area(of(false), { fillcolor: line }, edge, "solid"),
    area(of(true), { fillpattern: { shape: "/", fgcolor: edge, bgcolor: bg, size: 5 * size.scale, solidity: 0.25, fillmode: "replace" } }, edge, "solid"),
    dots(false, { symbol: "circle", color: bg, opacity: 1, line: { color: ink2, width: 1.5 * size.scale } }),
    dots(true, { symbol: "circle", color: ink, opacity: 1, line: { color: bg, width: size.scale } }),
  ];
}

function layout(root, at, view, size) {
  const { firstYear, lastYear } = view.found.marks;
  const years = Array.from({ length: size.rows }, (_, k) => at.firstYear + k);
  const rule = (y) => ({ type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, layer: "below", line: { color: colour(root, "line"), width: 1 } });
  const bounds = [firstYear, lastYear + 1].map((year) => ({ ...rule(year - 0.5), layer: "above", line: { color: colour(root, "ink"), width: 2 * size.scale } }));
  const axis = { fixedrange: true, showgrid: false, zeroline: false, showticklabels: false, ticks: "" };
  return {
    width: size.width,
    height: size.height - size.legend,
    margin: { l: size.gutter, r: 0, t: size.head, b: 6 * size.scale, pad: 0 },
    xaxis: { ...axis, range: [0, LEAP] },
    yaxis: { ...axis, range: [at.lastYear + 0.5, at.firstYear - 0.5] },
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    shapes: [...years.map((year) => rule(year + 0.5)), ...bounds],
  };
}

/** Names of months above, years at the left; the chosen leader's years in bold. */
function axisTexts(words, at, view, size) {
  const text = (className, said, style) => el("span", { class: className, style: place(style) }, said);
  const months = words.chart.months.map((name, month) => {
    const day = at.slot.findIndex((slot, d) => slot === 31 * month && at.year[d] === 2004) - at.dayOf(2004);
    return text("kd-end", size.narrow ? name.charAt(0) : name, { left: size.gutter + (day / LEAP) * size.plot + 2, top: 0 });
  });
  const { firstYear, lastYear } = view.found.marks;
  const years = Array.from({ length: size.rows }, (_, k) => {
    const year = at.firstYear + k;
    const bold = year >= firstYear && year <= lastYear ? " kd-zero" : "";
    return text(`kd-tick${bold}`, String(year), { right: size.width - size.gutter + 6 * size.scale, top: size.head + (k + 0.5) * size.row });
  });
  return [...months, ...years];
}

/** What each mark means, in a row below the chart. */
function legend(words) {
  const keys = ["exercise", "recalled", "added", "inside", "outside"];
  return el("div", { class: "kd-key" }, ...keys.map((key) => el("span", { class: "kd-key-item" }, el("i", { class: `kd-key-${key}` }), words.chart[key])));
}

/**
 * Put the calendar into `root`: words at once, bars and dots when plotly has come.
 * @param {HTMLElement} root  an empty element with role="img"
 * @param {{words: object, shared: object}} context
 */
export function wavesChart(root, context) {
  const at = calendarOf(context.words.record);
  const rows = at.lastYear - at.firstYear + 1;
  const plot = el("div", { class: "kd-plot" });
  const text = el("div", { class: "kd-words" });
  const key = legend(context.words);
  root.append(plot, text, key);
  root.classList.add("kd-calendar");
  let Plotly = null;
  return {
    async load() {
      Plotly = await plotly();
    },
    get loaded() {
      return Plotly !== null;
    },
    draw(view) {
      if (root.clientWidth === 0) return;
      const size = geometry(root, rows);
      root.style.height = `${size.height}px`;
      key.style.cssText = `top:${size.height - size.legend}px;left:${size.narrow ? 0 : size.gutter}px`;
      if (Plotly) Plotly.react(plot, traces(root, at, view, size), layout(root, at, view, size), { staticPlot: true, displayModeBar: false, responsive: false });
      const loading = Plotly ? [] : [el("span", { class: "kd-end", style: place({ left: size.gutter + 8, top: size.head + 8 }) }, context.shared.status.loading)];
      text.replaceChildren(...axisTexts(context.words, at, view, size), ...loading);
    },
    rearrange() {},
    destroy() {
      if (Plotly) Plotly.purge(plot);
    },
  };
}
