// The safety-gap chart: one lane per side, one bar per slice, axes that never move. The bars are drawn by hand, in SVG:
// plotly redraws them one frame later and missed the wanted share of a FigureWidget's time (`make bench`). The other
// charts of the module are plotly's. Words stand above the drawing as page text, so that a changed label costs no redraw.

import { gapText } from "../model.js";
import { el, shape, sideMark, write } from "../page/dom.js";
import { fill } from "../page/words.js";

const SIDES = ["a", "b"];
const LOW = -0.5;
const HIGH = 1.1; // a leader's gap at one slice is +1.00
const SLOTS = 24;
const HEAD = 24;
const BETWEEN = 11;
const FOOT = 46;
const GUTTER = 40;
const LEAST = 2.5;
const NUMBER = 17; // what a number above a bar needs below the side's name

/** Sizes in pixels, from the space and the lane height that the style sheet gives. */
function geometry(root) {
  const lane = Number.parseFloat(getComputedStyle(root).getPropertyValue("--kd-lane"));
  const scale = Number.parseFloat(getComputedStyle(root).getPropertyValue("--kd-scale")) || 1;
  const [head, between, foot, gutter] = [HEAD, BETWEEN, FOOT, GUTTER].map((size) => size * scale);
  const top = [head, head + lane + between + head];
  const height = top[1] + lane + foot;
  const width = root.clientWidth;
  return { lane, head, foot, gutter, top, height, width, plot: width - gutter, scale };
}

const yOf = (size, i, value) => size.top[i] + ((HIGH - value) / (HIGH - LOW)) * size.lane;

/** A bar's height as drawn: inside the axis, and never too thin to see. */
function drawn(gap, lane) {
  const least = (LEAST / lane) * (HIGH - LOW);
  const inside = Math.min(HIGH, Math.max(LOW, gap));
  return Math.abs(inside) < least ? Math.sign(gap || 1) * least : inside;
}

const path = (className, d) => shape("path", { class: className, d });

/** The hatching of bars below zero, one per side; its id must be this chart's own. */
function hatch(id, side) {
  const pattern = shape("pattern", {
    id,
    width: 8,
    height: 8,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  });
  pattern.append(
    shape("rect", { width: 8, height: 8, class: "kd-hatch-ground" }),
    shape("rect", { width: 3, height: 8, class: `kd-hatch-${side}` }),
  );
  return pattern;
}

/** The zone below zero and the lines above it behind the bars; the zero line stands in front of them. */
function ground(size) {
  const [x0, x1] = [size.gutter, size.width];
  const line = (className, i, value) => path(className, `M${x0},${yOf(size, i, value)}H${x1}`);
  return SIDES.map((_, i) => {
    const zone = shape("rect", {
      class: "kd-zone",
      x: x0,
      y: yOf(size, i, 0),
      width: size.plot,
      height: yOf(size, i, LOW) - yOf(size, i, 0),
    });
    return { behind: [zone, line("kd-grid", i, 0.5), line("kd-grid", i, 1)], before: line("kd-zero-line", i, 0) };
  });
}

/** Move one bar to its slice; bars beyond the last slice are not shown. */
function placeBar(bar, size, found, i, k, inset) {
  const used = k < found.n;
  bar.style.display = used ? "" : "none";
  if (!used) return;
  const gap = found.gaps[i][k];
  const [zero, end] = [yOf(size, i, 0), yOf(size, i, drawn(gap, size.lane))];
  const place = {
    x: size.gutter + (k / found.n) * size.plot + inset,
    width: size.plot / found.n - 2 * inset,
    y: Math.min(zero, end),
    height: Math.abs(end - zero),
  };
  for (const [name, value] of Object.entries(place)) bar.setAttribute(name, value.toFixed(2));
  bar.classList.toggle("kd-broken", gap < -1e-12);
}

// ---- words above the bars -------------------------------------------------------------------------------------

const place = (style) =>
  Object.entries(style)
    .map(([name, value]) => `${name}:${value}px`)
    .join(";");
const words = (className, text, style) => el("span", { class: className, style: place(style) }, text);

function axisTexts(size) {
  const ticks = [
    [1, "+1"],
    [0.5, "+0.5"],
    [0, "0"],
    [LOW, "−0.5"],
  ];
  return SIDES.flatMap((_, i) =>
    ticks.map(([value, text]) =>
      words(`kd-tick${value === 0 ? " kd-zero" : ""}`, text, {
        right: size.width - size.gutter + 6 * size.scale,
        top: yOf(size, i, value),
      }),
    ),
  );
}

/** Which slices carry a number: all of few, else the first, the last and the weakest. */
function numbered(found, i, narrow) {
  const { n } = found;
  if (n <= (narrow ? 5 : 8)) return found.gaps[i].map((_, k) => k + 1);
  const weakest = found.lowest[i];
  const near = n / 6;
  return [1, weakest, n].filter(
    (k, at, all) => all.indexOf(k) === at && (k === weakest || Math.abs(k - weakest) > near),
  );
}

