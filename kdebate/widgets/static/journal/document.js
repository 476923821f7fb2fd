// The exported file to read, in the page: twin of journal/document.py, which says what each part means.

import { fill } from "../page/words.js";
import { compareText, inOrder, receipt, SCHEMA } from "./portfolio.js";

const LINE_END = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;
const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
const CHAPTER = /^([0-9]{2})-([a-z0-9-]+)$/;
const LAST = 1e6; // the place of what no chapter asks

/** Text that opens no tag, makes no link and fetches no picture, wherever the file is read. */
const plain = (text) => text.replace(/\](?=[([:])/g, "&#93;").replaceAll("<", "&lt;");

/** The same on one line. */
const inline = (text) => plain(text.replace(BLANK, " ").replace(/^ +| +$/g, ""));

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const name = (named, id) => (Object.hasOwn(named, id) ? named[id] : id);

// ---- an answer in words -------------------------------------------------------------------------------------------------

function readable(value, named) {
  if (Array.isArray(value)) return value.map((part) => readable(part, named)).join(", ");
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, part]) => `${key}: ${readable(part, named)}`)
      .join("\n");
  return typeof value === "string" ? name(named, value) : JSON.stringify(value);
}

const at = (answer, path) =>
  path
    .split(".")
    .reduce((found, key) => (isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined), answer);

/** Each sentence with its code; how the table codes it, once all are coded. */
function coded({ items = [], named }, codes) {
  const isWhole = Object.keys(codes).length === items.length;
  return items
    .map(({ text, ours }, i) => [i + 1, text, at(codes, String(i + 1)), isWhole ? ours : ""])
    .filter(([, , code]) => typeof code === "string")
    .map(([n, text, code, ours]) => `${n}. ${text}: ${name(named, code)}${ours}`)
    .join("\n");
}

const areTexts = (value) => Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");

/** How a part is read, by what it is; each answers with nothing where it holds nothing of its kind. */
const KINDS = {
  text: (value) => (typeof value === "string" && value.replace(BLANK, "") !== "" ? value : ""),
  flag: (value) => (value === true ? "+" : ""),
  percent: (value) =>
    typeof value === "number" && value >= 0 && value <= 1 ? String(Math.floor(value * 100 + 0.5)) : "",
  number: (value) => (typeof value === "number" ? readable(value, {}) : ""),
  choice: (value, { named }) => {
    if (typeof value === "string") return name(named, value);
    return areTexts(value) ? value.map((id) => name(named, id)).join("; ") : "";
  },
  counts: (value, { named }) => {
    const counted = ([id, n]) => `${name(named, id)}: ${readable(n, {})}`;
    return isRecord(value) ? Object.entries(value).map(counted).join("; ") : "";
  },
  items: (value, asked) => (isRecord(value) ? coded(asked, value) : ""),
};

function partLines(answer, asked) {
  if (!isRecord(answer)) return "";
  return (asked.parts ?? [])
    .map(({ key, as, say }) => [say, KINDS[as](at(answer, key), asked)])
    .filter(([, text]) => text !== "")
    .map(([say, text]) => say.replace("{value}", () => text))
    .join("\n");
}

function lineAndRecord(answer, { unit, drawn }) {
  const values = answer?.values;
  if (!drawn || !isRecord(values)) return null;
  const line = (label) => (Object.hasOwn(drawn, label) ? drawn[label] : `${label}: {drawn}`);
  const told = ([label, value]) => line(label).replace("{drawn}", () => readable(value, {}));
  return [unit, ...Object.entries(values).map(told)].join("\n");
}

/** Plays, a sentence each; null where the answer holds something else. */
function plays(answer, { told, named }) {
  if (!told || !Array.isArray(answer?.plays)) return null;
  const words = (play) => Object.fromEntries(Object.entries(play).map(([key, part]) => [key, readable(part, named)]));
  try {
    return answer.plays.map((play) => fill(told, words(play))).join("\n");
  } catch {
    return null;
  }
}

/** A drawn line stands beside its record, plays are sentences; whatever an answer holds else, a part per line. */
const answerText = (answer, asked) =>
  plain(
    lineAndRecord(answer, asked) || plays(answer, asked) || partLines(answer, asked) || readable(answer, asked.named),
  );

// ---- the document -------------------------------------------------------------------------------------------------------

/** 2026-01-02T03:04:05.000Z is 2026-01-02, 03:04 UTC. */
const when = (stamp) => `${stamp.slice(0, 10)}, ${stamp.slice(11, 16)} UTC`;

