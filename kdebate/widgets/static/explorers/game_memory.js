// The plays as one answer of the journal: at once in this browser, and on disk where Python listens.

import { isListOf, isOneOf, isShape, isText } from "../exercises/shapes.js";
import { journal, newId } from "../journal/journal.js";

const MOST = 200; // plays that are kept; a class period holds some twenty

const sittings = new WeakMap(); // journal -> the id under which this page stores, whatever the number of games on it

const isSide = isOneOf([{ id: "a" }, { id: "b" }]);
const isFirst = isOneOf([{ id: "a" }, { id: "b" }, { id: "both" }]);
const isSteps = (value) => Number.isInteger(value) && value >= 1 && value <= 24;
const isPlay = isShape({
  side: isSide,
  first: isFirst,
  steps: isSteps,
  moves: isListOf(isText),
  got: Number.isFinite,
  other: Number.isFinite,
});
const isAnswer = isShape({ plays: isListOf(isPlay) });

/**
 * @param {import("../types.d.ts").Context} context
 * @param {() => void} changed  called whenever the journal changed
 */
export function createMemory({ model, link, signal }, changed) {
  const { question, module_version } = model.get("_spec");
  const book = journal(link);
  const channel = book.follow(link, changed, signal);
  /** All plays, oldest first; an answer of another shape counts as none. */
  const plays = () => {
    const answer = book.latest(question.id)?.answer;
    return isAnswer(answer) ? answer.plays : [];
  };
  return {
    plays,
    saved: () => book.saved(question.id, channel),
    put(play) {
      book.leaveBehind(question.id);
      if (!sittings.has(book) || plays().length === 0) sittings.set(book, newId());
      const answer = { plays: [...plays(), play].slice(-MOST) };
      const { id, kind, notebook } = question;
      book.put({ entry_id: sittings.get(book), question_id: id, kind, notebook, answer, module_version }, channel);
    },
  };
}
