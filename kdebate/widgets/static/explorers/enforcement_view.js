// What EnforcementExplorer says about a state of the model. Twin of kdebate/widgets/enforcement_view.py.

import { effectiveDeal, numberText, readOut, SETTINGS, slicesByPressure, thirdPartyReadOut } from "../model.js";
import { fill } from "../page/words.js";

const SIDES = ["a", "b"];
const EPSILON = 1e-12;
export const LIMIT = 24;
export const POINTS = 101;

/** Everything the sentences and the chart need, worked out once. */
export function findings(levers) {
  const read = readOut(levers);
  const deal = effectiveDeal(levers);
  return {
    read,
    parties: thirdPartyReadOut(levers),
    fewest: read.minimum_steps,
    unwilling: SIDES.filter((side) => deal[`v_${side}`] < deal[`c_${side}`] - EPSILON),
    deal,
    curve: slicesByPressure(levers, POINTS),
  };
}

/** Which of the chips describes the state; the first that fits. */
export function verdict(found, locked = false) {
  if (locked) return "locked";
  if (found.unwilling.length) return "would_not_sign";
  if (!found.fewest) return "none";
  return found.fewest === 1 ? "once" : "slices";
}

/** Whether pressure reaches a threshold; null stands for one that no pressure reaches. */
function above({ parties }, key) {
  return parties[key] !== null && parties.pressure >= parties[key] - EPSILON;
}

/** Why no number of slices holds: too much pressure, too little to keep or to start, or neither. */
export function reason(found) {
  const { s_max: most, pressure } = found.parties;
  if (most !== null && pressure > most + EPSILON) return "too_much";
  if (!above(found, "s_K")) return "too_little_keep";
  return above(found, "s_F") ? "none_other" : "too_little_start";
}

/** The live sentence. */
export function sentence(words, names, found, locked = false) {
  const key = verdict(found, locked);
  const said = words.sentence;
  const s = numberText(found.parties.pressure);
  if (key === "locked") return said.locked;
  if (key === "none") return fill(said[reason(found)], { s, limit: LIMIT });
  if (key !== "would_not_sign") return fill(said[key], { s, n: found.fewest });
  if (found.unwilling.length === 2) return fill(said.neither_would_sign, { s });
  const [side] = found.unwilling;
  const amounts = { gain: numberText(found.deal[`v_${side}`]), cost: numberText(found.deal[`c_${side}`]) };
  return fill(said.would_not_sign, { s, side: names[side], ...amounts });
}

/** What the last change did to pressure and to the fewest slices. */
export function effect(words, before, after) {
  const fewest = (found) => String(found.fewest || words.change.none);
  const values = {
    before: fewest(before),
    after: fewest(after),
    s_before: numberText(before.parties.pressure),
    s_after: numberText(after.parties.pressure),
  };
  const moved = values.s_before !== values.s_after;
  const changed = values.before !== values.after;
  const key = moved ? (changed ? "fewest" : "stayed") : changed ? "still" : "nothing";
  return fill(words.change[key], values);
}

export const thresholdText = (words, value) => (value === null ? words.readouts.never : numberText(value));
export const mostText = (words, value) => (value === null || value > 1 ? words.readouts.any : numberText(value));

/** The numbers below the chart. */
export function readouts(words, names, found, locked = false) {
  const { parties, read } = found;
  const none = fill(words.readouts.fewest_none, { limit: LIMIT });
  const cell = (key, value, side, label = words.readouts[key]) => ({
    key,
    value,
    side,
    label: side ? fill(label, { side: names[side] }) : label,
  });
  const hide = (text) => (locked ? words.readouts.fewest_locked : text);
  return [
    cell("pressure", numberText(parties.pressure)),
    cell("relief_worth", numberText(parties.relief_worth), "b"),
    cell("snapback", numberText(parties.snapback)),
    cell("minimum_steps", hide(String(read.minimum_steps || none))),
    cell("s_K", hide(thresholdText(words, parties.s_K)), "b"),
    cell("s_1", hide(thresholdText(words, parties.s_1)), "b"),
    cell("s_max", hide(mostText(words, parties.s_max)), "a"),
    cell(
      "window_rounds_left",
      hide(read.window_rounds_left === null ? words.readouts.any : String(read.window_rounds_left)),
    ),
  ];
}

/** One row per party: what it counts, wants, is pushed to do, does, and adds to pressure. */
export function table(words, found) {
  const { weights, willingness } = SETTINGS.parties;
  const { enforcement, willingness: will, pressure } = found.parties;
  const head = words.table;
  const rows = willingness.map((lever, m) => [
    words.parties[lever],
    ...[weights[m], will[m], enforcement[m] - will[m], enforcement[m], weights[m] * enforcement[m]].map((x) =>
      numberText(x),
    ),
  ]);
  return {
    caption: head.caption,
    head: [head.party, head.weight, head.will, head.push, head.enforces, head.adds],
    rows: [...rows, [head.total, numberText(weights.reduce((sum, w) => sum + w, 0)), "", "", "", numberText(pressure)]],
  };
}

/** The chart in words, for those who do not see it. */
export function altText(words, found, said, locked = false) {
  const { willingness } = SETTINGS.parties;
  const { parties } = found;
  const each = willingness.map((lever, m) =>
    fill(words.chart.party, { name: words.parties[lever], e: numberText(parties.enforcement[m]) }),
  );
  if (locked) return said;
  const levels = Object.fromEntries(["s_F", "s_K", "s_1"].map((key) => [key, thresholdText(words, parties[key])]));
  return fill(words.chart.alt, {
    parties: each.join(", "),
    s: numberText(parties.pressure),
    ...levels,
    s_max: mostText(words, parties.s_max),
    sentence: said,
  });
}
