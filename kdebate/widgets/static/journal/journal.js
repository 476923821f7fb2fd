// The page's own journal: every answer at once in memory, in this browser, and, over the links to Python, on disk.
// One per page, whatever the number of exercises and notebooks; it works with a dead Python and with none.

import { closeAll, open } from "../page/gate.js";
import { beside, compareText, readEntry, SCHEMA } from "./portfolio.js";

const page = (globalThis.__kdebate ??= {});
const PLACE = "kdebate/journal/"; // keys are kdebate/journal/<schema version>/<entry id>: tabs never write the same key
const DRAFTS = "kdebate/draft/"; // and the question's id
const FACTS = "kdebate/facts";
const AGAIN = 20_000; // ms until an answer that Python has not confirmed is sent again

const stampAfter = (latest) => new Date(Math.max(Date.now(), latest ? Date.parse(latest) + 1 : 0)).toISOString();
const isNewer = (entry, other) => !other || compareText(entry.answered_at, other.answered_at) > 0
  || (entry.answered_at === other.answered_at && compareText(entry.entry_id, other.entry_id) > 0);

/** A name for one sitting: random, as two tabs may write at the same moment. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---- this browser ---------------------------------------------------------------------------------------------------------

/** Read what an entry's key holds; what is not an entry is left alone. */
function parseStored(text) {
  try {
    return readEntry(JSON.parse(text));
  } catch (error) {
    console.warn("an answer in this browser cannot be read", error);
    return null;
  }
}

/** Whether a key is one of ours, of this version or an older one. */
function isOurs(key) {
  if (!key?.startsWith(PLACE)) return false;
  const version = Number(key.slice(PLACE.length).split("/")[0]);
  return Number.isInteger(version) && version <= SCHEMA;
}

/** This browser's storage, or null where it is switched off. */
function storage() {
  try {
    return globalThis.localStorage;
  } catch (error) {
    console.warn("this browser keeps nothing", error);
    return null;
  }
}

function allKeys(store) {
  return store ? Array.from({ length: store.length }, (_, i) => store.key(i)) : [];
}

/** A draft as it was kept, or null; what cannot be read is no draft. */
function readDraft(store, key) {
  try {
    const draft = JSON.parse(store?.getItem(key) ?? "null");
    return draft !== null && typeof draft.values === "object" ? draft : null;
  } catch (error) {
    console.warn("a draft in this browser cannot be read", error);
    return null;
  }
}

/** Write, and read back: only what is really there counts as saved. */
function writeStored(store, key, text) {
  try {
    store.setItem(key, text);
    return store.getItem(key) === text;
  } catch (error) {
    console.warn("this browser keeps nothing more", error);
    return false;
  }
}

function readFacts(store) {
  try {
    const told = JSON.parse(store?.getItem(FACTS) ?? "{}");
    return { learner: String(told.learner ?? ""), exported_at: String(told.exported_at ?? "") };
  } catch (error) {
    console.warn("facts in this browser cannot be read", error);
    return { learner: "", exported_at: "" };
  }
}

// ---- one way to Python ------------------------------------------------------------------------------------------------------

/** The link of one notebook: sends answers, and knows which of them are on its disk. */
function createChannel(model, journal) {
  const channel = { onDisk: new Map(), welcomed: false, problem: "", notice: "", learner: "", exported_at: "" };
  const kernel = model.widget_manager?.kernel;

  function send(content) {
    try {
      model.send(content);
    } catch (error) {
      console.warn("Python does not hear", error); // the answer stays in this browser and goes when Python is back
    }
  }
  const hello = () => send({ ask: "hello", have: journal.all().map((entry) => [entry.entry_id, entry.answered_at]) });
  const waiting = () => journal.all().filter((entry) => channel.onDisk.get(entry.entry_id)?.stamp !== entry.answered_at);
  const note = (ids, at) => ids.forEach(([id, stamp]) => channel.onDisk.set(id, { stamp, at: at ?? stamp }));

  const hear = {
    welcome(told) {
      channel.welcomed = true;
      channel.onDisk.clear();
      note(told.on_disk);
      Object.assign(channel, { problem: told.problem, notice: told.notice, learner: told.learner, exported_at: told.exported_at });
      journal.takeFromDisk(told.entries);
      journal.learn(told);
      put(journal.all().filter((entry) => told.want.includes(entry.entry_id)));
    },
    written(told) {
      channel.problem = "";
      note(told.ids, new Date().toISOString());
      if (told.again) hello();
    },
    refused: (told) => (channel.problem = told.problem),
    cleared: () => channel.onDisk.clear(),
    noted: () => {},
  };

  function heard(content) {
    if (!Object.hasOwn(hear, content?.tell)) return;
    hear[content.tell](content);
    journal.notify();
  }
  function put(entries) {
    if (entries.length) send({ ask: "put", entries });
  }
  const reconnected = () => kernel.connectionStatus === "connected" && hello();

  model.on("msg:custom", heard);
  kernel?.connectionStatusChanged?.connect(reconnected);
  const timer = setInterval(() => channel.welcomed && put(waiting()), AGAIN);
  return Object.assign(channel, {
    hello,
    put,
    waiting,
    clear: () => send({ ask: "clear" }),
    saved: (at, learner) => send({ ask: "saved", at, learner }),
    close() {
      clearInterval(timer);
      model.off("msg:custom", heard);
      kernel?.connectionStatusChanged?.disconnect(reconnected);
    },
  });
}

// ---- the journal ------------------------------------------------------------------------------------------------------------

