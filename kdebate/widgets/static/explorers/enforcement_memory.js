// The lines that learners drew. They are answers like all others: kept in the page's journal, in this browser, and on
// disk where Python listens; so a line stays stored with a dead Python and with none.

import { journal, newId } from "../journal/journal.js";

const NOTEBOOK = "03-enforce-sanctions";
const questionOf = (line) => `03-line-${line.replaceAll("_", "-")}`;

/** Whether an answer is one of ours: numbers by label, or a noted skip. */
function readable(answer) {
  if (answer?.skipped === true) return true;
  const values = answer?.values;
  return values !== null && typeof values === "object" && Object.values(values).every(Number.isFinite);
}

/**
 * @param {import("../types.d.ts").Model} model  the explorer's; its link to Python is joined when there is one
 * @param {() => void} changed  called whenever a line is stored anywhere on the page
 */
export function createMemory(model, changed) {
  const id = model.widget_manager ? model.get("_journal") : null;
  let book = null; // which journal it is, only the link to Python knows
  let unwatch = () => {};
  let link = null;
  let channel = null;
  let gone = false;

  function use(found) {
    if (gone) return;
    book = journal(found);
    unwatch = book.subscribe(changed);
    link = found;
    if (link) channel = book.join(link);
  }
  async function join() {
    use(await model.widget_manager.get_model(String(id).replace("IPY_MODEL_", "")));
    changed();
  }
  if (id) join().catch((error) => console.error(error));
  else use(null);

  return {
    /** A stored line or a noted skip; null where there is none. */
    get(line) {
      const answer = book?.latest(questionOf(line))?.answer;
      return readable(answer) ? answer : null;
    },
    put(line, answer) {
      const entry = {
        entry_id: newId(),
        question_id: questionOf(line),
        kind: "predict",
        notebook: NOTEBOOK,
        answer,
        module_version: model.get("_version") ?? "",
      };
      book.put(entry, channel);
    },
    /** "no", "browser" or "disk". */
    saved: (line) => book?.saved(questionOf(line), channel).state ?? "no",
    destroy() {
      gone = true;
      unwatch();
      if (link) book.leave(link);
    },
  };
}
