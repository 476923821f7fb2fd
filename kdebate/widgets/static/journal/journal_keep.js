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

/** One of other journals' finds: what its keys hold. */
function foreign(store, owner, keys) {
  const entries = keys
    .filter((key) => key.startsWith("kdebate/journal/"))
    .map((key) => parseStored(store.getItem(key)))
    .filter(Boolean);
  const facts = keys.find((key) => key.startsWith("kdebate/facts"));
  const { learner } = cleanFacts(readJson(store, facts));
  return { owner, entries, learner, remove: () => keys.forEach((key) => store.removeItem(key)) };
}

/** What this browser keeps of one journal. */
export class Keep {
  #store = storage();
  #tab = storage("sessionStorage"); // two tabs may have begun the same answer: each finds its own words again
  #base = address();
  #private = `kdebate/private/${VERSION}/${this.#base}`;
  #isAlone = false; // private, and the mark of it could not be kept

  /** @param {string} id  the journal's */
  constructor(id) {
    this.id = id;
  }

  #at(kind, name = "") {
    return `kdebate/${kind}/${VERSION}/${this.#base}/${this.id}${name === "" ? "" : `/${name}`}`;
  }

  #under(kind) {
    const start = `${this.#at(kind)}/`;
    return allKeys(this.#store)
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length));
  }

  #put(key, value) {
    return Boolean(this.#store) && write(this.#store, key, JSON.stringify(value));
  }

  #wipe(store) {
    const kinds = ["journal", "draft", "strange"].map((kind) => `${this.#at(kind)}/`);
    const isMine = (key) => kinds.some((start) => key.startsWith(start)) || key === this.#at("facts");
    for (const key of allKeys(store).filter(isMine)) store.removeItem(key);
  }

  /** Whether nothing of the learner's is kept here. */
  get isPrivate() {
    return this.#isAlone || this.#store?.getItem(this.#private) === "1";
  }

  setPrivate(on) {
    this.#isAlone = on && !this.#put(this.#private, 1);
    if (!on) this.#store?.removeItem(this.#private);
  }

  isPrivateKey(key) {
    return key === this.#private;
  }

  /** Which part of this journal a key holds: ["journal", entry id], ["draft", question id] and so on; null for all else. */
  part(key) {
    const kind = /^kdebate\/(\w+)\//.exec(key)?.[1];
    if (!kind || !(key === this.#at(kind) || key.startsWith(`${this.#at(kind)}/`))) return null;
    return [kind, key.slice(this.#at(kind).length + 1)];
  }

  entries() {
    const texts = this.#under("journal").map((name) => this.#store.getItem(this.#at("journal", name)));
    return texts.map(parseStored).filter(Boolean);
  }

  write(entry) {
    return !this.isPrivate && this.#put(this.#at("journal", entry.entry_id), entry);
  }

  remove(kind, name) {
    this.#store?.removeItem(this.#at(kind, name));
  }

  draft(questionId) {
    const drafts = [this.#tab, this.#store].map((one) => readJson(one, this.#at("draft", questionId)));
    return drafts.find((draft) => draft && draft.values !== null && typeof draft.values === "object") ?? null;
  }

  writeDraft(questionId, draft) {
    const key = this.#at("draft", questionId);
    if (draft && !this.isPrivate) {
      if (this.#tab) write(this.#tab, key, JSON.stringify(draft));
      return this.#put(key, draft);
    }
    for (const one of [this.#tab, this.#store]) one?.removeItem(key);
    return !draft;
  }

  draftIds() {
    return this.#under("draft");
  }

  facts() {
    return cleanFacts(readJson(this.#store, this.#at("facts")));
  }

  writeFacts(facts) {
    if (!this.isPrivate) this.#put(this.#at("facts"), facts);
  }

  /** Entries that came from elsewhere under an open page, by id and date. */
  strange() {
    return new Map(this.#under("strange").map((name) => [name, readJson(this.#store, this.#at("strange", name))]));
  }

  markStrange(entry) {
    return this.#put(this.#at("strange", entry.entry_id), entry.answered_at);
  }

  /** The finds that the learner wants left alone. */
  left() {
    return [readJson(this.#store, this.#at("left"))].flat().filter(Boolean);
  }

  leave(find) {
    this.#put(this.#at("left"), [...new Set([...this.left(), find])]);
  }

  /** Tell other tabs that this journal was cleared: a mark that comes and goes. */
  tellCleared() {
    this.#put(this.#at("cleared"), Date.now());
    this.#store?.removeItem(this.#at("cleared"));
  }

  /** Remove this journal's copy. */
  wipe() {
    for (const one of [this.#tab, this.#store]) this.#wipe(one);
  }

  /** Remove what this tab alone keeps. */
  wipeTab() {
    this.#wipe(this.#tab);
  }

  /** What lies here of other journals at this address, and of module 0.1.0, which wrote no owner. */
  others() {
    const found = [...foreignKeys(this.#store, this.#base, this.id)];
    return found.map(([owner, keys]) => foreign(this.#store, owner, keys));
  }
}
