// What EnforcementExplorer shows of the model beside its sentences: what a change did, and the parties as a table.

import { numberText, SETTINGS } from "../model.js";

export const POINTS = 101;

/** What the last change did, as facts. */
export function change(before, after) {
  return {
    before,
    after,
    pressure_moved: numberText(before.pressure) !== numberText(after.pressure),
    fewest_moved: before.minimum_steps !== after.minimum_steps,
  };
}

/** One row per party: what it counts, wants, is pushed to do, does, and adds to pressure. */
export function table(words, found) {
  const { weights, willingness } = SETTINGS.parties;
  const { enforcement, willingness: will, pressure } = found;
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