function barText(context, found, i, k) {
  const gap = found.gaps[i][k - 1];
  const text = gapText(gap);
  const broken = gap < -1e-12 && !found.unwilling.length;
  return found.n === 1 && broken ? fill(context.words.chart.cheat_here, { gap: text }) : text;
}

/**
 * The number of one bar: above it, or below when it hangs under zero. Where the bar leaves the chart, or leaves no
 * room below the side's name, it stands inside the bar on a plate.
 */
function barNumber(context, size, found, i, k) {
  const gap = found.gaps[i][k - 1];
  const edge = yOf(size, i, drawn(gap, size.lane));
  const inside = gap > HIGH || gap < LOW || edge - size.top[i] < NUMBER * size.scale;
  const className = `kd-num${k === found.lowest[i] || found.n === 1 ? " kd-weakest" : ""}${inside ? " kd-plate" : ""}`;
  const node = words(className, barText(context, found, i, k), {});
  const middle = size.gutter + ((k - 0.5) / found.n) * size.plot;
  const below = gap < 0;
  const lift = inside ? -24 : 3;
  node.style.cssText = `${place({ left: middle, top: edge + (below ? lift : -lift) * size.scale })};--kd-lift:${below ? "0" : "-100%"}`;
  return node;
}

/** Move a number inwards when it would hang over the chart's edge. */
function keepInside(node, size) {
  const half = node.offsetWidth / 2;
  const left = Number.parseFloat(node.style.left);
  const inside = Math.min(size.width - half, Math.max(size.gutter + half, left));
  if (inside !== left) node.style.left = `${inside}px`;
}

/** What stands at the right of a side's name: in a narrow chart, in fewer words. */
function laneNote(context, found, i) {
  const chart = { ...context.words.chart, ...(context.narrow && context.words.chart.narrow) };
  if (found.unwilling.includes(SIDES[i])) return [chart.would_not_sign, true];
  const failing = found.failing[i];
  if (!failing.length && found.keeping[i] < -1e-12) return [chart.cheat_after, true];
  if (found.n === 1) return ["", false];
  if (!failing.length) {
    const k = found.lowest[i];
    return [fill(chart.weakest, { k, gap: gapText(found.gaps[i][k - 1]) }), false];
  }
  if (failing.length === 1) return [fill(chart.cheat_one, { k: failing[0] }), true];
  const unbroken = failing.at(-1) - failing[0] + 1 === failing.length;
  return [unbroken ? fill(chart.cheat_range, { from: failing[0], to: failing.at(-1) }) : chart.cheat_ends, true];
}

/** What stands after a side's name: its turn, or if both move at once what the zone above zero means. */
function aboveText({ words }, { leader }, side) {
  const { above, goes_first: first, answers } = words.chart;
  if (!leader) return above;
  return leader === side ? first : answers;
}

/** "below 0: would rather cheat", unless a bar hangs where the words would stand. */
function zoneText(context, size, found, i) {
  const hanging = found.gaps[i].some((gap, k) => gap < 0 && k / found.n < 0.45);
  return hanging
    ? null
    : words("kd-below", context.words.chart.below, { left: size.gutter + 6 * size.scale, top: yOf(size, i, LOW) });
}

function sliceLabels(context, size, found) {
  const { chart } = context.words;
  const { n } = found;
  const top = yOf(size, 1, LOW) + 6 * size.scale;
  const at = (k) => size.gutter + ((k - 0.5) / n) * size.plot;
  if (n === 1) return [words("kd-slice", chart.whole, { left: at(1), top })];
  const step = n <= 12 ? (context.narrow && n > 8 ? 2 : 1) : context.narrow ? 6 : 4;
  const shown = Array.from({ length: n }, (_, k) => k + 1).filter(
    (k) => step === 1 || k === 1 || (k % step === 0 && (n - k >= step / 2 || k === n)) || k === n,
  );
  return shown.map((k) => words("kd-slice", n <= 4 ? fill(chart.slice, { k }) : String(k), { left: at(k), top }));
}

function endTexts(context, size) {
  const top = size.height - 18 * size.scale;
  return [
    words("kd-end", context.words.chart.start, { left: size.gutter, top }),
    words("kd-end", context.words.chart.end, { right: 0, top }),
  ];
}

// ---- marks ----------------------------------------------------------------------------------------------------

/** A zigzag where a bar leaves the chart. */
function tornEdge(size, i, k, n, gap) {
  const [x0, x1] = [size.gutter + (k / n) * size.plot, size.gutter + ((k + 1) / n) * size.plot];
  const y = yOf(size, i, gap > 0 ? HIGH : LOW) + (gap > 0 ? 5 : -5) * size.scale;
  const teeth = Math.max(2, 2 * Math.round((x1 - x0) / (28 * size.scale)));
  const points = Array.from(
    { length: teeth + 1 },
    (_, t) => `${x0 + ((x1 - x0) * t) / teeth},${y + (t % 2 ? -4 : 4) * size.scale}`,
  );
  return [path("kd-torn-line", `M${points.join("L")}`), path("kd-torn", `M${points.join("L")}`)];
}

