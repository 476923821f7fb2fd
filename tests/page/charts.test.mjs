// What the charts draw, as geometry: drawn by Plot in Node, for a few states each, compared with the model's numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { install, place } from "./small_dom.mjs";

install({ "--kd-lane": "160px", "--kd-scale": "1" });
const STATIC = "../../kdebate/widgets/static";
const { gapChart } = await import(`${STATIC}/charts/gap_chart.js`);
const { wavesChart } = await import(`${STATIC}/charts/waves_chart.js`);
const { pressureChart } = await import(`${STATIC}/charts/enforcement_chart.js`);
const { pressureBars } = await import(`${STATIC}/charts/pressure_chart.js`);
const { facts } = await import(`${STATIC}/facts.js`);
const { slicesByPressure } = await import(`${STATIC}/model.js`);
const waves = await import(`${STATIC}/explorers/waves_view.js`);

const PIXELS = 160 / 1.6; // of one point of gap
const number = (node, name) => Number(node.getAttribute(name));
const close = (one, other) => assert.ok(Math.abs(one - other) < 0.01, `${one} is not ${other}`);
const shift = (node) =>
  node
    .getAttribute("transform")
    .match(/-?[\d.]+/g)
    .map(Number);

// ---- gaps -------------------------------------------------------------------------------------------------------

const GAPS = {
  narrow: {},
  ...Object.fromEntries(["start", "end", "whole", "below", "above", "goes_first", "answers"].map((key) => [key, key])),
  ...{ would_not_sign: "no", cheat_after: "after", cheat_ends: "ends", weakest: "weakest {k} {gap}" },
  ...{ slice: "slice {k}", cheat_one: "at {k}", cheat_range: "{from} to {to}", cheat_here: "{gap} here" },
};

const SHARED = { asked: { said: "you said" } };

function gaps(levers, before = null, width = 560, guesses = []) {
  const root = place(width);
  const found = facts(levers);
  const marks = before && facts(before).gaps;
  gapChart(root, { words: { chart: GAPS }, shared: SHARED, names: { a: "Washington", b: "Pyongyang" } }).draw({
    found,
    marks,
    guesses,
  });
  return { root, found, all: (selector) => root.querySelectorAll(selector) };
}

for (const [name, levers] of Object.entries({
  once: { N: 1, pressure: 0.8 },
  few: { N: 4, pressure: 0.6 },
  many: { N: 24, pressure: 0.5 },
  led: { N: 3, pressure: 1, first: "a" },
  weak: { N: 2, pressure: 0.05, q_b: 0.05 },
}))
  test(`${name}: bars are as high as the gaps and as wide as a slice`, () => {
    const { found, all } = gaps(levers);
    const bars = all(".kd-bar");
    const wanted = found.gaps.flat();
    assert.equal(bars.length, wanted.length);
    bars.forEach((bar, i) => {
      close(number(bar, "height"), Math.max(2.5, Math.abs(Math.min(1.1, Math.max(-0.5, wanted[i]))) * PIXELS));
      const inset = Math.min(3, (0.12 * 520) / found.n);
      close(number(bar, "width"), 520 / found.n - 2 * inset);
      close(number(bar, "x"), 40 + ((i % found.n) * 520) / found.n + inset);
      assert.equal(bar.look.includes("kd-broken"), wanted[i] < -1e-12);
      // The lane begins at +1.10, 24 pixels from the top; the facet moves it down.
      close(number(bar, "y"), wanted[i] < 0 ? 24 + 1.1 * PIXELS : 24 + 1.1 * PIXELS - number(bar, "height"));
    });
    const beyond = wanted.filter((gap) => gap > 1.1 || gap < -0.5).length;
    assert.equal(all(".kd-torn").length, beyond);
    assert.ok(all(".kd-plate").length >= beyond, "a torn bar's number stands on a plate");
  });

test("the axes are the same in every state", () => {
  const ticks = (levers) =>
    gaps(levers)
      .all(".kd-tick")
      .map((node) => [node.textContent, ...shift(node)]);
  assert.deepEqual(ticks({ N: 1 }), ticks({ N: 24, pressure: 0.05 }));
  assert.deepEqual(
    ticks({ N: 1 })
      .slice(0, 4)
      .map(([said]) => said),
    ["+1", "+0.5", "0", "−0.5"],
  );
});

test("beside a side's name stands its turn, or if both move at once what the zone above zero means", () => {
  const heads = (levers) =>
    gaps(levers)
      .all(".kd-above")
      .map((node) => node.textContent);
  assert.deepEqual(heads({ N: 2 }), ["above", "above"]);
  assert.deepEqual(heads({ N: 2, first: "b" }), ["answers", "goes_first"]);
});

