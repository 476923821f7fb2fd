// What this browser keeps: the copy of one journal, its drafts, its facts. Whoever is served at the same address reads
// and writes the same storage, so keys carry the server's path and the journal's id, and what is read is checked.

import { inTime, readAnyTime } from "./portfolio.js";

const VERSION = 2; // of the keys; 0 and 1 had no owner
const OLD = /^kdebate\/(journal\/[01]\/|draft\/(?!2\/)|facts$)/;
const BROWSER = "kdebate/browser";

/** The path that this server owns on its machine: on a hub, /user/name/. */
function address() {
  const told = document.getElementById("jupyter-config-data")?.textContent;
  return encodeURIComponent(told ? JSON.parse(told).baseUrl : new URL(".", document.baseURI).pathname);
}

/** This browser's storage, or that of this tab alone; null where it is switched off. */
function storage(name = "localStorage") {
  try {
    return globalThis[name];
  } catch (error) {
    console.warn("this browser keeps nothing", error);
    return null;
  }
}

const allKeys = (store) => (store ? Array.from({ length: store.length }, (_, i) => store.key(i)) : []);

/** What follows a beginning that keys share. */
const namesAfter = (store, start) =>
  allKeys(store).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));

/** What a key holds as JSON, or null; what cannot be read is nothing. */
function readJson(store, key) {
  try {
    return JSON.parse(store?.getItem(key) ?? "null");
  } catch (error) {
    console.warn("something in this browser cannot be read", key, error);
    return null;
  }
}

/** Write, and read back: only what is really there counts as saved. */
function write(store, key, text) {
  try {
    store.setItem(key, text);
    return store.getItem(key) === text;
  } catch (error) {
    console.warn("this browser keeps nothing more", error);
    return false;
  }
}

/** The entry in a text of the storage, whatever its date; null where it is none. */
export function parseStored(text) {
  try {
    return readAnyTime(JSON.parse(text));
  } catch (error) {
    console.warn("an answer in this browser cannot be read", error);
    return null;
  }
}

function cleanFacts(told) {
  const [learner, at] = [told?.learner, told?.exported_at].map((value) => (typeof value === "string" ? value : ""));
  return { learner: learner.slice(0, 120), exported_at: inTime(at) ? at : "" };
}

/** A random name of this browser, so that Python can tell two of them; it says nothing about anyone. */
export function browserName(fresh) {
  const store = storage();
  const known = store?.getItem(BROWSER);
  if (/^[0-9a-f]{24}$/.test(known ?? "")) return known;
  return store && write(store, BROWSER, fresh) ? fresh : "";
}

/** Group the keys of other journals at this address by their id. */
function foreignKeys(store, base, id) {
  const groups = new Map();
  for (const key of allKeys(store)) {
    const [, kind, rest] = /^kdebate\/(journal|draft|facts)\/2\/(.*)$/s.exec(key ?? "") ?? [];
    const owner = OLD.test(key)
      ? ""
      : kind && rest.startsWith(`${base}/`)
        ? rest.slice(base.length + 1).split("/")[0]
        : id;
    if (owner !== id) groups.set(owner, [...(groups.get(owner) ?? []), key]);
  }
  return groups;
}

/** What lies under the keys of another journal. */
function foreign(store, owner, keys) {
  const texts = keys.filter((key) => key.startsWith("kdebate/journal/")).map((key) => store.getItem(key));
  const facts = keys.find((key) => key.startsWith("kdebate/facts"));
  const { learner } = cleanFacts(readJson(store, facts));
  const remove = () => keys.forEach((key) => store.removeItem(key));
  return { owner, entries: texts.map(parseStored).filter(Boolean), learner, remove };
}

/** @param {string} id  the journal's */
export function createKeep(id) {
  const store = storage();
  const tab = storage("sessionStorage"); // two tabs may have begun the same answer: each finds its own words again
  const base = address();
  const at = (kind, name = "") => `kdebate/${kind}/${VERSION}/${base}/${id}${name === "" ? "" : `/${name}`}`;
  const under = (kind) => namesAfter(store, `${at(kind)}/`);
  const PRIVATE = `kdebate/private/${VERSION}/${base}`;
  let isAlone = false; // private, and the mark of it could not be kept
  const put = (key, value) => Boolean(store) && write(store, key, JSON.stringify(value));
  const mine = (key) =>
    ["journal", "draft", "strange"].some((kind) => key.startsWith(`${at(kind)}/`)) || key === at("facts");
  const wipe = (one) =>
    allKeys(one)
      .filter(mine)
      .forEach((key) => one.removeItem(key));

  return {
    /** Whether nothing of the learner's is kept here. */
    get isPrivate() {
      return isAlone || store?.getItem(PRIVATE) === "1";
    },
    setPrivate(on) {
      isAlone = on && !put(PRIVATE, 1);
      if (!on) store?.removeItem(PRIVATE);
    },
    isPrivateKey: (key) => key === PRIVATE,
    /** Which part of this journal a key holds: ["journal", entry id], ["draft", question id] and so on; null for all else. */
    part(key) {
      const kind = /^kdebate\/(\w+)\//.exec(key)?.[1];
      if (!kind || !(key === at(kind) || key.startsWith(`${at(kind)}/`))) return null;
      return [kind, key.slice(at(kind).length + 1)];
    },
    entries() {
      const texts = under("journal").map((name) => store.getItem(at("journal", name)));
      return texts.map(parseStored).filter(Boolean);
    },
    write(entry) {
      return !this.isPrivate && put(at("journal", entry.entry_id), entry);
    },
    remove: (kind, name) => store?.removeItem(at(kind, name)),
    draft(questionId) {
      const drafts = [tab, store].map((one) => readJson(one, at("draft", questionId)));
      return drafts.find((draft) => draft && draft.values !== null && typeof draft.values === "object") ?? null;
    },
    writeDraft(questionId, draft) {
      const key = at("draft", questionId);
      if (draft && !this.isPrivate) {
        if (tab) write(tab, key, JSON.stringify(draft));
        return put(key, draft);
      }
      [tab, store].forEach((one) => one?.removeItem(key));
      return !draft;
    },
    draftIds: () => under("draft"),
    facts: () => cleanFacts(readJson(store, at("facts"))),
    writeFacts(facts) {
      if (!this.isPrivate) put(at("facts"), facts);
    },
    /** Entries that came from elsewhere under an open page, by id and date. */
    strange: () => new Map(under("strange").map((name) => [name, readJson(store, at("strange", name))])),
    markStrange: (entry) => put(at("strange", entry.entry_id), entry.answered_at),
    /** The finds that the learner wants left alone. */
    left: () => [readJson(store, at("left"))].flat().filter(Boolean),
    leave(find) {
      put(at("left"), [...new Set([...this.left(), find])]);
    },
    /** Tell other tabs that this journal was cleared: a mark that comes and goes. */
    tellCleared() {
      put(at("cleared"), Date.now());
      store?.removeItem(at("cleared"));
    },
    /** Remove this journal's copy. */
    wipe: () => [tab, store].forEach(wipe),
    /** Remove what this tab alone keeps. */
    wipeTab: () => wipe(tab),
    /** What lies here of other journals at this address, and of module 0.1.0, which wrote no owner. */
    others: () => [...foreignKeys(store, base, id)].map(([owner, keys]) => foreign(store, owner, keys)),
  };
}
