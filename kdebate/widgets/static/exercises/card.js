// The frame of every exercise: kind, saved mark, question, answer, buttons, and what to do when something fails.

import { clock, offerLine, savedMark } from "./controls.js";
import { el, write } from "../page/dom.js";
import { fillForm, readForm } from "./draft.js";
import { journal, newId } from "../journal/journal.js";
import { versionList } from "./versions.js";
import { fill } from "../page/words.js";

export * from "./controls.js"; // a kind of exercise needs the frame and the controls

const MUCH = 40; // signs: who removes more than that may want them back, so a new version begins

let count = 0; // ids must differ between exercises of one page

const hasWords = (text) => text.trim() !== "";

/** The length that counts: never shorter than the JSON that Python writes. */
const lengthOf = (answer) => JSON.stringify(answer, null, 1).length;

/** Whether something that stood in an answer stands no longer in the one that takes its place; both are told in lines. */
const lost = (before, after) => before.split("\n").some((line) => hasWords(line) && !after.includes(line.trim()));

/**
 * Build an exercise into `el` and keep it alive.
 *
 * What a kind alone knows: `nodes`; `accepts(answer)`, whether it is of a shape that `show(answer)` can show; `submit()`;
 * where there is text `read()`, the answer as it stands on the card, `texts(answer)`, what is stored by itself,
 * `flush()` to do so at once and `stop()` not to; where versions can be taken back `describe(answer)`, the answer in lines.
 * @param {import("../types.d.ts").Context} context
 * @param {(ctx: object) => object} create  makes the kind's part
 */
