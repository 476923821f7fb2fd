// What can be said about a bargain: facts that are true or false, and what a sentence names.
// The word files choose sentences by these facts alone. Twin of kdebate/models/facts.py.

import {
  effectiveDeal,
  LIMIT,
  leverValues,
  numberText,
  readOut,
  SETTINGS,
  TOLERANCE,
  thirdPartyReadOut,
} from "./model.js";

const SIDES = /** @type {const} */ (["a", "b"]);

/**
 * Everything that the sentences and the charts about a bargain need.
 * @param {Object} levers lever id -> value
 * @returns {Object} the keys of Python's `facts`
 */
export function facts(levers) {
  const { N: n, wait, first: leader } = leverValues(levers);
  const read = { ...readOut(levers), ...thirdPartyReadOut(levers) };
  return {
    ...read,
    n,
    limit: LIMIT,
    wait,
    leader,
    once: n === 1,
    sliced: n > 1,
    led: SIDES.includes(leader),
    waits: wait > 0,
    waits_once: wait === 1,
    none: read.minimum_steps === 0,
    one_suffices: read.minimum_steps === 1,
    same_worth: numberText(read.value_a) === numberText(read.value_b),
    ...signing(effectiveDeal(levers)),
    ...keeping(
      read.margins.map((row) => row[n]),
      leader,
    ),
    ...failing(read.margins.map((row) => row.slice(0, n))),
    ...pressure(read),
  };
}

const bySide = ([a, b]) => ({ a, b });

/** Who would not sign, and what the first of them gains and pays. */
function signing(deal) {
  const unwilling = SIDES.filter((side) => deal[`v_${side}`] < deal[`c_${side}`] - TOLERANCE);
  const refuser = unwilling[0] ?? "a";
  return {
    unwilling,
    refused: unwilling.length > 0,
    both_refuse: unwilling.length === 2,
    refuser,
    gain: deal[`v_${refuser}`],
    cost: deal[`c_${refuser}`],
  };
}

/** Who is the likelier to take back what it gave, in the end. */
function keeping(gaps, leader) {
  const i = gaps[1] < gaps[0] ? 1 : 0;
  const takes_back = gaps[i] < -TOLERANCE;
  return {
    keeping: gaps,
    taker: SIDES[i],
    taker_gap: gaps[i],
    takes_back,
    leader_takes_back: takes_back && SIDES[i] === leader,
  };
}

/** Which slices fail, and where along the bargain those of the one side that fails lie. */
function failing(gaps) {
  const below = gaps.map((row) => row.flatMap((gap, k) => (gap < -TOLERANCE ? [k + 1] : [])));
  const lowest = gaps.map((row) => row.findIndex((gap) => gap <= Math.min(...row) + TOLERANCE) + 1);
  const i = below[0].length ? 0 : 1;
  const n = gaps[i].length;
  return {
    gaps,
    failing: below,
    lowest,
    lowest_slice: bySide(lowest),
    first_gap: bySide(gaps.map((row) => row[0])),
    last_gap: bySide(gaps.map((row) => row[n - 1])),
    both_fail: below.every((slices) => slices.length > 0),
    nobody_fails: below.every((slices) => slices.length === 0),
    same_slice: lowest[0] === lowest[1],
    failer: SIDES[i],
    failer_slice: lowest[i],
    failer_gap: gaps[i][lowest[i] - 1],
    everywhere: below[i].length === n,
    at_both_ends: below[i][0] === 1 && below[i].at(-1) === n,
    at_the_start: below[i][0] === 1,
  };
}

/** Who enforces, and whether pressure reaches its thresholds; null: no pressure does. */
function pressure({ enforcement, pressure: s, s_max: most, s_K: keep, s_F: start, window_rounds_left: rounds }) {
  const below = (threshold) => threshold === null || s < threshold - TOLERANCE;
  return {
    enforces: Object.fromEntries(SETTINGS.parties.willingness.map((lever, m) => [lever, enforcement[m]])),
    too_much: most !== null && s > most + TOLERANCE,
    too_little_to_keep: below(keep),
    too_little_to_start: below(start),
    any_pressure: most === null || most > 1,
    window_open: rounds === null,
  };
}
