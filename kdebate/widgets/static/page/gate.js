// Which predictions are made: an explorer tied to one stays locked until then. Kept in the page, so that it works
// without Python; the exercises open gates, the explorers look.

import { forgetAll } from "../frame/lever_memory.js";
import { forgetGuesses } from "./asked.js";

const page = (globalThis.__kdebate ??= {});
const EVENT = "kdebate:gate";
const opened = (page.openGates ??= new Set());

/** Whether the question is answered or skipped. */
export const isAnswered = (questionId) => opened.has(questionId);

/** Whether what is tied to these questions (ids with spaces between) is still locked; without a question nothing is. */
export function closed(questionIds) {
  return (questionIds ?? "").split(" ").some((id) => id !== "" && !opened.has(id));
}

/** The question is answered or skipped: its explorers open. */
export function open(questionId) {
  if (opened.has(questionId)) return;
  opened.add(questionId);
  document.dispatchEvent(new CustomEvent(EVENT));
}

/** Close all again, after "Clear my answers"; levers go back to their start. */
export function closeAll() {
  opened.clear();
  forgetAll();
  forgetGuesses();
  document.dispatchEvent(new CustomEvent(EVENT));
}

/** Call `tell` whenever a gate opens or closes. */
export function watchGates(tell, signal) {
  document.addEventListener(EVENT, tell, { signal });
}