export function mountExercise({ model, el: place, link }, create) {
  const { question, words, module_version, limits } = model.get("_spec");
  const prefix = `kdx${++count}`;
  const book = journal(link);
  const say = (path, values = {}) => fill(path.split(".").reduce((at, key) => at[key], words), values);
  let ids = 0;
  let channel = null;
  let sitting = null; // the id under which this sitting stores; a new one begins when the reader comes back
  let longest = 0; // signs of the longest state of this sitting
  let mine; // answered_at of the newest answer that the card knows, null for none
  let shown = null; // the entry that stands on the card
  let replaced = null; // the one that stood here when another took its place unasked
  let dirty = false;
  let kept = true; // whether this browser holds the draft
  let adrift = false; // the words outlived a clearing in another tab: they stand on the screen alone until the reader goes on
  let filling = false; // the card itself puts words into its fields
  let over = 0; // signs too many to store

  const title = el("h3", { class: "kdx-title", id: `${prefix}-title` }, question.prompt);
  const mark = savedMark();
  const problem = el("p", { class: "kd-line kdx-problem", role: "alert", hidden: true });
  const tooLong = el("p", { class: "kd-line kdx-problem", role: "status", hidden: true });
  const strange = el("p", { class: "kd-note kdx-strange", role: "status", hidden: true }, say("card.strange"));
  const wayOut = el("span", {});
  const fault = el("p", { class: "kd-line kd-error", role: "alert", hidden: true }, el("b", {}, say("card.fault_bold")), " ", wayOut);
  const told = el("p", { class: "kd-note", role: "status", hidden: true });
  const offer = offerLine();
  const root = el("section", { class: "kd kdx", "data-kdebate-exercise": question.id, "data-kind": question.kind, "data-saved": "no", "data-errors": "0", "aria-labelledby": title.id });

  const guard = (work) => (...args) => {
    try {
      return work(...args);
    } catch (error) {
      return fail(error);
    }
  };

  /** Whatever broke, the words on the card are kept as a draft, and the line says where they are. */
  function fail(error) {
    console.error(error);
    root.dataset.errors = String(Number(root.dataset.errors) + 1);
    write(wayOut, say(!dirty ? "card.fault" : keepDraft() ? "card.fault_kept" : "card.fault_copy"));
    fault.hidden = false;
  }

  function keepDraft() {
    try {
      kept = book.keepDraft(question.id, { base: mine, values: readForm(form) });
    } catch (error) {
      console.error(error);
      kept = false;
    }
    return kept;
  }

  function dropDraft() {
    [dirty, kept, adrift, over] = [false, true, false, 0];
    book.keepDraft(question.id, null);
  }

  const ctx = {
    question,
    say,
    guard,
    root,
    title,
    freshId: () => `${prefix}-${++ids}`,
    latest: () => shown?.answer ?? null,
    get dirty() {
      return dirty;
    },
    get adrift() {
      return adrift;
    },
    /** Typed, but not stored. */
    touch: guard(() => {
      dirty = true;
      over = part.read ? Math.max(0, lengthOf(part.read()) - limits.answer) : 0;
      adrift = filling;
      kept = !filling && keepDraft();
      offer.close();
      ctx.tell("");
      paint();
    }),
    /** Store, and say whether it could be; within one sitting the newer state replaces the older, unless much was removed. */
    store(answer) {
      const size = lengthOf(answer);
      over = Math.max(0, size - limits.answer);
      if (over > 0) return refuse();
      const fresh = longest - size > MUCH || size * 2 < longest || emptied(answer);
      if (sitting === null || fresh || book.leaveBehind(question.id)) [sitting, longest] = [newId(), 0];
      longest = Math.max(longest, size);
      book.put({ entry_id: sitting, question_id: question.id, kind: question.kind, notebook: question.notebook, answer, module_version }, channel);
      dropDraft(); // only now: until it is stored, the draft is all there is
      fault.hidden = strange.hidden = true;
      replaced = null;
      offer.close();
      paint();
      return true;
    },
    /** Store by itself. A text that was emptied waits until the reader says so. */
    storeQuietly(answer) {
      const before = shown;
      const gone = emptied(answer);
      if (gone && !part.texts(answer).some(hasWords)) return offerBack("card.emptied", before, ["store-empty", say("card.emptied_store"), guard(storeNow)]);
      const done = ctx.store(answer);
      if (done && gone) offerBack("card.part_emptied", before);
      return done;
    },
    /** The next store is a version of its own. */
    endSitting: () => (sitting = null),
    done: (is) => root.classList.toggle("kdx-done", is),
    /** A line below the buttons, such as what is still missing. */
    tell(text) {
      told.hidden = text === "";
      write(told, text);
    },
    /** Take over an answer from elsewhere, if one came. */
    adopt: () => changed(),
  };

  function refuse() {
    dirty = true;
    keepDraft();
    paint();
    return false;
  }

  /** Whether one of the texts loses all its words. */
  function emptied(answer) {
    if (!part.texts || shown === null) return false;
    const now = part.texts(answer);
    return part.texts(shown.answer).some((text, i) => hasWords(text) && !hasWords(now[i]));
  }

  function storeNow() {
    ctx.store(part.read());
    ctx.endSitting();
    lead();
  }

  /** Say what is gone from the card, with the way back. */
  function offerBack(key, entry, ...more) {
    offer.make(say(key), [["put-back", say("card.put_back"), guard(() => putBack(entry))], ...more]);
    paint();
    return false;
  }

  /** What is stored stands on the card again; what was stored since is an earlier version. */
  function putBack(entry) {
    dropDraft();
    if (book.latest(question.id) !== entry) takeOver(entry);
    else display(entry);
    paint();
    lead();
  }

  /** An earlier answer becomes the newest. What stands on the card unsaved is stored first. */
  function takeBack(entry, time) {
    if (dirty && part.read && !emptied(part.read()) && !ctx.store(part.read())) return;
    if (dirty) dropDraft();
    takeOver(entry);
    ctx.tell(say("card.version_taken", { time }));
    versions.focus();
  }

  function takeOver(entry) {
    ctx.endSitting();
    ctx.store(entry.answer);
    ctx.endSitting();
    display(shown);
  }

  /** The keyboard goes on where there is something to write. */
  function lead() {
    [...form.querySelectorAll("textarea, input, select")].find((control) => control.offsetParent !== null)?.focus({ preventScroll: true });
  }

  function paint() {
    const stored = book.saved(question.id, channel);
    const saved = dirty ? { state: "no" } : stored;
    root.dataset.saved = saved.state;
    mark.show(saved.state, say(`saved.${saved.state}`, { time: saved.at ? clock(saved.at) : "" }));
    const lines = [];
    if (stored.lost) lines.push(say("card.not_in_browser"));
    else if (adrift) lines.push(say("card.adrift"));
    else if (dirty && !kept && (over > 0 || !part.flush)) lines.push(say("card.no_draft"));
    if (channel?.problem && stored.state !== "disk" && book.latest(question.id)) lines.push(say("card.not_on_disk", { sentence: channel.problem }));
    problem.hidden = lines.length === 0;
    write(problem, lines.join(" "));
    tooLong.hidden = over === 0;
    write(tooLong, over === 0 ? "" : say("card.too_long", { count: over.toLocaleString("en-GB"), limit: limits.answer.toLocaleString("en-GB") }));
  }

  /** Put an answer on the card; one of an unknown shape is said, and the card is as new. */
  function display(entry) {
    shown = entry !== null && part.accepts(entry.answer) ? entry : null;
    strange.hidden = entry === null || shown !== null;
    part.show(shown?.answer ?? null);
  }

  /** The journal changed: here, in another tab, or because Python told of answers. */
  const changed = guard(() => {
    const entry = book.latest(question.id);
    if (book.clearings !== cleared) empty();
    if ((entry?.answered_at ?? null) !== mine) arrived(entry);
    versions.show(part.describe ? book.versions(question.id).slice(1) : []);
    paint();
  });

  /** All was cleared. Words that nobody stored stay in front of the reader when it was another tab that cleared. */
  function empty() {
    const words = dirty && !book.isClearedHere ? readForm(form) : null;
    build();
    if (words === null) return;
    mine = null;
    display(null);
    filling = true;
    fillForm(form, words);
    filling = false;
  }

  function arrived(entry) {
    if (entry && entry.entry_id === sitting) [mine, shown] = [entry.answered_at, entry]; // stored here: the card shows it already
    else if (dirty) ctx.tell(say("card.elsewhere"));
    else {
      const before = replaced ?? shown;
      mine = entry?.answered_at ?? null;
      sitting = null;
      display(entry);
      replaced = part.describe && before && lost(part.describe(before.answer), shown ? part.describe(shown.answer) : "") ? before : null;
      if (replaced) offerBack("card.replaced", replaced);
      else offer.close();
    }
  }

  const form = el("form", { class: "kdx-form", novalidate: true, onsubmit: (event) => event.preventDefault() });
  const versions = versionList(ctx, (answer) => (part.accepts(answer) ? part.describe(answer) : null), guard(takeBack));
  let part;
  let cleared;

  /** The card's own controls, empty: at the start, and after all was cleared. */
  function build() {
    part?.stop?.();
    cleared = book.clearings;
    [dirty, kept, adrift, over] = [false, true, false, 0];
    [shown, replaced, sitting] = [null, null, null];
    mine = undefined; // not even "no answer" stands on the card
    offer.close();
    part = create(ctx);
    form.replaceChildren(...part.nodes);
  }

  /** What was typed before the page went stands here again, also where another answer was stored since: that one is in the journal. */
  function resume() {
    const draft = book.draft(question.id);
    if (!draft) return;
    const since = (draft.base ?? null) !== mine;
    fillForm(form, draft.values);
    if (!dirty) book.keepDraft(question.id, null); // it was stored after all
    else if (since) ctx.tell(say("card.elsewhere"));
  }

  form.addEventListener("submit", guard(() => part.submit()));
  root.append(el("div", { class: "kd-body" },
    el("div", { class: "kdx-head" }, el("p", { class: "kdx-kind" }, question.label ?? say(`kind.${question.kind}`)), mark.node),
    title, question.detail ? el("p", { class: "kdx-detail" }, question.detail) : null,
    strange, form, told, tooLong, offer.node, problem, fault, versions.node));
  place.replaceChildren(root);

  const flush = guard(() => part.flush?.());
  const hidden = () => document.visibilityState === "hidden" && flush();
  const leaving = (event) => {
    flush();
    if (dirty && (!kept || book.isPrivate)) event.preventDefault(); // the browser asks before words are lost that stand nowhere else
  };
  const saving = (event) => event.target.closest?.("[data-kdebate-journal]") && flush(); // its buttons count and save all that was written
  globalThis.addEventListener("pagehide", flush);
  document.addEventListener("click", saving, { capture: true });
  globalThis.addEventListener("beforeunload", leaving);
  document.addEventListener("visibilitychange", hidden);
  const unsubscribe = book.subscribe(changed);
  guard(() => {
    build();
    changed();
    resume();
    if (!link) return; // a page without Python
    channel = book.join(link);
    paint();
  })();

  return () => {
    flush();
    unsubscribe();
    globalThis.removeEventListener("pagehide", flush);
    globalThis.removeEventListener("beforeunload", leaving);
    document.removeEventListener("click", saving, { capture: true });
    document.removeEventListener("visibilitychange", hidden);
    if (link) book.leave(link);
  };
}
