// The exported file that restores, in the page: twin of portfolio.py, so that a page without Python writes and reads the same files.

import { fill } from "../page/words.js";
import { sha256 } from "./sha256.js";

export const SCHEMA = 1;

const NAME = /^[^\x00-\x1f\x7f]{1,120}$/u;
const STAMP = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const WRITTEN = /^\d{4}-/; // the browser writes years beyond 9999 with six digits and a sign
/** No answer is older than this, and none is further ahead than a clock can be wrong: portfolio.py says why. */
export const EARLIEST = "2019-01-01T00:00:00.000Z";
const AHEAD = 86_400_000; // ms
const DEEPEST = 32; // lists and objects inside each other
const NAMES = ["question_id", "kind", "notebook", "module_version"];
const encoder = new TextEncoder();

/** Order of code points, as Python sorts; the browser's own order differs beyond the basic plane. */
export function compareText(a, b) {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i].codePointAt(0) - right[i].codePointAt(0);
  }
  return left.length - right.length;
}

/** Text that every file can hold: half characters become the replacement sign. */
const clean = (text) => new TextDecoder().decode(encoder.encode(text));

// ---- reading what others wrote ----------------------------------------------------------------------------------------

function name(field, text, needed) {
  if (typeof text !== "string" || !(NAME.test(text) || (text === "" && !needed))) throw new RangeError(field);
  return clean(text);
}

function moment(text) {
  const parts = typeof text === "string" ? STAMP.exec(text) : null;
  const [year, month, day] = (parts ?? []).slice(1).map(Number);
  const calendar = new Date(0);
  calendar.setUTCFullYear(year, month - 1, day); // 30 February becomes 2 March
  if (!parts || year === 0 || calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day)
    throw new RangeError("answered_at");
  const written = new Date(text).toISOString();
  if (!WRITTEN.test(written) || written.startsWith("0000")) throw new RangeError("answered_at");
  return written;
}

/** Whether a date can be that of an answer: neither before the module's time nor ahead of any clock. */
export const inTime = (stamp) =>
  stamp >= EARLIEST && stamp <= new Date(Math.max(Date.now(), Date.parse(EARLIEST)) + AHEAD).toISOString();

/** A moment that sorts behind the latest answer, even when that came from a clock that was ahead. */
export const stampAfter = (latest) =>
  new Date(Math.max(Date.now(), Date.parse(EARLIEST), latest ? Date.parse(latest) + 1 : 0)).toISOString();

/** An entry that is well but for its date. */
export class OutOfTime extends RangeError {}

/** Whether a part of an answer is more than both twins can hold: a number too large, lists too deep in each other. */
function tooMuch(value, deeper = DEEPEST) {
  if (typeof value === "number")
    return !Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) > 2 ** 53);
  return (
    value !== null &&
    typeof value === "object" &&
    (deeper === 0 || Object.values(value).some((part) => tooMuch(part, deeper - 1)))
  );
}

/** Check one entry that came from storage, Python or a file; throws RangeError where it is not of our shape. */
export function readEntry(given, limits = { answer: 200_000 }) {
  const entry = readAnyTime(given, limits);
  if (!inTime(entry.answered_at)) throw new OutOfTime("answered_at");
  return entry;
}

/** The same for an entry of any date; the caller sets those apart that are not in time. */
export function readAnyTime(given, limits = { answer: 200_000 }) {
  if (given === null || typeof given !== "object" || Array.isArray(given) || !("answer" in given))
    throw new RangeError("entry");
  const names = Object.fromEntries(
    NAMES.map((field) => [field, name(field, given[field] ?? "", field === "question_id")]),
  );
  const answered_at = moment(given.answered_at);
  const text = clean(JSON.stringify(given.answer) ?? "");
  if (text === "" || text.length > limits.answer || tooMuch(given.answer)) throw new RangeError("answer");
  const answer = JSON.parse(text);
  const derived = () => `x${sha256(encoder.encode(canonical([names.question_id, answered_at, answer]))).slice(0, 24)}`;
  return { entry_id: name("entry_id", given.entry_id ?? "", false) || derived(), ...names, answer, answered_at };
}

/** A file that cannot be restored; the message is a sentence for the learner. */
export class NotAPortfolio extends Error {}

