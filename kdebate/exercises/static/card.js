// The frame of every exercise: kind, saved mark, question, answer, buttons, and what to do when something fails.

import { el, icon, write } from "./dom.js";
import { fillForm, readForm } from "./draft.js";
import { journal, newId } from "./journal.js";
import { fill } from "./words.js";

const MARKS = {
  no: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11",
  browser: "M1.5 2.5h13v11h-13zM1.5 6h13",
  disk: "M2 2h9.5L14 4.5V14H2zM5 2v4h6V2M4.5 14V9.5h7V14",
};

const MUCH = 40; // signs: who removes more than that may want them back, so a new version begins

let count = 0; // ids must differ between exercises of one page

/** The sign of a saved mark; its words stand beside it. */
export function markIcon(state) {
  const svg = icon("info");
  svg.firstChild.setAttribute("d", MARKS[state]);
  return svg;
}

/** A time of day as the reader's own clock shows it, in the digits of the page: 14:32. */
export function clock(stamp) {
  return new Date(stamp).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** A button; the main one of a card stores and is filled. */
export function button(text, action, onclick, extra = {}) {
  return el("button", { type: "button", class: "kd-button", "data-action": action, onclick, ...extra }, text);
}

/** A button that opens and closes a box below it. */
export function opener(text, action, box, extra = {}) {
  box.hidden = true;
  const control = button(text, action, () => {
    box.hidden = !box.hidden;
    control.setAttribute("aria-expanded", String(!box.hidden));
  }, { "aria-expanded": "false", "aria-controls": box.id, class: "kd-link", ...extra });
  return control;
}

/** A text field with its label. */
export function textField(ctx, part, label, { rows = 2, placeholder = null, oninput } = {}) {
  const id = ctx.freshId();
  const field = el("textarea", { id, name: part ? `${ctx.question.id}.${part}` : ctx.question.id, rows, placeholder, spellcheck: "true", oninput });
  return { field, row: el("div", { class: "kdx-field" }, el("label", { for: id, class: label.hidden ? "kd-sr" : "kdx-label" }, label.text ?? label), field) };
}

/** Radio buttons or checkboxes as wide targets. */
export function choices(ctx, options, { multiple = false, legend, row = false, onchange, name = "choice" }) {
  const inputs = options.map((option) => el("input", { type: multiple ? "checkbox" : "radio", name: `${ctx.question.id}.${name}`, value: option.id, onchange }));
  const labels = options.map((option, i) => el("label", { class: "kdx-option" }, inputs[i], el("span", {}, option.text)));
  const box = el("fieldset", { class: `kdx-options${row ? " kdx-row" : ""}` }, el("legend", { class: "kd-sr" }, legend), ...labels);
  return {
    box,
    inputs,
    get chosen() {
      return inputs.filter((input) => input.checked).map((input) => input.value);
    },
    choose(ids) {
      inputs.forEach((input) => (input.checked = ids.includes(input.value)));
    },
  };
}

/** A number with a slider and a box that follow each other; empty until it is touched. */
export function numberField(ctx, { label, min, max, step, unit, name = null, oninput }) {
  const [id, noteId] = [ctx.freshId(), ctx.freshId()];
  const limits = { min, max, step };
  const range = el("input", { type: "range", id, ...limits, value: (min + max) / 2 });
  const box = el("input", { type: "number", ...limits, inputmode: "decimal", name: name ?? ctx.question.id, "aria-label": ctx.say("card.number", { label }), "aria-describedby": noteId });
  const note = el("p", { class: "kd-note", role: "alert", id: noteId, hidden: true }, ctx.say("card.out_of_range", { min, max }));
  let value = null;
  const paint = () => range.style.setProperty("--kd-part", `${(100 * (Number(range.value) - min)) / (max - min)}%`);
  const set = (next) => {
    value = next;
    range.value = next ?? (min + max) / 2;
    box.value = next ?? "";
    range.setAttribute("aria-valuetext", next === null ? "" : `${next}${unit ? ` ${unit}` : ""}`);
    paint();
  };
  range.addEventListener("input", () => {
    set(Number(range.value));
    note.hidden = true;
    oninput?.();
  });
  box.addEventListener("input", () => {
    const typed = box.valueAsNumber;
    value = Number.isNaN(typed) ? null : Math.min(max, Math.max(min, typed));
    note.hidden = value === null || value === typed;
    if (value !== null) range.value = value;
    paint();
    oninput?.();
  });
  box.addEventListener("change", () => set(value));
  paint();
  const row = el("div", { class: "kdx-number" }, el("label", { for: id, class: "kdx-label" }, label),
    el("div", { class: "kdx-number-row" }, range, box, unit ? el("span", {}, unit) : null), note);
  return { row, set, get value() { return value; } };
}

/** Lines of "name: what", for what was said and what is seen. */
export function facts(pairs) {
  return el("dl", { class: "kdx-facts" }, ...pairs.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]));
}

function savedMark() {
  const text = el("span", {});
  const node = el("p", { class: "kdx-saved", role: "status" });
  let shown = "";
  return {
    node,
    show(state, words) {
      if (state + words === shown) return;
      shown = state + words;
      write(text, words);
      node.className = `kdx-saved kdx-saved-${state}`;
      node.replaceChildren(markIcon(state), text);
    },
  };
}

/**
 * Build an exercise into `el` and keep it alive.
 * @param {{model: object, el: HTMLElement, link?: object}} context  what boot.js (or host.js) gives
 * @param {(ctx: object) => {nodes: Node[], show: (answer: any) => void, flush?: () => void}} create  what this kind alone knows
 */
