// The page's own journals: every answer at once in memory, in this browser, and, over the links to Python, on disk.
// One per journal file, whatever the number of exercises and notebooks; they work with a dead Python and with none.
// What did not come from this page's own keyboard, from its file or from its own copy counts only when the learner says so.

import { closeAll, open } from "../page/gate.js";
import { createChannel } from "./journal_channel.js";
import { createDoor, createWatch } from "./journal_door.js";
import { browserName, createKeep, parseStored } from "./journal_keep.js";
import { compareText, inTime, newAmong, readEntry, stampAfter } from "./portfolio.js";

const page = (globalThis.__kdebate ??= {});
const books = (page.journals ??= new Map()); // id -> journal
const WITHOUT_PYTHON = "page"; // the id of the one journal of a page without Python

const isNewer = (entry, other) =>
  !other ||
  compareText(entry.answered_at, other.answered_at) > 0 ||
  (entry.answered_at === other.answered_at && compareText(entry.entry_id, other.entry_id) > 0);
const noFacts = () => ({ learner: "", exported_at: "" });

/** A name for one sitting: random, as two tabs may write at the same moment. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The answers of one journal in this page. */
class Book {
  entries = new Map(); // entry id -> entry
  clearings = 0; // how often all was removed while this page was open
  isClearedHere = false; // whether the last time was by this page's own button
  #newest = new Map(); // question id -> entry
  #mirrored = new Map(); // entry id -> answered_at of what this browser keeps
  #channels = new Map(); // link model -> { channel, users }
  #drafts = new Map(); // question id -> { base, values }, or null
  #listeners = new Set();
  #own = new Set(); // entry ids that this page wrote
  #apart = new Map(); // entry id -> entry whose date cannot be true
  #names = { page: newId(), browser: "" };

  constructor(id) {
    this.id = id;
    this.keep = createKeep(id);
    this.facts = this.keep.facts();
    this.door = createDoor(this, this.keep);
    this.watch = createWatch(this, this.keep, this.door);
    this.#readMirror();
    globalThis.addEventListener?.("storage", (event) => this.watch.heard(event));
  }

  // ---- what the cards and the bar use

  all = () => [...this.entries.values()];
  latest = (questionId) => this.#newest.get(questionId) ?? null;
  /** Every version of the answer to a question, newest first. */
  versions = (questionId) =>
    this.all()
      .filter((entry) => entry.question_id === questionId)
      .sort((a, b) => (isNewer(a, b) ? -1 : 1));
  notify = () => this.#listeners.forEach((tell) => tell());

