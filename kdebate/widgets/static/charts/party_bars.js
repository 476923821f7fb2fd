// How fully each party enforces: one row each, its own will filled, what secondary sanctions add hatched.

import { numberText, SETTINGS, TOLERANCE } from "../model.js";
import { fill } from "../page/words.js";

const box = (look, x1, x2, { bar, height }) => ({ look, x1, x2, y1: bar, y2: bar + height });

/** The bars, each `{ look, x1, x2, y1, y2 }`; `parties` says where their rows stand. */
export function partyBars({ enforcement, willingness }, { parties }) {
  return parties.flatMap((row, m) => [
    box("kd-bar-frame", 0, 1, row),
    box("kd-bar-will", 0, willingness[m], row),
    ...(enforcement[m] > willingness[m] ? [box("kd-bar-push", willingness[m], enforcement[m], row)] : []),
  ]);
}

/** The words above them. */
export function partyWords(words, { enforcement, willingness: will }, { parties, scale }) {
  const { weights, willingness } = SETTINGS.parties;
  return parties.map((row, m) => {
    const push = enforcement[m] - will[m];
    const [weight, e, pushed] = [weights[m], enforcement[m], push].map((x) => numberText(x));
    const values = { name: words.parties[willingness[m]], weight, e, push: pushed };
    const said = fill(words.party[push > TOLERANCE ? "pushed" : "line"], values);
    return { look: "kd-range", said, x: 0, y: row.words + 8 * scale };
  });
}