/**
 * Read the text of an exported JSON file.
 * @returns {{learner: string, receipt: string, unchanged: boolean, entries: object[], apart: object[]}}  the receipt is
 *   that of the answers, whatever the file claims; `apart` are those whose dates cannot be true
 */
export function parse(fileName, text, words, limits) {
  const refuse = (key, values = {}) => new NotAPortfolio(fill(words[key], { name: fileName, ...values }));
  let data;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw refuse("not_json");
  }
  if (data === null || !Array.isArray(data.entries)) throw refuse("foreign", { reason: words.no_entries });
  if (data.entries.length > limits.entries)
    throw refuse("foreign", { reason: fill(words.too_many, { limit: limits.entries }) });
  if (Number.isInteger(data.schema_version) && data.schema_version > SCHEMA)
    throw refuse("newer", { found: data.schema_version, known: SCHEMA });
  const entries = data.entries.map((given, i) => {
    try {
      return readAnyTime(given, limits);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw refuse("foreign", { reason: fill(words.bad_entry, { n: i + 1 }) });
    }
  });
  const [learner, told] = [data.learner, data.receipt].map((value) =>
    typeof value === "string" ? clean(value).slice(0, 120) : "",
  );
  const computed = receipt(entries);
  const [good, apart] = [true, false].map((is) => entries.filter((entry) => inTime(entry.answered_at) === is));
  return { learner, receipt: computed, unchanged: told === computed, entries: good, apart };
}

/** The entries of a file that are not here yet, as they can stand beside those that are, and beside each other. */
export function newAmong(list, here) {
  const known = new Map(here);
  const fresh = list.map((given) => {
    const entry = beside(given, known);
    if (entry) known.set(entry.entry_id, entry);
    return entry;
  });
  return fresh.filter(Boolean);
}

/** An entry as it can stand beside what is here; null where it is here already. */
export function beside(entry, known) {
  const here = known.get(entry.entry_id);
  if (!here) return entry;
  if (
    ["question_id", "answered_at"].every((field) => here[field] === entry[field]) &&
    canonical(here.answer) === canonical(entry.answer)
  )
    return null;
  const own = `${entry.entry_id.slice(0, 100)}~${receipt([entry]).slice(2, 10)}`;
  return known.has(own) ? null : { ...entry, entry_id: own };
}

// ---- the receipt --------------------------------------------------------------------------------------------------------

function bits(number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number + 0);
  return [0, 4].map((at) => view.getUint32(at).toString(16).padStart(8, "0")).join("");
}

/** The same text for the same JSON value, whoever writes it. */
export function canonical(value) {
  if (value === null) return "n";
  if (value === true) return "t";
  if (value === false) return "f";
  if (typeof value === "number") return `d${bits(value)}`;
  if (typeof value === "string") return `s${encoder.encode(value).length}:${value}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join("")}]`;
  const keys = Object.keys(value).sort(compareText);
  return `{${keys.map((key) => canonical(key) + canonical(value[key])).join("")}}`;
}

const byTime = (a, b) => compareText(a.answered_at, b.answered_at) || compareText(a.entry_id, b.entry_id);

/** Number of answered questions and a short hash of everything, such as 14-3fa9c2d41b7e. */
export function receipt(entries) {
  const listed = [...entries].sort((a, b) => compareText(a.question_id, b.question_id) || byTime(a, b));
  const values = listed.map((entry) => [entry.entry_id, entry.question_id, entry.answered_at, entry.answer]);
  const questions = new Set(listed.map((entry) => entry.question_id)).size;
  return `${questions}-${sha256(encoder.encode(canonical(values))).slice(0, 12)}`;
}

// ---- writing ------------------------------------------------------------------------------------------------------------

/** Entries from old to new. */
export const inOrder = (entries) => [...entries].sort(byTime);

function numbered(entries) {
  const counts = new Map();
  return inOrder(entries).map((entry) => {
    counts.set(entry.question_id, (counts.get(entry.question_id) ?? 0) + 1);
    return { ...entry, version: counts.get(entry.question_id) };
  });
}

/** The file that restores everything. */
export function toJson(entries, learner, moduleVersion) {
  const data = {
    module_version: moduleVersion,
    schema_version: SCHEMA,
    learner,
    receipt: receipt(entries),
    entries: numbered(entries),
  };
  return `${JSON.stringify(data, null, 1)}\n`;
}
