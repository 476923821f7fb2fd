// What ConcessionExplorer says about a state: chip, sentences, read-outs, table. Twin of kdebate/widgets/concession_view.py.

import { effectiveDeal, gapText, numberText, readOut } from "../model.js";
import { fill } from "../page/words.js";

const SIDES = ["a", "b"];
const EPSILON = 1e-12;
export const LIMIT = 24;

/** How far below zero, as a plain amount. */
function lossText(words, gap) {
  return Math.abs(gap) < 0.005 ? words.number.tiny : numberText(Math.abs(gap));
}

/** Everything the sentences need, worked out once. */
export function findings(levers) {
  const read = readOut(levers);
  const deal = effectiveDeal(levers);
  const gaps = read.margins.map((row) => row.slice(0, levers.N));
  return {
    n: levers.N,
    leader: SIDES.includes(levers.first) ? levers.first : "",
    wait: levers.wait,
    read,
    gaps,
    keeping: read.margins.map((row) => row[levers.N]),
    failing: gaps.map((row) => row.flatMap((gap, k) => (gap < -EPSILON ? [k + 1] : []))),
    lowest: gaps.map((row) => row.findIndex((gap) => gap <= Math.min(...row) + EPSILON) + 1),
    unwilling: SIDES.filter((side) => deal[`v_${side}`] < deal[`c_${side}`] - EPSILON),
    deal,
  };
}

/** Which of the chips describes the state; the first that fits. */
export function verdict(found, locked) {
  if (locked) return "locked";
  if (found.unwilling.length) return "would_not_sign";
  if (found.read.minimum_steps === 0 && found.n > 1) return "none";
  return found.read.holds ? "holds" : "fails";
}

function worthText(words, names, read) {
  const [worth_a, worth_b] = [numberText(read.value_a), numberText(read.value_b)];
  if (worth_a === worth_b) return fill(words.worth.same, { worth: worth_a });
  return fill(words.worth.differ, { worth_a, worth_b, side_a: names.a, side_b: names.b });
}

function unwillingSentence(words, names, found) {
  if (found.unwilling.length === 2) return words.sentence.neither_would_sign;
  const [side] = found.unwilling;
  const amounts = { gain: numberText(found.deal[`v_${side}`]), cost: numberText(found.deal[`c_${side}`]) };
  return fill(words.sentence.would_not_sign, { side: names[side], ...amounts });
}

function weakestValues(words, names, found) {
  const { side, slice, gap } = found.read.weakest;
  return { n: found.n, k: slice, side: names[side], gap: gapText(gap) };
}

function noneSentence(words, names, found) {
  const below = SIDES.filter((_, i) => found.keeping[i] < -EPSILON);
  if (!below.length) return fill(words.sentence.none_other, { limit: LIMIT, ...weakestValues(words, names, found) });
  const side = below.length === 2 && found.keeping[1] < found.keeping[0] ? "b" : below[0];
  const keeping = gapText(found.keeping[SIDES.indexOf(side)]);
  const template = side === found.leader ? words.sentence.none_after : words.sentence.none;
  return fill(template, { limit: LIMIT, side: names[side], keeping });
}

function onceFails(words, names, found) {
  const losses = found.gaps.map(([gap]) => lossText(words, gap));
  const failing = SIDES.filter((_, i) => found.failing[i].length);
  if (failing.length === 2) {
    const amounts = { side_a: names.a, gap_a: losses[0], side_b: names.b, gap_b: losses[1] };
    return fill(words.sentence.once_fails_both, amounts);
  }
  if (!failing.length) {
    // only a side that goes first can be tempted after the swap and not by it
    const loss = lossText(words, found.keeping[SIDES.indexOf(found.leader)]);
    return fill(words.sentence.once_fails_after, { side: names[found.leader], loss });
  }
  const template = found.leader ? words.sentence.once_fails_answer : words.sentence.once_fails_one;
  const loss = losses[SIDES.indexOf(failing[0])];
  return fill(template, { side: names[failing[0]], loss, leader: names[found.leader] });
}

/** Where along the bargain a side's failing slices lie. */
export function placeOfFailure(failing, n) {
  if (failing.length === n) return "everywhere";
  if (failing.includes(1) && failing.includes(n)) return "both_ends";
  return failing.includes(1) ? "early" : "late";
}

function slicesFail(words, names, found) {
  const failing = SIDES.filter((_, i) => found.failing[i].length);
  const [k_a, k_b] = found.lowest;
  if (failing.length === 2) {
    if (k_a === k_b) return fill(words.sentence.fails_both_same, { n: found.n, k: k_a });
    return fill(words.sentence.fails_both, { n: found.n, side_a: names.a, side_b: names.b, k_a, k_b });
  }
  const i = SIDES.indexOf(failing[0]);
  const place = placeOfFailure(found.failing[i], found.n);
  const gap = gapText(found.gaps[i][found.lowest[i] - 1]);
  return fill(words.sentence[`fails_${place}`], { n: found.n, side: names[failing[0]], k: found.lowest[i], gap });
}

