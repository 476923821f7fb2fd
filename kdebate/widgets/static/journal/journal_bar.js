// The journal's bar: what is kept where; save a file, restore from one, clear this computer.

import { button } from "../exercises/controls.js";
import { Card, freshPrefix } from "../frame/card.js";
import { el, write } from "../page/dom.js";
import { watchPython } from "../page/python_watch.js";
import { unsealed } from "../page/sealed.js";
import { fill } from "../page/words.js";
import { toMarkdown } from "./document.js";
import { journal } from "./journal.js";
import { foundBox } from "./journal_found.js";
import { NotAPortfolio, parse, receipt, toJson } from "./portfolio.js";

const MINUTE = 60_000;

/** "1 answer", "3 answers", from the pair of sentences in the words file. */
const counted = (words, key, n) => fill(n === 1 ? words[`${key}_one`] : words[`${key}_many`], { count: n });

/** Of how many questions these are answers. */
const questionsIn = (entries) => new Set(entries.map((entry) => entry.question_id)).size;

/** How long ago a file was saved. */
function ago(words, stamp) {
  if (!stamp) return words.never;
  const minutes = Math.floor((Date.now() - Date.parse(stamp)) / MINUTE);
  if (minutes < 1) return words.last_now;
  if (minutes < 120) return fill(words.last_minutes, { count: minutes });
  return minutes < 2880
    ? fill(words.last_hours, { count: Math.floor(minutes / 60) })
    : fill(words.last_days, { count: Math.floor(minutes / 1440) });
}

function download(name, type, text) {
  return el(
    "a",
    { download: name, href: URL.createObjectURL(new Blob([text], { type })), "data-lm-suppress-shortcuts": "true" },
    name,
  );
}

/** The lines, fields and boxes of a bar; what they do is the bar's. */
function createParts(said, title, id, isPrivate) {
  const hint = (readout) => el("p", { class: "kdx-hint", "data-readout": readout });
  return {
    title,
    state: el("p", { class: "kdx-state", "data-readout": "state" }),
    where: hint("where"),
    exported: hint("exported"),
    notice: el("p", { class: "kd-line kdx-problem", role: "alert", hidden: true }),
    alone: el("input", {
      type: "checkbox",
      id: `${id}-private`,
      name: "private",
      "aria-describedby": `${id}-private-cost`,
      checked: isPrivate,
    }),
    told: el("p", { class: "kdx-told", role: "status", "data-readout": "told" }),
    links: el("p", { class: "kdx-links" }),
    name: el("input", {
      type: "text",
      id: `${id}-name`,
      name: "learner",
      maxlength: 60,
      autocomplete: "off",
      spellcheck: "false",
    }),
    file: el("input", {
      type: "file",
      id: `${id}-file`,
      accept: ".json,application/json",
      class: "kd-sr",
      tabindex: "-1",
      "aria-label": said.restore,
    }),
    anyway: button(said.restore_anyway, "restore-anyway", () => {}, { hidden: true }),
    ask: el("div", {
      class: "kd-line kdx-problem kdx-ask",
      role: "alertdialog",
      "aria-label": said.clear,
      hidden: true,
    }),
  };
}

/** Whoever teaches a room brings out the hand counts of all cards; nobody else has them in front of them. */
function roomSwitch(said) {
  const paint = () => {
    const isOn = "kdebateRoom" in document.body.dataset;
    room.setAttribute("aria-pressed", String(isOn));
    write(room, isOn ? said.room_off : said.room);
  };
  const room = button(
    "",
    "teach",
    () => {
      if ("kdebateRoom" in document.body.dataset) delete document.body.dataset.kdebateRoom;
      else document.body.dataset.kdebateRoom = "";
      paint();
    },
    { class: "kd-link" },
  );
  paint();
  return room;
}

/** One bar on the page. */
class Bar extends Card {
  #channel = null;