function createJournal() {
  const store = storage();
  const entries = new Map();
  const newest = new Map(); // question id -> entry
  const mirrored = new Map(); // entry id -> answered_at
  const channels = new Map(); // link model -> { channel, users }
  const drafts = new Map(); // question id -> { base, values }, or null
  const listeners = new Set();
  let clearings = 0;
  let clearedHere = false;
  let facts = readFacts(store);

  const notify = () => listeners.forEach((tell) => tell());

  /** Take over an entry unless a newer state of it is here. */
  function take(entry) {
    const here = entries.get(entry.entry_id);
    if (here && compareText(here.answered_at, entry.answered_at) >= 0) return false;
    entries.set(entry.entry_id, entry);
    const latest = newest.get(entry.question_id);
    if (latest?.entry_id === entry.entry_id || isNewer(entry, latest)) newest.set(entry.question_id, entry);
    if (entry.kind === "predict") open(entry.question_id);
    return true;
  }

  function mirror(entry) {
    const key = `${PLACE}${SCHEMA}/${entry.entry_id}`;
    if (store && writeStored(store, key, JSON.stringify(entry))) mirrored.set(entry.entry_id, entry.answered_at);
  }

  function readMirror() {
    for (const key of allKeys(store).filter(isOurs)) {
      const entry = parseStored(store.getItem(key));
      if (entry && take(entry)) mirrored.set(entry.entry_id, entry.answered_at);
    }
  }

  function forget(here) {
    clearings++;
    clearedHere = here;
    drafts.clear();
    entries.clear();
    newest.clear();
    mirrored.clear();
    facts = { learner: "", exported_at: "" };
    closeAll();
  }

  /** Another tab of this browser wrote or cleared. */
  function otherTab(event) {
    if (event.key !== null && !isOurs(event.key)) return;
    if (event.newValue === null) {
      // Only "Clear this computer" removes keys, and it removes all.
      if (entries.size) forget(false);
    } else {
      const entry = parseStored(event.newValue);
      if (entry && take(entry)) mirrored.set(entry.entry_id, entry.answered_at);
    }
    notify();
  }

  function add(list) {
    const taken = list.filter(take);
    taken.forEach(mirror);
    return taken;
  }

  const journal = {
    all: () => [...entries.values()],
    latest: (questionId) => newest.get(questionId) ?? null,
    /** Every version of the answer to a question, newest first. */
    versions: (questionId) => [...entries.values()].filter((entry) => entry.question_id === questionId).sort((a, b) => (isNewer(a, b) ? -1 : 1)),
    get facts() {
      return facts;
    },
    /** How often all was removed while this page was open. */
    get clearings() {
      return clearings;
    },
    /** Whether the last time was "Clear this computer" on this page. */
    get clearedHere() {
      return clearedHere;
    },
    /** What was typed and not stored: the values of the form, and the `answered_at` of the answer they change. */
    draft(questionId) {
      return drafts.has(questionId) ? drafts.get(questionId) : readDraft(store, DRAFTS + questionId);
    },
    /** How many questions have a draft. */
    get drafts() {
      const ids = new Set(allKeys(store).filter((key) => key.startsWith(DRAFTS)).map((key) => key.slice(DRAFTS.length)));
      drafts.forEach((draft, id) => (draft ? ids.add(id) : ids.delete(id)));
      return ids.size;
    },
    /** Keep what was typed, or forget it (null); says whether this browser holds it. */
    keepDraft(questionId, draft) {
      drafts.set(questionId, draft);
      if (store && draft) return writeStored(store, DRAFTS + questionId, JSON.stringify(draft));
      store?.removeItem(DRAFTS + questionId);
      return !draft;
    },
    notify,
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    /** Store one answer; returns its entry. The same id again is the same sitting: its newer state replaces the older. */
    put(given, channel) {
      const entry = readEntry({ ...given, answered_at: stampAfter(newest.get(given.question_id)?.answered_at) });
      add([entry]);
      channel?.put([entry]);
      notify();
      return entry;
    },
    /** How safe the newest answer is: "no", "browser" or "disk" with the time. */
    saved(questionId, channel) {
      const entry = newest.get(questionId);
      if (!entry) return { state: "no" };
      const disk = channel?.onDisk.get(entry.entry_id);
      if (disk?.stamp === entry.answered_at) return { state: "disk", at: disk.at };
      return { state: mirrored.get(entry.entry_id) === entry.answered_at ? "browser" : "no", lost: mirrored.get(entry.entry_id) !== entry.answered_at };
    },
    takeFromDisk: (list) => add(list.map((given) => readEntry(given))),
    /** Put the answers of a file beside what is here; returns how many were new. */
    restore(list) {
      const fresh = list.map((entry) => beside(entry, entries)).filter(Boolean);
      add(fresh);
      for (const { channel } of channels.values()) channel.put(fresh);
      notify();
      return fresh.length;
    },
    learn({ learner, exported_at: at }, force = false) {
      facts = { learner: force ? learner : facts.learner || learner, exported_at: at > facts.exported_at ? at : facts.exported_at };
      if (store) writeStored(store, FACTS, JSON.stringify(facts));
    },
    clear() {
      const mine = (key) => isOurs(key) || key?.startsWith(DRAFTS) || key === FACTS;
      for (const key of allKeys(store).filter(mine)) store.removeItem(key);
      forget(true);
      for (const { channel } of channels.values()) channel.clear();
      notify();
    },
    /** The channel of a link to Python, shared by all who ask; `leave` when done. */
    join(model) {
      let shared = channels.get(model);
      if (!shared) {
        shared = { channel: createChannel(model, journal), users: 0 };
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
  readMirror();
  globalThis.addEventListener?.("storage", otherTab);
  return journal;
}

/** The one journal of this page. */
export function journal() {
  return (page.journal ??= createJournal());
}