/** How the bargain starts, where it is not both at once and now. */
function orderText(words, names, { wait, leader }) {
  const waits = wait ? [fill(wait === 1 ? words.order.wait_one : words.order.wait, { wait })] : [];
  return leader ? [...waits, fill(words.order.first, { side: names[leader] })] : waits;
}

/** The live sentence: who goes first and how long both wait, if so; then the verdict. */
export function sentence(words, names, found, locked = false) {
  const key = verdict(found, locked);
  if (key === "locked") return words.sentence.locked;
  if (key === "would_not_sign") return unwillingSentence(words, names, found);
  return [...orderText(words, names, found), said(words, names, found, key)].join(" ");
}

/** The verdict in words. */
function said(words, names, found, key) {
  if (key === "none") return noneSentence(words, names, found);
  if (key === "fails") return found.n === 1 ? onceFails(words, names, found) : slicesFail(words, names, found);
  const template = found.n === 1 ? words.sentence.once_holds : words.sentence.holds;
  return fill(template, { ...weakestValues(words, names, found), worth: worthText(words, names, found.read) });
}

/** What the last change did, in one sentence: the fewest slices, the worth or the smallest gap, whichever moved the verdict. */
export function effect(words, before, after) {
  const fewest = (found) => found.read.minimum_steps || words.change.none;
  if (verdict(after) === "none" && fewest(before) !== fewest(after)) {
    return fill(words.change.fewest, { before: fewest(before), after: fewest(after) });
  }
  const worths = [before, after].map(({ read }) => [read.value_a, read.value_b].map(numberText));
  const same = worths.every(([a, b]) => a === b) && worths[0][0] !== worths[1][0];
  if (same && before.n !== after.n && before.read.holds && after.read.holds) {
    return fill(words.change.worth, { before: worths[0][0], after: worths[1][0] });
  }
  const gaps = [before, after].map((found) => gapText(found.read.weakest.gap));
  const moved = after.read.weakest.gap - before.read.weakest.gap;
  const key = gaps[0] === gaps[1] ? "gap_stayed" : moved > 0 ? "gap_rose" : "gap_fell";
  return fill(words.change[key], { before: gaps[0], after: gaps[1] });
}

/** "all at once" or "5 slices, Washington first". */
export function slicesText(words, names, { n, leader }) {
  const slices = n === 1 ? words.chart.all_at_once : fill(words.chart.slices, { n });
  return leader ? fill(words.chart.led, { slices, side: names[leader] }) : slices;
}

/** The chart in words, for those who do not see it. */
export function altText(words, names, found, said) {
  const ends = (i) => [found.gaps[i][0], found.gaps[i][found.n - 1]].map((gap) => gapText(gap));
  const [[first_a, last_a], [first_b, last_b]] = [ends(0), ends(1)];
  const values = { slices: slicesText(words, names, found), first_a, last_a, first_b, last_b, sentence: said };
  return fill(words.chart.alt, { ...values, side_a: names.a, side_b: names.b });
}

/** A worth; after a wait with what the same steps would be worth if they started now. */
function worthCell(words, names, { read, wait }, side) {
  const [worth, now] = [`value_${side}`, `value_now_${side}`].map((key) => numberText(read[key]));
  const value = wait ? fill(words.readouts.worth_waited, { worth, now }) : worth;
  return { key: `value_${side}`, side, label: fill(words.readouts.worth, { side: names[side] }), value };
}

/** The four numbers below the chart. */
export function readouts(words, names, found, locked = false) {
  const { read, wait } = found;
  const label = found.n === 1 ? words.readouts.weakest_once : words.readouts.weakest;
  const none = fill(words.readouts.fewest_none, { limit: LIMIT });
  const fewest = wait
    ? fill(words.readouts.fewest_waited, { pressure: numberText(read.pressure_then) })
    : words.readouts.fewest;
  return [
    {
      key: "weakest",
      label: fill(label, { side: names[read.weakest.side], k: read.weakest.slice }),
      value: gapText(read.weakest.gap),
    },
    {
      key: "minimum_steps",
      label: fewest,
      value: locked ? words.readouts.fewest_locked : String(read.minimum_steps || none),
    },
    ...SIDES.map((side) => worthCell(words, names, found, side)),
  ];
}

function whoCheats(words, names, gaps) {
  const cheats = SIDES.filter((_, i) => gaps[i] < -EPSILON);
  return cheats.length ? cheats.map((side) => names[side]).join(", ") : words.table.nobody;
}

/** The chart as a table: caption, head, rows of text. */
export function table(words, names, found) {
  const line = (first, share, gaps) => [
    first,
    fill(words.table.percent, { share: Math.round(share * 100 + 1e-9) }),
    ...gaps.map((gap) => gapText(gap)),
    whoCheats(words, names, gaps),
  ];
  const slices = found.gaps[0].map((_, k) =>
    line(
      String(k + 1),
      (k + 1) / found.n,
      found.gaps.map((row) => row[k]),
    ),
  );
  return {
    caption: fill(words.table.caption, { slices: slicesText(words, names, found) }),
    head: [words.table.slice, words.table.delivered, names.a, names.b, words.table.cheat],
    rows: [...slices, line(words.table.keeping, 1, found.keeping)],
  };
}