  /** @param {import("../types.d.ts").Context} context */
  constructor({ model, link }) {
    const spec = model.get("_spec");
    const id = freshPrefix();
    const title = el("h3", { class: "kdx-title", id: `${id}-title` }, spec.words.journal.title);
    super(title, { class: "kd kdx kdx-journal", "data-kdebate-journal": "" });
    this.spec = spec;
    this.words = spec.words;
    this.said = this.words.journal;
    this.link = link;
    this.python = Boolean(link);
    this.book = journal(link);
    this.parts = createParts(this.said, title, id, this.book.isPrivate);
    this.buttons = {
      save: button(
        this.said.save,
        "save",
        this.guard(() => this.#save()),
        { class: "kd-button kdx-main" },
      ),
      restore: button(this.said.restore, "restore", () => this.parts.file.click()),
      clear: button(
        this.said.clear,
        "clear",
        this.guard(() => this.#askToClear()),
      ),
    };
    this.found = foundBox(
      this.book,
      this.said,
      (text) => this.#say(text),
      () => this.buttons.save.focus(),
    );
    this.#assemble(id);
    this.#listen();
  }

  #assemble(id) {
    const { title, state, where, exported, notice, name, file, ask, told, links, anyway, alone } = this.parts;
    const { save, restore, clear } = this.buttons;
    const { said } = this;
    this.add(
      title,
      state,
      where,
      exported,
      notice,
      this.found.box,
      el("div", { class: "kdx-field" }, el("label", { for: name.id, class: "kdx-label" }, said.name), name),
      el("div", { class: "kdx-buttons" }, save, restore, clear, file),
      ask,
      told,
      links,
      el("div", { class: "kdx-buttons" }, anyway),
      el("label", { class: "kdx-private", for: alone.id }, alone, el("span", {}, said.private)),
      el("p", { class: "kdx-hint", id: `${id}-private-cost` }, this.link ? said.private_cost : said.private_cost_page),
      el("p", { class: "kdx-hint" }, said.privacy),
      roomSwitch(said),
    );
  }

  #listen() {
    const { file, ask, alone } = this.parts;
    file.addEventListener(
      "change",
      this.guard(() => this.#readFile()),
    );
    ask.addEventListener("keydown", (event) => event.key === "Escape" && this.#endAsking());
    alone.addEventListener(
      "change",
      this.guard(() => {
        const { checked } = alone; // the bar paints it anew
        this.book.setPrivate(checked);
        this.#say(checked ? this.said.private_on : this.said.private_off);
      }),
    );
  }

  /** Keep the bar alive. */
  start({ carrier, signal }) {
    const paint = () => this.#paint();
    this.#channel = this.book.follow(this.link, paint, signal);
    paint();
    const timer = setInterval(paint, MINUTE);
    const heard = (stopped) => {
      this.python = Boolean(this.link) && !stopped;
      this.#paint();
    };
    watchPython(carrier, heard, signal);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  #say(text, nodes = []) {
    write(this.parts.told, text);
    this.parts.links.replaceChildren(...nodes);
    this.parts.anyway.hidden = true;
  }

  failed() {
    this.#say(this.words.card.fault);
  }

  // ---- save

  #save() {
    const { book, spec, said } = this;
    const [entries, learner] = [book.all(), this.parts.name.value.trim()];
    const at = [new Date().toISOString(), ...entries.map((entry) => entry.answered_at)].sort().at(-1); // a clock may be ahead
    const stem = `kdebate-portfolio-${receipt(entries)}`;
    const markdown = download(
      `${stem}.md`,
      "text/markdown",
      toMarkdown(entries, learner, at, {
        words: this.words.export,
        prompts: unsealed(spec.prompts),
        moduleVersion: spec.module_version,
      }),
    );
    const data = download(`${stem}.json`, "application/json", toJson(entries, learner, spec.module_version));
    book.learn({ learner, exported_at: at }, true);
    this.#channel?.saved(at, learner);
    const left = book.drafts ? ` ${counted(said, "drafts", book.drafts)}` : "";
    this.#say(
      fill(said.saved_files, { markdown: markdown.download, json: data.download, receipt: receipt(entries) }) + left,
      [data, " ", markdown],
    );
    markdown.click();
    data.click();
    this.#paint();
  }

  // ---- restore