test("what a bar was before stands where it was", () => {
  const { found, all } = gaps({ N: 4, pressure: 0.62 }, { N: 4, pressure: 0.6 });
  const was = facts({ N: 4, pressure: 0.6 }).gaps.flat();
  const moved = was.filter((gap, i) => Math.abs(gap - found.gaps.flat()[i]) > 0.004);
  assert.ok(moved.length > 0);
  assert.deepEqual(
    all(".kd-before").map((mark) => number(mark, "y1").toFixed(2)),
    moved.map((gap) => (24 + (1.1 - gap) * PIXELS).toFixed(2)),
  );
});

test("few slices all carry a number, many the first, the last and the weakest; none hangs over the edge", () => {
  assert.equal(gaps({ N: 8 }).all(".kd-num").length, 16);
  assert.equal(gaps({ N: 8 }, null, 320).all(".kd-num").length, 2 * new Set([1, 8]).size);
  const { all } = gaps({ N: 24, pressure: 0.6 });
  for (const node of all(".kd-num")) {
    const middle = shift(node)[0] + number(node, "dx");
    assert.ok(middle - node.getComputedTextLength() / 2 >= 39.9 && middle + node.getComputedTextLength() / 2 <= 560.1);
  }
});

test("numbers that would cover each other are left out, the weakest of a side never", () => {
  const deal = { delta: 0.93, v_a: 1.1, v_b_full: 4.7, rho_a_legal: 0.8, rho_b: 0.45, q_b: 0.9, pressure: 0.51 };
  const { all } = gaps({ N: 8, ...deal });
  const words = all(".kd-num").map((node) => [node.parentNode, shift(node)[0], node.getComputedTextLength() / 2]);
  assert.ok(words.length < 16, "“just below 0” is wider than a slice");
  for (const [lane, x, half] of words)
    for (const [other, x2, half2] of words)
      assert.ok(lane !== other || x === x2 || Math.abs(x - x2) >= half + half2, `${x} covers ${x2}`);
  assert.equal(all(".kd-weakest").length, 2);
});

// ---- waves ------------------------------------------------------------------------------------------------------

// Days since the record begins: an exercise over New Year, one that nobody has checked, three launches.
const RECORD = {
  first: "2002-01-01",
  leaders: { both: [2002, 2004] },
  windows: [
    [360, 370, "air", false],
    [400, 409, "air", true],
  ],
  launches: [
    [365, 4, 0, 0],
    [500, 1, 0, 0],
    [800, 9, 0, 0],
  ],
};
const LEVERS = { leader: "both", type: "all", before: 0, after: 0, rule: "missiles", disputed: "with" };
const DAY = 520 / 366; // in pixels
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function calendar(levers = {}, locked = false) {
  const root = place(560);
  const found = waves.findings(RECORD, { ...LEVERS, ...levers });
  wavesChart(root, { words: { record: RECORD, chart: { months: MONTHS } } }).draw({ found, locked });
  return (selector) => root.querySelectorAll(selector);
}

/** The boxes of an outline, in days and rows: [x, width, y]. */
const boxesOf = ([path]) =>
  (path?.getAttribute("d") ?? "")
    .split("Z")
    .filter(Boolean)
    .map((box) => {
      const [x1, y1, x2] = box.match(/[\d.]+/g).map(Number);
      return [Math.round((x1 - 40) / DAY), Math.round((x2 - x1) / DAY), Math.floor((y1 - 20) / 15)];
    });

test("an exercise over New Year has a box in each year, at its days", () => {
  assert.deepEqual(boxesOf(calendar()(".kd-exercise")), [
    [360, 5, 0],
    [0, 6, 1],
  ]);
  assert.deepEqual(boxesOf(calendar()(".kd-recalled")), [[35, 10, 1]]);
});

test("days added before and after touch the exercise and no other", () => {
  const added = [
    [357, 3, 0],
    [6, 2, 1],
    [32, 3, 1],
    [45, 2, 1],
  ];
  assert.deepEqual(boxesOf(calendar({ before: 3, after: 2 })(".kd-added")), added);
  assert.equal(calendar()(".kd-added").length, 0);
});

test("launches inside stand above the others, larger for more; none while locked", () => {
  const all = calendar();
  const dots = all(".kd-inside, .kd-outside");
  assert.deepEqual(
    dots.map((dot) => dot.look),
    ["kd-outside", "kd-outside", "kd-inside"],
  );
  close(number(dots.at(-1), "r"), (5 + 2) / 2);
  assert.equal(calendar({}, true)(".kd-inside, .kd-outside").length, 0);
});

