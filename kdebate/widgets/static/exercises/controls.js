// The controls that cards are made of: buttons, fields, choices, numbers, and the lines that say something.

import { el, icon, opens, write } from "../page/dom.js";

const MARKS = {
  no: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11",
  browser: "M1.5 2.5h13v11h-13zM1.5 6h13",
  disk: "M2 2h9.5L14 4.5V14H2zM5 2v4h6V2M4.5 14V9.5h7V14",
};

/** The sign of a saved mark; its words stand beside it. */
export function markIcon(state) {
  const svg = icon("info");
  svg.firstChild.setAttribute("d", MARKS[state]);
  return svg;
}

/** A time of day by the reader's own clock, in the digits of the page: 14:32. */
export function clock(stamp) {
  return new Date(stamp).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** A button; the main one of a card stores and is filled. */
export function button(text, action, onclick, extra = {}) {
  return el("button", { class: "kd-button", "data-action": action, onclick, ...extra }, text);
}

/** The button that stores what stands on the card. */
export function mainButton(text) {
  return button(text, "store", null, { type: "submit", class: "kd-button kdx-main" });
}

/** How many people: a row with its label, and the number in it, null where there is none. */
export function countField(ctx, label, attributes) {
  const id = ctx.freshId();
  const limits = { min: 0, max: 999, step: 1, inputmode: "numeric" };
  const input = el("input", { type: "number", id, ...limits, ...attributes });
  return {
    input,
    row: el("div", { class: "kdx-count" }, el("label", { for: id }, label), input),
    read: () => {
      const typed = input.valueAsNumber;
      return Number.isNaN(typed) ? null : Math.min(limits.max, Math.max(limits.min, Math.round(typed)));
    },
  };
}

/** A button that opens and closes a box below it. */
export function opener(text, action, box, extra = {}) {
  return opens(button(text, action, null, { class: "kd-link", ...extra }), box);
}

/**
 * A text field with its label.
 * @param {import("../types.d.ts").Card} ctx
 * @param {string} part
 * @param {any} label  its text, or the text and whether it is hidden
 * @param {{rows?: number, placeholder?: string | null, oninput?: (event: Event) => void}} [options]
 */
export function textField(ctx, part, label, { rows = 2, placeholder = null, oninput } = {}) {
  const id = ctx.freshId();
  const field = el("textarea", {
    id,
    name: part ? `${ctx.question.id}.${part}` : ctx.question.id,
    rows,
    placeholder,
    spellcheck: "true",
    oninput,
  });
  return {
    field,
    row: el(
      "div",
      { class: "kdx-field" },
      el("label", { for: id, class: label.hidden ? "kd-sr" : "kdx-label" }, label.text ?? label),
      field,
    ),
  };
}

/** Radio buttons or checkboxes as wide targets. */
export function choices(ctx, options, { multiple = false, legend, row = false, onchange, name = "choice" }) {
  const inputs = options.map((option) =>
    el("input", {
      type: multiple ? "checkbox" : "radio",
      name: `${ctx.question.id}.${name}`,
      value: option.id,
      onchange,
    }),
  );
  const labels = options.map((option, i) =>
    el("label", { class: "kdx-option" }, inputs[i], el("span", {}, option.text)),
  );
  const box = el(
    "fieldset",
    { class: `kdx-options${row ? " kdx-row" : ""}` },
    el("legend", { class: "kd-sr" }, legend),
    ...labels,
  );
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

/** The number in a box, null where there is none; one that is out of range is refused, and said so in the note. */
export function readWithin(box, note, { min, max }, ctx) {
  const typed = box.valueAsNumber;
  const fits = typed >= min && typed <= max;
  note.hidden = fits || Number.isNaN(typed);
  write(note, note.hidden ? "" : ctx.say("card.out_of_range", { min, max, typed: String(typed).replace("-", "−") }));
  return fits ? typed : null;
}

/** A number with a slider and a box that follow each other; empty until it is touched. */
export function numberField(ctx, { label, min, max, step, unit, name = null, oninput }) {
  const [id, noteId] = [ctx.freshId(), ctx.freshId()];
  const limits = { min, max, step };
  const range = el("input", { type: "range", id, ...limits, value: (min + max) / 2 });
  const box = el("input", {
    type: "number",
    ...limits,
    inputmode: "decimal",
    name: name ?? ctx.question.id,
    "aria-label": ctx.say("card.number", { label }),
    "aria-describedby": noteId,
  });
  const note = el("p", { class: "kd-note", role: "alert", id: noteId, hidden: true });
  let value = null;
  const paint = () => range.style.setProperty("--kd-part", `${(100 * (Number(range.value) - min)) / (max - min)}%`);
  const set = (next) => {
    value = next;
    note.hidden = true;
    range.value = next ?? (min + max) / 2;
    box.value = next ?? "";
    range.setAttribute("aria-valuetext", next === null ? "" : `${next}${unit ? ` ${unit}` : ""}`);
    paint();
  };
  range.addEventListener("input", () => {
    set(Number(range.value));
    oninput?.();
  });
  box.addEventListener("input", () => {
    value = readWithin(box, note, { min, max }, ctx);
    if (value !== null) range.value = value;
    paint();
    oninput?.();
  });
  box.addEventListener("change", () => note.hidden && set(value));
  paint();
  const row = el(
    "div",
    { class: "kdx-number" },
    el("label", { for: id, class: "kdx-label" }, label),
    el("div", { class: "kdx-number-row" }, range, box, unit ? el("span", {}, unit) : null),
    note,
  );
  return {
    row,
    set,
    get value() {
      return value;
    },
  };
}

/** Lines of "name: what", for what was said and what is seen. */
export function facts(pairs) {
  return el("dl", { class: "kdx-facts" }, ...pairs.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]));
}

const SIGNS = { right: "tick", surprise: "spark", wrong: "cross" };

/** How an answer turned out: a sign and a word beside the colour. */
export function verdictLine(look, ...text) {
  return el("p", { class: `kdx-verdict kdx-${look}` }, icon(SIGNS[look]), el("span", {}, ...text));
}

/** How safe the answer is: a sign and its words. */
export function savedMark() {
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

/** A line with the ways that lie open from here, as `[action, words, work]`. */
export function offerLine() {
  const text = el("p", { role: "status" });
  const ways = el("div", { class: "kdx-buttons" });
  const node = el("div", { class: "kd-line kdx-problem kdx-offer", hidden: true }, text, ways);
  const close = () => {
    node.hidden = true;
    write(text, "");
  };
  return {
    node,
    close,
    make(words, actions = []) {
      node.hidden = false;
      write(text, words);
      ways.replaceChildren(
        ...actions.map(([action, name, work]) =>
          button(name, action, () => {
            close();
            work();
          }),
        ),
      );
    },
  };
}