const zip = (one, other) =>
  [...Array(Math.max(one.length, other.length)).keys()].map((i) => [one[i] ?? "", other[i] ?? ""]);

/** 01-read-the-argument is 01 Read the argument. */
function chapter(notebook) {
  const found = CHAPTER.exec(notebook);
  if (!found) return inline(notebook);
  const text = found[2].replaceAll("-", " ");
  return `${found[1]} ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

class Document {
  constructor({ words, prompts, moduleVersion }) {
    Object.assign(this, { words, prompts, moduleVersion });
  }

  words = {};
  prompts = {};
  moduleVersion = "";

  #asked = ({ question_id: id }) => (Object.hasOwn(this.prompts, id) ? this.prompts[id] : { prompt: id, named: {} });

  #counted = (key, count) => fill(this.words[count === 1 ? `${key}_one` : `${key}_many`], { count });

  #place = (entry) => this.#asked(entry).place ?? LAST;

  write(entries, learner, savedAt) {
    const listed = inOrder(entries);
    const last = new Map(listed.map((entry) => [entry.question_id, entry]));
    const newest = [...last.values()].sort(
      (a, b) =>
        compareText(a.notebook, b.notebook) ||
        this.#place(a) - this.#place(b) ||
        compareText(a.question_id, b.question_id),
    );
    const versions = ({ question_id: id }) => listed.filter((one) => one.question_id === id && one !== last.get(id));
    const earlier = newest.flatMap(versions);
    return [
      `# ${this.words.title}`,
      "",
      ...this.#head(entries, newest.length, learner, savedAt),
      ...this.#views(newest),
      ...this.#chapters(newest),
      ...(earlier.length ? [`## ${this.words.earlier}`, ""] : []),
      ...earlier.flatMap((entry) => this.#block(entry, false)),
    ].join("\n");
  }

  #head(entries, answers, learner, savedAt) {
    const { words, moduleVersion } = this;
    const facts = {
      answers: this.#counted("answers", answers),
      versions: this.#counted("versions", entries.length),
      receipt: receipt(entries),
      module_version: moduleVersion,
      schema_version: SCHEMA,
      saved_at: when(savedAt),
    };
    return [
      ...(learner ? [fill(words.learner, { learner: inline(learner) }), ""] : []),
      fill(words.summary, facts),
      "",
      words.receipt,
      "",
      ...(entries.length ? [] : [words.empty, ""]),
    ];
  }

  /** What was thought first beside what was thought last; nothing where neither was said. */
  #views(newest) {
    const { words } = this;
    const of = (view) => newest.filter((entry) => this.#asked(entry).view === view).map((entry) => this.#cell(entry));
    const rows = zip(of("first"), of("last"));
    if (!rows.length) return [];
    const lines = rows.map(([first, last]) => `| ${first} | ${last} |`);
    return [`## ${words.views}`, "", `| ${words.first} | ${words.last} |`, "|:--|:--|", ...lines, ""];
  }

  #cell(entry) {
    const asked = this.#asked(entry);
    const lines = answerText(entry.answer, asked).split(LINE_END).map(inline);
    return `**${inline(asked.prompt)}** ${lines.filter(Boolean).join(" / ")}`.replaceAll("|", "&#124;");
  }

  #chapters(newest) {
    let notebook = null;
    return newest.flatMap((entry) => {
      const isSame = entry.notebook === notebook;
      notebook = entry.notebook;
      const head = isSame ? [] : [`## ${chapter(notebook) || this.words.unnamed_notebook}`, ""];
      return [...head, ...this.#block(entry, true)];
    });
  }

  /** One question: its words, the answer, what the record says, when it was answered. */
  #block(entry, withRecord) {
    const asked = this.#asked(entry);
    const quoted = answerText(entry.answer, asked)
      .split(LINE_END)
      .map((line) => `> ${line}`)
      .join("  \n"); // two blanks: lines stay lines
    const isOpen = !asked.record_if || asked.record_if.some((flag) => at(entry.answer, flag) === true);
    const record = withRecord && asked.record && isOpen ? [inline(asked.record), ""] : [];
    const foot = `${inline(entry.question_id)} · ${when(entry.answered_at)}`;
    return [`### ${inline(asked.prompt)}`, "", quoted, "", ...record, foot, ""];
  }
}

/** The file to read: first view beside last, newest answers in the order of the chapters, earlier versions at the end. */
export function toMarkdown(entries, learner, savedAt, given) {
  return new Document(given).write(entries, learner, savedAt);
}