test("a side that somebody named is marked beside its name, not on its bars", () => {
  const marked = (marks) =>
    gaps({ N: 2 }, null, 560, [{ text: "both", marks }])
      .all(".kd-lane-guess")
      .map((one) => one.hidden);
  assert.deepEqual(marked(["a"]), [false, true]);
  assert.deepEqual(marked(["a", "b"]), [false, false]);
  assert.deepEqual(marked([]), [true, true]);
});

// ---- pressure ---------------------------------------------------------------------------------------------------

const SAID = ["start", "keep", "once", "never", "washington", "washington_always"];
const PRESSURE = {
  number: { missing: "never" },
  parties: {},
  party: { pushed: "pushed", line: "line" },
  chart: Object.fromEntries(
    [...SAID, "pressure", "relief", "snapback", "slices", "no_deal", "axis", "now"].map((key) => [key, key]),
  ),
};

function pressure(levers = {}, locked = false, marks = null, width = 560, guesses = []) {
  const root = place(width);
  const found = { parties: facts(levers), curve: slicesByPressure(levers) };
  pressureChart(root, { words: PRESSURE, shared: SHARED }).draw({ found, locked, marks, guesses });
  return { found, all: (selector) => root.querySelectorAll(selector) };
}

test("bars, ranges and the line of now stand at the model's numbers", () => {
  const { found, all } = pressure({ e_china: 0.4 }, false, 0.7);
  const plot = 560 - 26 - 8;
  const { willingness, pressure: now, s_K } = found.parties;
  all(".kd-bar-will").forEach((bar, m) => close(number(bar, "width"), willingness[m] * plot));
  close(number(all(".kd-now-line")[0], "x1"), 26 + now * plot);
  close(number(all(".kd-now-before")[0], "x1"), 26 + 0.7 * plot);
  assert.ok(all(".kd-bar-b").some((bar) => Math.abs(number(bar, "x") - (26 + s_K * plot)) < 0.01));
  assert.equal(all(".kd-fewest").length, found.curve.filter(Boolean).length);
});

test("while locked, nothing that is asked is drawn; on a phone, no party", () => {
  const { all } = pressure({}, true);
  assert.equal(all(".kd-fewest, .kd-bar-a, .kd-bar-b, .kd-now-line, .kd-now").length, 0);
  assert.ok(all(".kd-bar-will").length > 0);
  assert.equal(pressure({}, false, null, 320).all(".kd-bar-will").length, 0);
});

test("pressure alone: what it makes reaches as far as the part of full pressure, and the state before is marked", () => {
  const root = place(560);
  const full = facts({ e_china: 1, e_russia: 1, e_others: 1 });
  const found = { ...facts({ e_china: 0.5 }), full };
  const guesses = [{ of: "pressure", value: 0.25 }];
  const shared = { asked: { said: "you said" } };
  pressureBars(root, { words: PRESSURE, shared }).draw({ found, marks: facts({}), guesses });
  const wide = 560 - 8;
  const long = (look) => number(root.querySelectorAll(look)[0], "width");
  close(long(".kd-bar-b"), (found.relief_worth / full.relief_worth) * wide);
  close(long(".kd-bar-a"), (found.snapback / full.snapback) * wide);
  close(number(root.querySelectorAll(".kd-now-before")[0], "x1"), 4 + facts({}).pressure * wide);
  close(number(root.querySelectorAll(".kd-guess-line")[0], "x1"), 4 + 0.25 * wide);
  assert.equal(root.querySelectorAll(".kd-fewest, .kd-axis").length, 0);
});

test("a pressure that somebody named is a dashed line with its words below all numbers", () => {
  const said = [
    { text: "0.50", of: "pressure", value: 0.5 },
    { text: "both", marks: ["a"] },
  ];
  const { all } = pressure({}, false, null, 560, said);
  const plot = 560 - 26 - 8;
  const lines = all(".kd-guess-line");
  lines.forEach((one) => close(number(one, "x1"), 26 + 0.5 * plot));
  const words = all(".kd-range").filter((one) => !one.look.includes("kd-head-words"));
  const covers = (one) =>
    words.some((other) => number(one, "y1") < shift(other)[1] && shift(other)[1] < number(one, "y2"));
  assert.equal(lines.filter(covers).length, 0);
  assert.ok(words.length > 4);
  const [word] = all(".kd-guess");
  assert.equal(word.textContent, "you said");
  const others = all(".kd-axis, .kd-now, .kd-at-start");
  assert.ok(others.every((other) => shift(other)[1] + 12 < shift(word)[1]));
  assert.equal(pressure({}, true, null, 560, said).all(".kd-guess-line, .kd-guess").length, 0);
});
