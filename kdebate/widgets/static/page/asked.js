// Between a stored prediction and its explorer: what was said, and whether the lever stood where it was asked to stand.
// Kept in the page, so that both work without Python: cards say and listen, explorers arrive and are sent.

const page = (globalThis.__kdebate ??= {});
const EVENT = "kdebate:asked";
const guesses = (page.guesses ??= new Map()); // by question id, what stays on the chart
const reached = (page.reached ??= new Set()); // ids of questions whose lever got there
const explorers = (page.explorers ??= new Map()); // by question id, the explorer that is tied to it

const tell = () => document.dispatchEvent(new CustomEvent(EVENT));

/** What somebody said of a question, or null: it stays on the chart of its explorer. */
export function setGuess(questionId, guess) {
  if (JSON.stringify(guesses.get(questionId) ?? null) === JSON.stringify(guess)) return;
  if (guess === null) guesses.delete(questionId);
  else guesses.set(questionId, guess);
  tell();
}

export const guessOf = (questionId) => guesses.get(questionId) ?? null;

/** The lever stands at the asked setting: the card may open, and stays open. */
export function arrive(questionId) {
  if (reached.has(questionId)) return;
  reached.add(questionId);
  tell();
}

export const isReached = (questionId) => reached.has(questionId);

/**
 * An explorer says which questions it answers.
 * @param {string[]} questionIds
 * @param {{says: (id: string) => string, mayGo: (id: string) => boolean, go: (id: string) => void}} explorer
 * @param {AbortSignal} signal
 */
export function tie(questionIds, explorer, signal) {
  for (const id of questionIds) explorers.set(id, explorer);
  signal.addEventListener("abort", () => {
    for (const id of questionIds) if (explorers.get(id) === explorer) explorers.delete(id);
    tell();
  });
  tell();
}

export const explorerOf = (questionId) => explorers.get(questionId) ?? null;

/** As if nothing had been said, after "Clear my answers". */
export function forgetGuesses() {
  guesses.clear();
  reached.clear();
  tell();
}

/** Call `told` whenever one of these changes. */
export function watchAsked(told, signal) {
  document.addEventListener(EVENT, told, { signal });
}