  subscribe(tell) {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** What was typed and not stored: the values of the form, and the `answered_at` of the answer they change. */
  draft(questionId) {
    return this.#drafts.has(questionId) ? this.#drafts.get(questionId) : this.keep.draft(questionId);
  }

  /** Keep what was typed, or forget it (null); says whether this browser holds it, unless it is to hold nothing. */
  keepDraft(questionId, draft) {
    this.#drafts.set(questionId, draft);
    return this.keep.writeDraft(questionId, draft) || this.isPrivate;
  }

  /** What was typed and not stored on this page, by the question's id. */
  typed = () => [...this.#drafts].filter(([, draft]) => draft);

  /** How many questions have a draft. */
  get drafts() {
    const ids = new Set(this.keep.draftIds());
    this.#drafts.forEach((draft, questionId) => (draft ? ids.add(questionId) : ids.delete(questionId)));
    return ids.size;
  }

  /** Store one answer; returns its entry. The same id again is the same sitting: its newer state replaces the older. */
  put(given, channel) {
    const entry = readEntry({ ...given, answered_at: this.#nextStamp(given.question_id) });
    this.#own.add(entry.entry_id);
    this.#add([entry]);
    channel?.put([entry]);
    this.notify();
    return entry;
  }

  /** How safe the newest answer is: "no", "browser" or "disk" with the time; `lost` when this browser refused to keep it. */
  saved(questionId, channel) {
    const entry = this.latest(questionId);
    if (!entry) return { state: "no" };
    const disk = channel?.onDisk.get(entry.entry_id);
    if (disk?.stamp === entry.answered_at) return { state: "disk", at: disk.at };
    const isHere = this.#isMirrored(entry);
    return { state: isHere ? "browser" : "no", lost: !isHere && !this.isPrivate };
  }

  /** Whether the newest answer goes with the page: no browser, no journal file and no saved file holds it. */
  isOnPageOnly(questionId, channel) {
    const entry = this.latest(questionId);
    return (
      entry !== null && this.saved(questionId, channel).state === "no" && entry.answered_at > this.facts.exported_at
    );
  }

  /** Put the answers of a file beside what is here; returns how many were new. */
  restore(list) {
    const fresh = newAmong(list, this.entries);
    this.#add(fresh);
    this.channels.forEach((channel) => channel.put(fresh));
    this.notify();
    return fresh.length;
  }

  /** Set answers apart whose dates cannot be true; the learner may bring them in with the present date. */
  setApart(list) {
    list.forEach((entry) => this.#apart.set(entry.entry_id, entry));
    const present = (entry) => ({
      ...entry,
      entry_id: `${entry.entry_id.slice(0, 100)}~now`,
      answered_at: this.#nextStamp(entry.question_id),
    });
    const ids = [...this.#apart.keys()].sort().join(" ");
    this.door.dropKind("apart");
    this.door.put(`apart ${ids.slice(0, 200)}`, {
      kind: "apart",
      entries: [...this.#apart.values()],
      bring: (found) => this.restore(found.map(present)),
      remove: null,
      lasts: true,
    });
  }

  /** A clock that was set back leaves answers ahead of it: they are set apart, so that newer ones count. Whether there were any. */
  leaveBehind(questionId) {
    const latest = this.latest(questionId);
    if (!latest || inTime(latest.answered_at)) return false;
    const all = this.all();
    [this.entries, this.#newest].forEach((one) => one.clear());
    all.filter((entry) => inTime(entry.answered_at)).forEach((entry) => this.#take(entry));
    this.setApart(all.filter((entry) => !inTime(entry.answered_at)));
    return true;
  }

  /** Take over the name on the file and when one was saved last. */
  learn({ learner, exported_at: at }, force = false) {
    this.facts = {
      learner: force ? learner : this.facts.learner || learner,
      exported_at: inTime(at) && at > this.facts.exported_at ? at : this.facts.exported_at,
    };
    this.keep.writeFacts(this.facts);
  }

  /** Remove this journal from the page, the browser, its file and the other tabs. */
  clear() {
    this.keep.tellCleared();
    this.keep.wipe();
    this.forget(true);
    this.door.dropKind("cleared"); // what another tab cleared before is not offered any more
    this.channels.forEach((channel) => channel.clear());
    this.notify();
  }

  get isPrivate() {
    return this.keep.isPrivate;
  }

  /** Keep nothing in this browser, or keep a copy again. */
  setPrivate(on) {
    this.keep.setPrivate(on);
    if (on) this.keep.wipe();
    this.keep.setPrivate(on); // a full browser has room for the mark only now
    this.privacyChanged();
  }

  /** Here or in another tab. */
  privacyChanged() {
    if (this.isPrivate) {
      this.#mirrored.clear();
      this.keep.wipeTab();
    } else this.mirrorAll();
    this.notify();
  }

  /** Answers that this browser has no room for. */
  get unkept() {
    return this.isPrivate ? [] : this.all().filter((entry) => !this.#isMirrored(entry));
  }

  // ---- the ways to Python

  get channels() {
    return [...this.#channels.values()].map(({ channel }) => channel);
  }

  /** The channel of a link to Python, shared by all who ask; `leave` when done. */
  join(model) {
    let shared = this.#channels.get(model);
    if (!shared) {
      this.#names.browser ||= browserName(newId());
      shared = { channel: createChannel(model, this, this.#names), users: 0 };
      this.#channels.set(model, shared);
      shared.channel.hello();
    }
    shared.users++;
    return shared.channel;
  }

  leave(model) {
    const shared = this.#channels.get(model);
    if (!shared || --shared.users > 0) return;
    shared.channel.close();
    this.#channels.delete(model);
  }

  /** Hear of every change and hold the way to Python open until the widget goes; the channel, null without Python. */
  follow(model, changed, signal) {
    const channel = model ? this.join(model) : null;
    const unsubscribe = this.subscribe(changed);
    signal.addEventListener("abort", () => {
      unsubscribe();
      if (model) this.leave(model);
    });
    return channel;
  }

  /** Take over what Python read from the file; returns the entries that are well. */
  takeFromDisk(list) {
    const read = list
      .map((given) => parseStored(JSON.stringify(given)))
      .filter((entry) => entry && inTime(entry.answered_at));
    this.#add(read);
    read.forEach(this.watch.known);
    return read;
  }

  // ---- what the door and the watch use

  /** The date of an entry that this page wrote; null for others. */
  ownStamp = (entryId) => (this.#own.has(entryId) ? (this.entries.get(entryId)?.answered_at ?? null) : null);

  /** Keep one entry in this browser. */
  mirror = (entry) => this.keep.write(entry) && this.#mirrored.set(entry.entry_id, entry.answered_at);

  /** Put back whatever another page removed. */
  mirrorAll() {
    this.entries.forEach(this.mirror);
    this.typed().forEach(([questionId, draft]) => this.keep.writeDraft(questionId, draft));
    this.keep.writeFacts(this.facts);
  }

  /** Nothing of this journal is left in the page; other journals' predictions stay made. */
  forget(isHere = false) {
    this.clearings++;
    this.isClearedHere = isHere;
    this.keep.wipeTab();
    [this.entries, this.#newest, this.#mirrored, this.#drafts, this.#apart, this.watch].forEach((one) => one.clear());
    this.setApart([]);
    this.facts = noFacts();
    closeAll();
    books.forEach((book) => book.entries.forEach((entry) => open(entry.question_id)));
  }

  // ---- inside

  #nextStamp(questionId) {
    return stampAfter(this.latest(questionId)?.answered_at);
  }

  #isMirrored(entry) {
    return this.#mirrored.get(entry.entry_id) === entry.answered_at;
  }

  /** Take over an entry unless a newer state of it is here. */
  #take(entry) {
    const here = this.entries.get(entry.entry_id);
    if (here && compareText(here.answered_at, entry.answered_at) >= 0) return false;
    this.entries.set(entry.entry_id, entry);
    const latest = this.#newest.get(entry.question_id);
    if (latest?.entry_id === entry.entry_id || isNewer(entry, latest)) this.#newest.set(entry.question_id, entry);
    open(entry.question_id);
    return true;
  }

  #add(list) {
    list.filter((entry) => this.#take(entry)).forEach(this.mirror);
  }

  /** Read this journal's own copy; what appeared in it under an open page and was never confirmed stays outside. */
  #readMirror() {
    const strange = this.keep.strange();
    const read = this.keep.entries();
    for (const entry of read.filter((one) => inTime(one.answered_at))) {
      if (strange.get(entry.entry_id) === entry.answered_at) this.watch.found(entry);
      else if (this.#take(entry)) this.#mirrored.set(entry.entry_id, entry.answered_at);
    }
    this.setApart(read.filter((one) => !inTime(one.answered_at)));
  }
}

/** The journal that a link to Python writes to; without one, the journal of a page without Python. */
export function journal(link) {
  const id = link?.get("identity") || WITHOUT_PYTHON;
  if (!books.has(id)) books.set(id, new Book(id));
  return books.get(id);
}
