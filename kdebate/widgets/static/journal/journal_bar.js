// The journal's bar: what is kept where; save a file, restore from one, clear this computer.

import { button } from "../exercises/controls.js";
import { el, write } from "../page/dom.js";
import { journal } from "./journal.js";
import { foundBox } from "./journal_found.js";
import { NotAPortfolio, parse, receipt, toJson, toMarkdown } from "./portfolio.js";
import { watchPython } from "../page/python_watch.js";
import { fill } from "../page/words.js";

const MINUTE = 60_000;
let count = 0;

/** "1 answer", "3 answers", from the pair of sentences in the words file. */
const counted = (words, key, n) => fill(n === 1 ? words[`${key}_one`] : words[`${key}_many`], { count: n });

/** How long ago a file was saved. */
function ago(words, stamp) {
  if (!stamp) return words.never;
  const minutes = Math.floor((Date.now() - Date.parse(stamp)) / MINUTE);
  if (minutes < 1) return words.last_now;
  if (minutes < 120) return fill(words.last_minutes, { count: minutes });
  return minutes < 2880 ? fill(words.last_hours, { count: Math.floor(minutes / 60) }) : fill(words.last_days, { count: Math.floor(minutes / 1440) });
}

function download(name, type, text) {
  const link = el("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })), "data-lm-suppress-shortcuts": "true" }, name);
  return link;
}

function render({ model, el: place, carrier, link }) {
  const spec = model.get("_spec");
  const { words } = spec;
  const said = words.journal;
  const id = `kdj${++count}`;
  const book = journal(link);
  let channel = null;
  let python = Boolean(link);

  const title = el("h3", { class: "kdx-title", id: `${id}-title` }, said.title);
  const state = el("p", { class: "kdx-state", "data-readout": "state" });
  const where = el("p", { class: "kdx-hint", "data-readout": "where" });
  const exported = el("p", { class: "kdx-hint", "data-readout": "exported" });
  const notice = el("p", { class: "kd-line kdx-problem", role: "alert", hidden: true });
  const found = foundBox(book, said, (text) => say(text), () => buttons.save.focus());
  const alone = el("input", { type: "checkbox", id: `${id}-private`, name: "private", "aria-describedby": `${id}-private-cost`, checked: book.isPrivate });
  const told = el("p", { class: "kdx-told", role: "status", "data-readout": "told" });
  const links = el("p", { class: "kdx-links" });
  const nameId = `${id}-name`;
  const name = el("input", { type: "text", id: nameId, name: "learner", maxlength: 60, autocomplete: "off", spellcheck: "false" });
  const file = el("input", { type: "file", id: `${id}-file`, accept: ".json,application/json", class: "kd-sr", tabindex: "-1", "aria-label": said.restore });
  const anyway = button(said.restore_anyway, "restore-anyway", () => {}, { hidden: true });
  const ask = el("div", { class: "kd-line kdx-problem kdx-ask", role: "alertdialog", "aria-label": said.clear, hidden: true });

  function say(text, nodes = []) {
    write(told, text);
    links.replaceChildren(...nodes);
    anyway.hidden = true;
  }

  // save
  function save() {
    const [entries, learner] = [book.all(), name.value.trim()];
    const at = [new Date().toISOString(), ...entries.map((entry) => entry.answered_at)].sort().at(-1); // a clock may be ahead
    const stem = `kdebate-portfolio-${receipt(entries)}`;
    const markdown = download(`${stem}.md`, "text/markdown", toMarkdown(entries, learner, at, { words: words.export, prompts: spec.prompts, moduleVersion: spec.module_version }));
    const data = download(`${stem}.json`, "application/json", toJson(entries, learner, spec.module_version));
    book.learn({ learner, exported_at: at }, true);
    channel?.saved(at, learner);
    const left = book.drafts ? ` ${counted(said, "drafts", book.drafts)}` : "";
    say(fill(said.saved_files, { markdown: markdown.download, json: data.download, receipt: receipt(entries) }) + left, [data, " ", markdown]);
    markdown.click();
    data.click();
    paint();
  }

  // restore
  async function readFile() {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    const limit = spec.limits.file;
    if (chosen.size > limit) {
      say(fill(words.file.too_big, { name: chosen.name, size: Math.floor(chosen.size / 1e6), limit: Math.floor(limit / 1e6) }));
      return;
    }
    restore(parse(chosen.name, await chosen.text(), words.file, spec.limits), chosen.name);
  }

  function restore(held, fileName) {
    if (!held.unchanged) {
      say(fill(words.file.changed, { name: fileName }));
      anyway.hidden = false;
      anyway.onclick = guard(() => take(held));
      return;
    }
    take(held);
  }

  function take(held) {
    const fresh = book.restore(held.entries);
    book.learn({ learner: held.learner, exported_at: "" });
    book.setApart(held.apart);
    const left = held.apart.length ? ` ${counted(words.disk, "apart", held.apart.length)}` : "";
    say(fill(said.restored, { new: fresh, total: held.entries.length, receipt: held.receipt }) + left);
    paint();
  }

  // clear
  function clearAsk() {
    const n = new Set(book.all().map((entry) => entry.question_id)).size;
    const yes = button(said.clear_yes, "clear-yes", guard(() => {
      book.clear();
      ask.hidden = true;
      say(python ? said.cleared_file : said.cleared);
      buttons.clear.focus();
    }));
    const no = button(said.clear_no, "clear-no", () => {
      ask.hidden = true;
      buttons.clear.focus();
    });
    const what = n === 0 ? said.clear_nothing : counted(said, "clear_what", n);
    const question = python ? said.clear_ask : link ? said.clear_ask_browser : said.clear_ask_page;
    ask.replaceChildren(el("p", {}, fill(question, { what })), el("div", { class: "kdx-buttons" }, no, yes));
    ask.hidden = false;
    no.focus();
  }
  ask.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    ask.hidden = true;
    buttons.clear.focus();
  });

  function fail(error) {
    if (error instanceof NotAPortfolio) return say(error.message);
    console.error(error);
    root.dataset.errors = String(Number(root.dataset.errors) + 1);
    return say(words.card.fault);
  }
  const guard = (work) => async (...args) => {
    try {
      await work(...args);
    } catch (error) {
      fail(error);
    }
  };

  const buttons = {
    save: button(said.save, "save", guard(save), { class: "kd-button kdx-main" }),
    restore: button(said.restore, "restore", () => file.click()),
    clear: button(said.clear, "clear", guard(clearAsk)),
  };
  file.addEventListener("change", guard(readFile));

  function paint() {
    const entries = book.all();
    const n = new Set(entries.map((entry) => entry.question_id)).size;
    write(state, n === 0 ? said.open_none : counted(said, "open", n));
    const waiting = channel ? new Set(channel.waiting().map((entry) => entry.question_id)).size : 0;
    const withPython = channel?.welcomed && python;
    const progress = withPython ? channel.progress : null;
    if (!link) write(where, book.isPrivate ? said.no_file_private : said.no_file);
    else if (!withPython) write(where, book.isPrivate ? said.no_python_private : said.no_python);
    else if (progress) write(where, fill(said.saving, progress));
    else write(where, waiting ? counted(said, "waiting", waiting) : n ? said.all_on_disk : "");
    const newer = new Set(entries.filter((entry) => entry.answered_at > book.facts.exported_at).map((entry) => entry.question_id)).size;
    const since = book.facts.exported_at && newer ? ` ${counted(said, "since", newer)}` : "";
    write(exported, n || book.facts.exported_at ? ago(said, book.facts.exported_at) + since : "");
    exported.classList.toggle("kdx-due", newer > 0);
    if (document.activeElement !== name && !name.value) name.value = book.facts.learner;
    const unkept = book.unkept.length;
    const lines = [
      channel?.notice, channel?.problem && fill(words.card.not_on_disk, { sentence: channel.problem }),
      unkept && counted(said, waiting || !link ? "no_room" : "no_room_disk", unkept), channel?.shared && said.shared,
    ].filter(Boolean);
    found.paint();
    alone.checked = book.isPrivate;
    notice.hidden = lines.length === 0;
    write(notice, lines.join(" "));
    root.dataset.answers = String(n);
    root.dataset.waiting = String(waiting);
    root.dataset.state = link && !channel?.welcomed ? "loading" : "ready";
  }

  const root = el("section", { class: "kd kdx kdx-journal", "data-kdebate-journal": "", "data-errors": "0", "aria-labelledby": title.id },
    el("div", { class: "kd-body" }, title, state, where, exported, notice, found.box,
      el("div", { class: "kdx-field" }, el("label", { for: nameId, class: "kdx-label" }, said.name), name),
      el("div", { class: "kdx-buttons" }, buttons.save, buttons.restore, buttons.clear, file),
      ask, told, links, el("div", { class: "kdx-buttons" }, anyway),
      el("label", { class: "kdx-private", for: alone.id }, alone, el("span", {}, said.private)),
      el("p", { class: "kdx-hint", id: `${id}-private-cost` }, link ? said.private_cost : said.private_cost_page),
      el("p", { class: "kdx-hint" }, said.privacy)));
  place.replaceChildren(root);
  alone.addEventListener("change", guard(() => {
    book.setPrivate(alone.checked);
    say(alone.checked ? said.private_on : said.private_off);
  }));

  if (link) channel = book.join(link);
  paint();
  const unsubscribe = book.subscribe(paint);
  const timer = setInterval(paint, MINUTE);
  const unwatch = watchPython(carrier, (stopped) => {
    python = Boolean(link) && !stopped;
    paint();
  });
  return () => {
    clearInterval(timer);
    unsubscribe();
    unwatch();
    if (link) book.leave(link);
  };
}

export default { render };
