// The page's own journals: every answer at once in memory, in this browser, and, over the links to Python, on disk.
// One per journal file, whatever the number of exercises and notebooks; they work with a dead Python and with none.
// What did not come from this page's own keyboard, from its file or from its own copy counts only when the learner says so.

import { closeAll, open } from "./gate.js";
import { createChannel } from "./journal_channel.js";
import { browserName, createKeep, parseStored } from "./journal_keep.js";
import { beside, canonical, compareText, inTime, readEntry, stampAfter } from "./portfolio.js";

const page = (globalThis.__kdebate ??= {});
const books = (page.journals ??= new Map()); // id -> journal
const WITHOUT_PYTHON = "page"; // the id of the one journal of a page without Python
const ASK_FILE = [300, 1500, 4000]; // ms: when the file is asked whether it knows what another tab wrote or cleared

const isNewer = (entry, other) => !other || compareText(entry.answered_at, other.answered_at) > 0
  || (entry.answered_at === other.answered_at && compareText(entry.entry_id, other.entry_id) > 0);
const isSame = (entry, other) => entry?.answered_at === other?.answered_at && canonical(entry.answer) === canonical(other.answer);

/** A name for one sitting: random, as two tabs may write at the same moment. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The entries of a page, and the newest of each question. */
function createShelf() {
  const entries = new Map();
  const newest = new Map(); // question id -> entry
  return {
    entries,
    newest,
    /** Take over an entry unless a newer state of it is here. */
    take(entry) {
      const here = entries.get(entry.entry_id);
      if (here && compareText(here.answered_at, entry.answered_at) >= 0) return false;
      entries.set(entry.entry_id, entry);
      const latest = newest.get(entry.question_id);
      if (latest?.entry_id === entry.entry_id || isNewer(entry, latest)) newest.set(entry.question_id, entry);
      if (entry.kind === "predict") open(entry.question_id);
      return true;
    },
    clear() {
      entries.clear();
      newest.clear();
    },
  };
}

/**
 * What lies before the door: answers that this page did not write and no file knows. The learner is asked.
 * @param {object} book  brings answers in
 * @param {object} keep  this browser's storage
 */
function createDoor(book, keep) {
  const finds = new Map(); // name -> { kind, entries, learner?, remove? }
  const shown = ([name, find]) => !find.quiet && find.entries.length > 0 && !keep.left().includes(name);
  const door = {
    /** What the learner is asked about now. */
    get finds() {
      return [...finds].filter(shown).map(([name, find]) => ({ name, ...find }));
    },
    put: (name, find) => finds.set(name, find),
    drop: (name) => finds.delete(name),
    /** The learner's answer to a find: "bring", "leave" or "remove". */
    settle(name, how) {
      const find = finds.get(name);
      finds.delete(name);
      if (how === "bring") find.bring(find.entries);
      if (how === "remove") find.remove();
      else if (find.lasts) keep.leave(name);
      book.notify();
    },
  };
  for (const { owner, entries, learner, remove } of keep.others()) {
    const good = entries.filter((entry) => inTime(entry.answered_at));
    door.put(`journal ${owner}`, { kind: owner ? "journal" : "old", entries: good, learner, remove, lasts: true, bring: book.restore });
  }
  return door;
}

/** Entries that appear or change in the storage under the open page: set aside until the file knows them, or the learner does. */
function createWatch(book, { shelf, keep, door, channels, mirror, own }) {
  const strange = new Map(); // entry id -> entry
  let timers = [];
  const show = (quiet) => door.put("tab", { kind: "tab", entries: [...strange.values()], quiet, bring, remove, lasts: false });

  function bring(entries) {
    entries.forEach(accept);
    book.restore(entries);
  }
  function remove() {
    strange.forEach((entry) => {
      accept(entry);
      keep.remove("journal", entry.entry_id);
      if (shelf.entries.has(entry.entry_id)) mirror(shelf.entries.get(entry.entry_id));
    });
  }
  function accept(entry) {
    strange.delete(entry.entry_id);
    keep.remove("strange", entry.entry_id);
    show(false);
  }
  /** Ask the files a few times: the tab that wrote it may have told them, too. */
  function ask() {
    timers.forEach(clearTimeout);
    const live = [...channels.values()].map(({ channel }) => channel).filter((channel) => channel.welcomed);
    timers = live.length ? ASK_FILE.map((wait) => setTimeout(() => strange.size && live.forEach((channel) => channel.give([...strange.keys()])), wait)) : [];
    if (live.length) timers.push(setTimeout(() => [show(false), book.notify()], 2 * ASK_FILE.at(-1)));
    show(live.length > 0);
  }
  return {
    ask,
    /** Another page wrote an entry. */
    met(entry) {
      const here = shelf.entries.get(entry.entry_id);
      if (isSame(entry, here)) return;
      if (here) keep.write(beside(here, new Map([[entry.entry_id, entry]]))); // ours stays, whatever becomes of theirs
      strange.set(entry.entry_id, entry);
      keep.markStrange(entry);
      ask();
    },
    /** An entry of the storage that was marked so before the page opened. */
    found: (entry) => [strange.set(entry.entry_id, entry), show(false)],
    /** The file knows it. */
    known: (entry) => strange.has(entry.entry_id) && accept(entry),
    /** Another tab took one of ours for strange. */
    isMine: (entryId) => own.has(entryId) && keep.remove("strange", entryId),
    clear: () => [strange.clear(), show(false)],
  };
}