function beforeMark(size, i, k, n, gap) {
  const y = yOf(size, i, Math.min(HIGH, Math.max(LOW, gap)));
  const d = `M${size.gutter + (k / n) * size.plot + 2},${y}H${size.gutter + ((k + 1) / n) * size.plot - 2}`;
  return [path("kd-before-halo", d), path("kd-before", d)];
}

function marks(size, view) {
  const { gaps, n } = view.found;
  const boundaries = Array.from(
    { length: n + 1 },
    (_, k) => size.gutter + Math.min(size.plot - 0.5, Math.max(0.5, (k / n) * size.plot)),
  );
  const foot = yOf(size, 1, LOW);
  const ticks = path("kd-ticks", boundaries.map((x) => `M${x},${foot}v${4 * size.scale}`).join(""));
  const torn = gaps.flatMap((row, i) =>
    row.flatMap((gap, k) => (gap > HIGH || gap < LOW ? tornEdge(size, i, k, n, gap) : [])),
  );
  const before = (view.marks ?? []).flatMap((row, i) =>
    row.flatMap((gap, k) => (Math.abs(gap - gaps[i][k]) > 0.004 ? beforeMark(size, i, k, n, gap) : [])),
  );
  return [ticks, ...torn, ...before];
}

// ---- the chart --------------------------------------------------------------------------------------------------

function laneHeads(context) {
  return SIDES.map((side) => {
    const note = el("span", { class: "kd-lane-note" });
    const above = el("span", { class: "kd-above" });
    const head = el(
      "div",
      { class: `kd-lane kd-side-${side}` },
      sideMark(side),
      el("b", {}, context.names[side]),
      above,
      note,
    );
    return { head, note, above };
  });
}

let count = 0; // ids of hatchings must differ between charts of one page

/**
 * Put the chart into `root`.
 * @param {HTMLElement} root  an empty element with role="img"
 * @param {{words: import("../types.d.ts").Words, names: import("../types.d.ts").Words, narrow?: boolean}} context
 */
export function gapChart(root, context) {
  const id = `kd-hatch-${++count}`;
  const svg = shape("svg", { class: "kd-marks" });
  const layers = { behind: shape("g"), bars: shape("g"), before: shape("g"), marks: shape("g") };
  const bars = SIDES.map((side) =>
    Array.from({ length: SLOTS }, () =>
      shape("rect", { class: `kd-bar kd-bar-${side}`, style: `--kd-hatch:url(#${id}-${side})` }),
    ),
  );
  const text = el("div", { class: "kd-words" });
  const lanes = laneHeads(context);
  const defs = shape("defs");
  defs.append(...SIDES.map((side) => hatch(`${id}-${side}`, side)));
  layers.bars.append(...bars.flat());
  svg.append(defs, ...Object.values(layers));
  root.append(svg, text, ...lanes.map(({ head }) => head));
  let size = null;

  /** Everything that a state needs, made before any of it is shown: a fault leaves the last chart whole. */
  function compose(view) {
    const { found } = view;
    context.narrow = size.plot < 420 * size.scale;
    const numbers = SIDES.flatMap((_, i) =>
      numbered(found, i, context.narrow).map((k) => barNumber(context, size, found, i, k)),
    );
    const zones = SIDES.map((_, i) => zoneText(context, size, found, i)).filter(Boolean);
    const texts = [
      ...axisTexts(size),
      ...zones,
      ...sliceLabels(context, size, found),
      ...endTexts(context, size),
      ...numbers,
    ];
    const heads = SIDES.map((side, i) => ({
      note: laneNote(context, found, i),
      above: aboveText(context, found, side),
    }));
    return { numbers, texts, marks: marks(size, view), heads };
  }

  function present({ found }, { numbers, texts, marks: drawn, heads }) {
    const inset = Math.min(3 * size.scale, (0.12 * size.plot) / found.n);
    SIDES.forEach((_, i) => bars[i].forEach((bar, k) => placeBar(bar, size, found, i, k, inset)));
    text.replaceChildren(...texts);
    if (found.n > 5) numbers.forEach((node) => keepInside(node, size));
    layers.marks.replaceChildren(...drawn);
    lanes.forEach(({ note, above }, i) => {
      const [said, strong] = heads[i].note;
      write(note, said);
      write(above, heads[i].above);
      note.classList.toggle("kd-strong", strong);
    });
  }

  function arrange() {
    size = geometry(root);
    root.style.height = `${size.height}px`;
    svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    const parts = ground(size);
    layers.behind.replaceChildren(...parts.flatMap(({ behind }) => behind));
    layers.before.replaceChildren(...parts.map(({ before }) => before));
    lanes.forEach(
      ({ head }, i) => (head.style.cssText = `top:${size.top[i] - size.head}px;left:${size.gutter - 2 * size.scale}px`),
    );
  }

  return {
    /** Nothing to wait for: this chart needs no library. */
    load: async () => {},
    loaded: true,
    draw(view) {
      if (root.clientWidth === 0) return;
      if (!size || size.width !== root.clientWidth) arrange();
      present(view, compose(view));
    },
    /** The page changed its width or type size: measure again at the next draw. Colours follow the style sheet. */
    rearrange() {
      size = null;
    },
    destroy() {},
  };
}