  async #readFile() {
    const { file } = this.parts;
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    const limit = this.spec.limits.file;
    if (chosen.size > limit) {
      this.#say(
        fill(this.words.file.too_big, {
          name: chosen.name,
          size: Math.floor(chosen.size / 1e6),
          limit: Math.floor(limit / 1e6),
        }),
      );
      return;
    }
    const text = await chosen.text();
    try {
      this.#restore(parse(chosen.name, text, this.words.file, this.spec.limits), chosen.name);
    } catch (refused) {
      if (!(refused instanceof NotAPortfolio)) throw refused;
      this.#say(refused.message);
    }
  }

  #restore(held, fileName) {
    const { anyway } = this.parts;
    if (held.unchanged) return this.#take(held);
    this.#say(fill(this.words.file.changed, { name: fileName }));
    anyway.hidden = false;
    anyway.onclick = this.guard(() => this.#take(held));
    return undefined;
  }

  #take(held) {
    const { book, words } = this;
    const fresh = book.restore(held.entries);
    book.learn({ learner: held.learner, exported_at: "" });
    book.setApart(held.apart);
    const total = held.entries.length;
    const key = total === 0 ? "restored_none" : fresh === total ? "restored_all" : "restored";
    const left = held.apart.length ? ` ${counted(words.disk, "apart", held.apart.length)}` : "";
    this.#say(fill(this.said[key], { new: fresh, total, receipt: held.receipt }) + left);
    this.#paint();
  }

  // ---- clear

  #askToClear() {
    const {
      said,
      parts: { ask },
    } = this;
    const n = questionsIn(this.book.all());
    const what = n === 0 ? said.clear_nothing : counted(said, "clear_what", n);
    const question = this.python ? said.clear_ask : this.link ? said.clear_ask_browser : said.clear_ask_page;
    const yes = button(
      said.clear_yes,
      "clear-yes",
      this.guard(() => this.#clear()),
    );
    const no = button(said.clear_no, "clear-no", () => this.#endAsking());
    ask.replaceChildren(el("p", {}, fill(question, { what })), el("div", { class: "kdx-buttons" }, no, yes));
    ask.hidden = false;
    no.focus();
  }

  #endAsking() {
    this.parts.ask.hidden = true;
    this.buttons.clear.focus();
  }

  #clear() {
    this.book.clear();
    this.#say(this.python ? this.said.cleared_file : this.said.cleared);
    this.#endAsking();
  }

  // ---- what is kept where

  #paint() {
    const {
      book,
      said,
      root,
      parts: { state, exported, notice, alone, name },
    } = this;
    const entries = book.all();
    const n = questionsIn(entries);
    const waiting = this.#channel ? questionsIn(this.#channel.waiting()) : 0;
    write(state, n === 0 ? said.open_none : counted(said, "open", n));
    write(this.parts.where, this.#where(n, waiting));
    const { exported_at: at } = book.facts;
    const newer = questionsIn(entries.filter((entry) => entry.answered_at > at));
    const since = at && newer ? ` ${counted(said, "since", newer)}` : "";
    write(exported, n || at ? ago(said, at) + since : "");
    exported.classList.toggle("kdx-due", newer > 0);
    if (document.activeElement !== name && !name.value) name.value = book.facts.learner;
    this.found.paint();
    alone.checked = book.isPrivate;
    const lines = this.#problems(waiting);
    notice.hidden = lines.length === 0;
    write(notice, lines.join(" "));
    root.dataset.answers = String(n);
    root.dataset.waiting = String(waiting);
    root.dataset.state = this.link && !this.#channel?.welcomed ? "loading" : "ready";
  }

  #where(n, waiting) {
    const { book, said } = this;
    if (!this.link) return book.isPrivate ? said.no_file_private : said.no_file;
    if (!(this.#channel?.welcomed && this.python)) return book.isPrivate ? said.no_python_private : said.no_python;
    if (this.#channel.progress) return fill(said.saving, this.#channel.progress);
    if (waiting) return counted(said, "waiting", waiting);
    return n ? said.all_on_disk : "";
  }

  #problems(waiting) {
    const { said } = this;
    const { notice, problem, shared } = this.#channel ?? {};
    const unkept = this.book.unkept.length;
    return [
      notice,
      problem && fill(this.words.card.not_on_disk, { sentence: problem }),
      unkept && counted(said, waiting || !this.link ? "no_room" : "no_room_disk", unkept),
      shared && said.shared,
    ].filter(Boolean);
  }
}

function render(context) {
  const bar = new Bar(context);
  context.el.replaceChildren(bar.root);
  bar.start(context);
}

export default { render };
