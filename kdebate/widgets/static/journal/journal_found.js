// The questions of the journal's bar: answers that are in this browser, or came to it, and are not taken in unasked.

import { button } from "../exercises/controls.js";
import { el } from "../page/dom.js";
import { fill } from "../page/words.js";

/** A day as the page writes it: 3 March 2026. */
const day = (stamp) => new Date(stamp).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** What was found, in a sentence. */
function sentence(find, said) {
  const count = new Set(find.entries.map((entry) => entry.question_id)).size;
  const dates = find.entries.map((entry) => entry.answered_at).sort();
  const newest = find.kind === "apart" ? "" : fill(said.found_newest, { date: day(dates.at(-1)) });
  const owner = find.learner ? fill(said.found_owner, { name: find.learner }) : "";
  const what = fill(said[`found_${find.kind}_${count === 1 ? "one" : "many"}`], { count });
  return [what, owner, newest, said[`found_${find.kind}_more`]].filter(Boolean).join(" ");
}

/** Words of a button or an outcome: those of this kind of find, where it has its own. */
const wordsFor = (said, what, kind) => said[`found_${what}_${kind}`] ?? said[`found_${what}`];

/** One question with its buttons; removing asks once more, as it cannot be undone. */
function question(find, said, settle) {
  const text = el("p", {}, sentence(find, said));
  const press = (how) => () => settle(find, how);
  const remove = find.remove
    ? button(said.found_remove, "found-remove", () => {
        text.textContent += ` ${said.found_remove_ask}`;
        remove.replaceWith(button(said.found_remove_yes, "found-remove-yes", press("remove")));
        leave.focus();
      })
    : null;
  const leave = button(wordsFor(said, "leave", find.kind), "found-leave", press("leave"));
  const bring = button(wordsFor(said, "bring", find.kind), "found-bring", press("bring"));
  return el(
    "div",
    { class: "kdx-found", role: "group", "aria-label": text.textContent, "data-found": find.kind },
    text,
    el("div", { class: "kdx-buttons" }, bring, leave, remove),
  );
}

/**
 * The box that shows the questions of a journal.
 * @param {import("../types.d.ts").Book} book  the journal
 * @param {import("../types.d.ts").Words} said  words of the journal
 * @param {(text: string) => void} tell  says what came of it
 * @param {() => void} refocus  takes the keyboard when the last question is gone
 */
export function foundBox(book, said, tell, refocus) {
  const box = el("div", { class: "kdx-finds" });
  let shown = "";
  function settle({ name, kind }, how) {
    book.door.settle(name, how);
    tell(wordsFor(said, `done_${how}`, kind));
    (box.querySelector("button") ?? { focus: refocus }).focus();
  }
  function paint() {
    const { finds } = book.door;
    const key = JSON.stringify(
      finds.map((find) => [find.name, find.entries.map((entry) => [entry.entry_id, entry.answered_at])]),
    );
    if (key === shown) return;
    shown = key;
    box.replaceChildren(...finds.map((find) => question(find, said, settle)));
  }
  return { box, paint };
}
