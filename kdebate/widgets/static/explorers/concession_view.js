// What ConcessionExplorer shows beside its sentences: what a change did, and the chart as a table.

import { gapText, numberText, TOLERANCE } from "../model.js";
import { fill } from "../teller.js";

/** Whether other slices of a deal that holds before and after are worth another amount, the same to both sides. */
function worthMoved(before, after) {
  const both = [before, after];
  const isOne = both.every((one) => one.holds && one.same_worth) && before.n !== after.n;
  return isOne && numberText(before.value_a) !== numberText(after.value_a);
}

/** What the last change did, as facts. */
export function change(before, after) {
  const stayed = gapText(before.weakest.gap) === gapText(after.weakest.gap);
  return {
    before,
    after,
    none_now: after.none && after.sliced && !after.refused,
    fewest_moved: before.minimum_steps !== after.minimum_steps,
    worth_moved: worthMoved(before, after),
    gap_stayed: stayed,
    gap_rose: !stayed && after.weakest.gap > before.weakest.gap,
  };
}

function whoCheats(words, gaps) {
  const cheats = Object.values(words.side).filter((_, i) => gaps[i] < -TOLERANCE);
  return cheats.join(", ") || words.table.nobody;
}

/** The chart as a table: caption, head, rows of text. */
export function table(words, found) {
  const { n, margins } = found;
  const row = (k) => {
    const gaps = margins.map((side) => side[k]);
    const share = Math.round(Math.min(1, (k + 1) / n) * 100 + 1e-9);
    return [
      k < n ? String(k + 1) : words.table.keeping,
      fill(words, words.table.percent, { share }),
      ...gaps.map(gapText),
      whoCheats(words, gaps),
    ];
  };
  return {
    caption: fill(words, words.table.caption, found),
    head: [words.table.slice, words.table.delivered, words.side.a, words.side.b, words.table.cheat],
    rows: margins[0].map((_, k) => row(k)),
  };
}
