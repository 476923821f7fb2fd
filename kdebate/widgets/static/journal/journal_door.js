// What lies before the door: answers that this page did not write and no file knows. Nothing goes in unless the learner
// says so, and nothing of ours goes because another page of this address removed it.

import { parseStored } from "./journal_keep.js";
import { beside, canonical, inTime } from "./portfolio.js";

const ASK_FILE = [300, 1500, 4000]; // ms: when the file is asked whether it knows what another tab wrote or cleared
const AT_LAST = 8000; // ms: when it has had its time

const isSame = (entry, other) =>
  entry?.answered_at === other?.answered_at && canonical(entry.answer) === canonical(other.answer);

/**
 * The questions to the learner.
 * @param {import("../types.d.ts").Book} book  brings answers in
 * @param {any} keep  this browser's storage, with what lies there of other journals
 */
export function createDoor(book, keep) {
  const finds = new Map(); // name -> { kind, entries, bring, remove, lasts, learner?, quiet? }
  const isAsked = ([name, find]) => !find.quiet && find.entries.length > 0 && !keep.left().includes(name);
  for (const { owner, entries, learner, remove } of keep.others()) {
    const good = entries.filter((entry) => inTime(entry.answered_at));
    const kind = owner ? "journal" : "old";
    finds.set(`journal ${owner}`, {
      kind,
      entries: good,
      learner,
      remove,
      lasts: true,
      bring: (list) => book.restore(list),
    });
  }
  return {
    /** What the learner is asked about now. */
    get finds() {
      return [...finds].filter(isAsked).map(([name, find]) => ({ name, ...find }));
    },
    put: (name, find) => finds.set(name, find),
    dropKind: (kind) => [...finds].forEach(([name, find]) => find.kind === kind && finds.delete(name)),
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
}

const live = (book) => book.channels.filter((channel) => channel.welcomed);

/** Entries that appeared or changed in the storage: set aside until the file knows them, or the learner does. */
function createStrangers(book, keep, door) {
  const strange = new Map(); // entry id -> entry
  let timers = [];
  const show = (quiet) =>
    door.put("tab", { kind: "tab", entries: [...strange.values()], quiet, bring, remove, lasts: false });

  /** It is settled: the storage holds our state of it again, if there is one. */
  function accept({ entry_id: id }) {
    strange.delete(id);
    keep.remove("strange", id);
    if (book.entries.has(id)) book.mirror(book.entries.get(id));
    show(false);
  }
  function bring(entries) {
    entries.forEach(accept);
    book.restore(entries);
  }
  function remove() {
    for (const entry of strange.values()) {
      keep.remove("journal", entry.entry_id);
      accept(entry);
    }
  }
  /** Ask the files a few times: the tab that wrote it may have told them, too. */
  function ask() {
    timers.forEach(clearTimeout);
    const channels = live(book);
    const give = () => strange.size && channels.forEach((channel) => channel.give([...strange.keys()]));
    timers = channels.length ? ASK_FILE.map((wait) => setTimeout(give, wait)) : [];
    if (channels.length) timers.push(setTimeout(() => [show(false), book.notify()], AT_LAST));
    show(channels.length > 0);
  }
  return {
    /** Another page wrote an entry. `keepsOurs`: write our state of it beside it. */
    met(entry, keepsOurs) {
      const here = book.entries.get(entry.entry_id);
      if (isSame(entry, here)) return;
      if (here && keepsOurs) keep.write(beside(here, new Map([[entry.entry_id, entry]]))); // ours stays, whatever becomes of theirs
      strange.set(entry.entry_id, entry);
      keep.markStrange(entry);
      ask();
    },
    /** It was marked so before this page opened. */
    found: (entry) => [strange.set(entry.entry_id, entry), show(false)],
    /** The file knows it, or a newer state of it. */
    known: (entry) => strange.get(entry.entry_id)?.answered_at <= entry.answered_at && accept(entry),
    clear: () => [strange.clear(), show(false)],
  };
}

/** Another tab says that it cleared this journal: done here when the file is empty, else out of sight and asked about. */
function createClearing(book, door) {
  let pending = null; // { timer, whenEmpty }
  function end(how) {
    clearTimeout(pending?.timer);
    pending = null;
    how();
    book.notify();
  }
  function hide() {
    const [gone, typed] = [book.all(), book.typed()];
    const bring = (list) => {
      typed.forEach(([questionId, draft]) => book.keepDraft(questionId, draft));
      book.restore(list);
    };
    book.forget();
    door.put("cleared", { kind: "cleared", entries: gone, bring, remove: () => {}, lasts: false });
  }
  return {
    /** Whether the file is being asked: nothing is sent or put back meanwhile. */
    get isPending() {
      return pending !== null;
    },
    begin() {
      const channels = live(book);
      const isOnDisk = () => channels.some((channel) => channel.onDisk.size);
      const wasAllThere = isOnDisk() && channels.some((channel) => channel.waiting().length === 0);
      const whenEmpty = wasAllThere ? () => book.forget() : hide; // what the file never held it cannot confirm
      clearTimeout(pending?.timer);
      if (!channels.length) return end(hide);
      for (const wait of ASK_FILE) setTimeout(() => pending && channels.forEach((channel) => channel.hello()), wait);
      pending = {
        timer: setTimeout(() => end(isOnDisk() ? () => book.mirrorAll() : hide), AT_LAST),
        whenEmpty: () => end(whenEmpty),
      };
      return undefined;
    },
    heardOfFile: (isEmpty) => isEmpty && pending.whenEmpty(),
  };
}

/** Watch what other pages of this address do to the storage. */
export function createWatch(book, keep, door) {
  const strangers = createStrangers(book, keep, door);
  const clearing = createClearing(book, door);
  const { found, known, clear } = strangers;

  /** While the file is asked about a clearing nothing is put back; who wrote what is noted all the same. */
  function entryChanged(entryId, text) {
    const entry = text === null ? null : parseStored(text);
    const putsBack = !clearing.isPending;
    if (entry?.entry_id === entryId && inTime(entry.answered_at)) strangers.met(entry, putsBack);
    else if (putsBack && book.entries.has(entryId)) book.mirror(book.entries.get(entryId)); // removed, spoilt or out of time
    book.notify();
  }
  return {
    found,
    known,
    clear,
    get isClearing() {
      return clearing.isPending;
    },
    /** Python told what the file holds. Whether that was the answer to a clearing in another tab. */
    heardOfFile(isEmpty) {
      if (!clearing.isPending) return false;
      clearing.heardOfFile(isEmpty);
      return true;
    },
    heard(event) {
      if (event.key === null) return clearing.isPending || book.mirrorAll();
      if (keep.isPrivateKey(event.key)) return book.privacyChanged();
      const [part, name] = keep.part(event.key) ?? [];
      if (part === "cleared" && event.newValue !== null) clearing.begin();
      if (part === "strange" && event.newValue === JSON.stringify(book.ownStamp(name))) keep.remove("strange", name); // another tab wondered at ours
      if (part === "draft" && event.newValue === null) book.keepDraft(name, book.draft(name));
      if (part === "journal") entryChanged(name, event.newValue);
      return undefined;
    },
  };
}