export function mountExercise({ model, el: place, link }, create) {
  const { question, words, module_version } = model.get("_spec");
  const prefix = `kdx${++count}`;
  const book = journal(link);
  const say = (path, values = {}) => fill(path.split(".").reduce((at, key) => at[key], words), values);
  let ids = 0;
  let channel = null;
  let sitting = null; // the id under which this sitting stores; a new one begins when the reader comes back
  let longest = 0; // signs of the longest state of this sitting
  let mine; // answered_at of the answer that stands on the card, null for none
  let dirty = false;

  const title = el("h3", { class: "kdx-title", id: `${prefix}-title` }, question.prompt);
  const mark = savedMark();
  const problem = el("p", { class: "kd-line kdx-problem", role: "alert", hidden: true });
  const fault = el("p", { class: "kd-line kd-error", role: "alert", hidden: true }, el("b", {}, say("card.fault_bold")), ` ${say("card.fault")}`);
  const told = el("p", { class: "kd-note", role: "status", hidden: true });
  const root = el("section", { class: "kd kdx", "data-kdebate-exercise": question.id, "data-kind": question.kind, "data-saved": "no", "data-errors": "0", "aria-labelledby": title.id });

  const guard = (work) => (...args) => {
    try {
      return work(...args);
    } catch (error) {
      return fail(error);
    }
  };

  function fail(error) {
    console.error(error);
    root.dataset.errors = String(Number(root.dataset.errors) + 1);
    fault.hidden = false;
  }

  const ctx = {
    question,
    say,
    guard,
    root,
    title,
    freshId: () => `${prefix}-${++ids}`,
    latest: () => book.latest(question.id)?.answer ?? null,
    /** Typed, but not stored. */
    touch() {
      dirty = true;
      book.keepDraft(question.id, { base: mine, values: readForm(form) });
      ctx.tell("");
      paint();
    },
    /** Store; within one sitting the newer state replaces the older, unless much was removed. */
    store(answer) {
      const size = JSON.stringify(answer).length;
      if (sitting === null || longest - size > MUCH) [sitting, longest] = [newId(), 0];
      longest = Math.max(longest, size);
      dirty = false;
      book.keepDraft(question.id, null);
      book.put({ entry_id: sitting, question_id: question.id, kind: question.kind, notebook: question.notebook, answer, module_version }, channel);
    },
    /** The next store is a version of its own. */
    endSitting: () => (sitting = null),
    done: (is) => root.classList.toggle("kdx-done", is),
    /** A line below the buttons, such as what is still missing. */
    tell(text) {
      told.hidden = text === "";
      write(told, text);
    },
    /** Take over an answer from elsewhere, if one came. */
    adopt: () => changed(),
  };

  function paint() {
    const saved = dirty ? { state: "no" } : book.saved(question.id, channel);
    root.dataset.saved = saved.state;
    mark.show(saved.state, say(`saved.${saved.state}`, { time: saved.at ? clock(saved.at) : "" }));
    const lines = [];
    if (saved.lost) lines.push(say("card.not_in_browser"));
    if (channel?.problem && saved.state !== "disk" && book.latest(question.id)) lines.push(say("card.not_on_disk", { sentence: channel.problem }));
    problem.hidden = lines.length === 0;
    write(problem, lines.join(" "));
  }

  /** The journal changed: here, in another tab, or because Python told of answers. */
  const changed = guard(() => {
    const entry = book.latest(question.id);
    const stamp = entry?.answered_at ?? null;
    if (book.clearings !== cleared) build();
    if (stamp !== mine) {
      if (entry && entry.entry_id === sitting) mine = stamp; // stored here: the card shows it already
      else if (dirty) ctx.tell(say("card.elsewhere"));
      else {
        mine = stamp;
        sitting = null;
        part.show(entry?.answer ?? null);
      }
    }
    paint();
  });

  const form = el("form", { class: "kdx-form", novalidate: true, onsubmit: (event) => event.preventDefault() });
  let part;
  let cleared;

  /** The card's own controls, empty: at the start, and after all was cleared. */
  function build() {
    cleared = book.clearings;
    dirty = false;
    mine = undefined; // not even "no answer" stands on the card
    part = create(ctx);
    form.replaceChildren(...part.nodes);
  }

  form.addEventListener("submit", guard(() => part.submit()));
  root.append(el("div", { class: "kd-body" },
    el("div", { class: "kdx-head" }, el("p", { class: "kdx-kind" }, question.label ?? say(`kind.${question.kind}`)), mark.node),
    title, question.detail ? el("p", { class: "kdx-detail" }, question.detail) : null,
    form, told, problem, fault));
  place.replaceChildren(root);

  const flush = guard(() => part.flush?.());
  const hidden = () => document.visibilityState === "hidden" && flush();
  globalThis.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", hidden);
  const unsubscribe = book.subscribe(changed);
  guard(() => {
    build();
    changed();
    const draft = book.draft(question.id);
    if (draft?.base === mine) fillForm(form, draft.values);
    else if (draft) book.keepDraft(question.id, null); // a newer answer was stored since
    if (!link) return; // a page without Python
    channel = book.join(link);
    paint();
  })();

  return () => {
    flush();
    unsubscribe();
    globalThis.removeEventListener("pagehide", flush);
    document.removeEventListener("visibilitychange", hidden);
    if (link) book.leave(link);
  };
}