function createJournal(id) {
  const keep = createKeep(id);
  const shelf = createShelf();
  const { entries, newest } = shelf;
  const mirrored = new Map(); // entry id -> answered_at
  const channels = new Map(); // link model -> { channel, users }
  const drafts = new Map(); // question id -> { base, values }, or null
  const listeners = new Set();
  const own = new Set(); // entry ids that this page wrote
  const apart = new Map(); // entry id -> entry whose date cannot be true
  const names = { page: newId(), browser: "" };
  let clearings = 0;
  let clearing = null; // { timer, whenEmpty } while the file is asked whether another tab cleared it
  let facts = keep.facts();

  const notify = () => listeners.forEach((tell) => tell());
  const tellAll = (tell) => channels.forEach(({ channel }) => tell(channel));
  function mirror(entry) {
    if (keep.write(entry)) mirrored.set(entry.entry_id, entry.answered_at);
  }
  function add(list) {
    const taken = list.filter(shelf.take);
    taken.forEach(mirror);
    return taken;
  }
  function mirrorAll() {
    entries.forEach(mirror);
    drafts.forEach((draft, questionId) => draft && keep.writeDraft(questionId, draft));
    keep.writeFacts(facts);
  }
  /** Nothing of this journal is left in the page; other journals' predictions stay made. */
  function forget() {
    clearings++;
    [drafts, shelf, mirrored, watch, apart].forEach((one) => one.clear());
    journal.setApart([]);
    facts = { learner: "", exported_at: "" };
    closeAll();
    books.forEach((one) => one.all().forEach((entry) => entry.kind === "predict" && open(entry.question_id)));
  }

  const journal = {
    id,
    all: () => [...entries.values()],
    latest: (questionId) => newest.get(questionId) ?? null,
    get facts() {
      return facts;
    },
    /** How often all was removed while this page was open. */
    get clearings() {
      return clearings;
    },
    /** Whether the file is being asked if another tab cleared it: nothing is sent meanwhile. */
    get isClearing() {
      return clearing !== null;
    },
    /** What was typed and not stored: the values of the form, and the `answered_at` of the answer they change. */
    draft(questionId) {
      return drafts.has(questionId) ? drafts.get(questionId) : keep.draft(questionId);
    },
    /** How many questions have a draft. */
    get drafts() {
      const ids = new Set(keep.draftIds());
      drafts.forEach((draft, questionId) => (draft ? ids.add(questionId) : ids.delete(questionId)));
      return ids.size;
    },
    keepDraft(questionId, draft) {
      drafts.set(questionId, draft);
      keep.writeDraft(questionId, draft);
    },
    notify,
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    /** Store one answer; returns its entry. The same id again is the same sitting: its newer state replaces the older. */
    put(given, channel) {
      const entry = readEntry({ ...given, answered_at: stampAfter(newest.get(given.question_id)?.answered_at) });
      own.add(entry.entry_id);
      add([entry]);
      channel?.put([entry]);
      notify();
      return entry;
    },
    /** How safe the newest answer is: "no", "browser" or "disk" with the time; `lost` when this browser refused to keep it. */
    saved(questionId, channel) {
      const entry = newest.get(questionId);
      if (!entry) return { state: "no" };
      const disk = channel?.onDisk.get(entry.entry_id);
      if (disk?.stamp === entry.answered_at) return { state: "disk", at: disk.at };
      const isHere = mirrored.get(entry.entry_id) === entry.answered_at;
      return { state: isHere ? "browser" : "no", lost: !isHere && !keep.isPrivate };
    },
    /** Take over what Python read from the file; returns the entries that are well. */
    takeFromDisk(list) {
      const read = list.map((given) => parseStored(JSON.stringify(given))).filter((entry) => entry && inTime(entry.answered_at));
      add(read);
      read.forEach(watch.known);
      return read;
    },
    /** Put the answers of a file beside what is here; returns how many were new. */
    restore(list) {
      const fresh = list.map((entry) => beside(entry, entries)).filter(Boolean);
      add(fresh);
      tellAll((channel) => channel.put(fresh));
      notify();
      return fresh.length;
    },
    /** Set answers apart whose dates cannot be true; the learner may bring them in with the present date. */
    setApart(list) {
      list.forEach((entry) => apart.set(entry.entry_id, entry));
      const ids = [...apart.keys()].sort().join(" ");
      const present = (entry) => ({ ...entry, entry_id: `${entry.entry_id.slice(0, 100)}~now`, answered_at: stampAfter(newest.get(entry.question_id)?.answered_at) });
      door.finds.filter(({ kind }) => kind === "apart").forEach(({ name }) => door.drop(name));
      door.put(`apart ${ids.slice(0, 200)}`, { kind: "apart", entries: [...apart.values()], bring: (found) => journal.restore(found.map(present)), remove: null, lasts: true });
    },
    learn({ learner, exported_at: at }, force = false) {
      facts = { learner: force ? learner : facts.learner || learner, exported_at: inTime(at) && at > facts.exported_at ? at : facts.exported_at };
      keep.writeFacts(facts);
    },
    clear() {
      keep.tellCleared();
      keep.wipe();
      forget();
      tellAll((channel) => channel.clear());
      notify();
    },
    /** Python told what the file holds. Whether that was the answer to a clearing in another tab, which is then done here. */
    heardOfFile(isEmpty) {
      if (clearing === null) return false;
      if (isEmpty) clearing.whenEmpty();
      return true;
    },
    /** Answers that this browser has no room for. */
    get unkept() {
      return keep.isPrivate ? [] : journal.all().filter((entry) => mirrored.get(entry.entry_id) !== entry.answered_at);
    },
    get isPrivate() {
      return keep.isPrivate;
    },
    /** Keep nothing in this browser, or keep a copy again. */
    setPrivate(on) {
      keep.setPrivate(on);
      if (on) [keep.wipe(), mirrored.clear()];
      else mirrorAll();
      notify();
    },
    get finds() {
      return door.finds;
    },
    settle: (name, how) => door.settle(name, how),
    /** The channel of a link to Python, shared by all who ask; `leave` when done. */
    join(model) {
      let shared = channels.get(model);
      if (!shared) {
        names.browser ||= browserName(newId());
        shared = { channel: createChannel(model, journal, names), users: 0 };
        channels.set(model, shared);
        shared.channel.hello();
      }
      shared.users++;
      return shared.channel;
    },
    leave(model) {
      const shared = channels.get(model);
      if (!shared || --shared.users > 0) return;
      shared.channel.close();
      channels.delete(model);
    },
  };
  const door = createDoor(journal, keep);
  const watch = createWatch(journal, { shelf, keep, door, channels, mirror, own });

  /** Read this journal's own copy; what appeared in it under an open page and was never confirmed stays outside. */
  function readMirror() {
    const strange = keep.strange();
    const read = keep.entries();
    for (const entry of read.filter((one) => inTime(one.answered_at))) {
      if (strange.get(entry.entry_id) === entry.answered_at) watch.found(entry);
      else if (shelf.take(entry)) mirrored.set(entry.entry_id, entry.answered_at);
    }
    journal.setApart(read.filter((one) => !inTime(one.answered_at)));
  }

  function endClearing(how) {
    clearTimeout(clearing?.timer);
    clearing = null;
    how();
    notify();
  }
  /** Another tab says that it cleared this journal: done here when the file is empty, else out of sight and asked about. */
  function otherTabCleared() {
    const live = [...channels.values()].map(({ channel }) => channel).filter((channel) => channel.welcomed);
    const wasOnDisk = live.some((channel) => channel.onDisk.size);
    const doubtful = () => {
      const gone = journal.all();
      forget();
      door.put("cleared", { kind: "cleared", entries: gone, bring: journal.restore, remove: () => {}, lasts: false });
    };
    if (!live.length) return endClearing(doubtful);
    for (const wait of ASK_FILE) setTimeout(() => clearing !== null && live.forEach((channel) => channel.hello()), wait);
    const atLast = () => endClearing(live.some((channel) => channel.onDisk.size) ? mirrorAll : doubtful);
    clearTimeout(clearing?.timer);
    clearing = { timer: setTimeout(atLast, 2 * ASK_FILE.at(-1)), whenEmpty: () => endClearing(wasOnDisk ? forget : doubtful) };
  }

  /** Another page of this address wrote or removed something. Nothing is taken in, and nothing of ours goes, without a reason. */
  function otherPage(event) {
    if (event.key === null) return clearing === null && mirrorAll();
    const [part, name] = keep.part(event.key) ?? [];
    if (part === "cleared" && event.newValue !== null) otherTabCleared();
    if (part === "strange" && event.newValue !== null) watch.isMine(name);
    if (part === "draft" && drafts.get(name)) keep.writeDraft(name, drafts.get(name));
    if (part !== "journal" || clearing !== null) return undefined;
    const entry = event.newValue === null ? null : parseStored(event.newValue);
    if (entry?.entry_id === name && inTime(entry.answered_at)) watch.met(entry);
    else if (entries.has(name)) mirror(entries.get(name));
    return notify();
  }
  readMirror();
  globalThis.addEventListener?.("storage", otherPage);
  return journal;
}

/** The journal that a link to Python writes to; without one, the journal of a page without Python. */
export function journal(link) {
  const id = link?.get("identity") || WITHOUT_PYTHON;
  if (!books.has(id)) books.set(id, createJournal(id));
  return books.get(id);
}
