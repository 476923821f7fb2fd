// The levers of one store: a row for each, with its name, its help, its control and what must be said below it.

import { numberText } from "../model.js";
import { el, icon, opens, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { clamp } from "./codes.js";

/** A lever's value as a reader sees it. */
export function leverText(lever, value) {
  if (lever.choices) return lever.choice_labels[lever.choices.indexOf(value)];
  return lever.step === 1 ? String(value) : numberText(value);
}

/** One row: the lever's name, the "?" that opens its help, then its parts, then the help. */
function leverRow(words, key, lever, ...parts) {
  const card = el("div", { class: "kd-card", id: `${key}-card` }, el("p", {}, lever.help));
  const about = fill(words.controls.about, { label: lever.label });
  const help = opens(el("button", { class: "kd-help", "aria-label": about }, "?"), card);
  const name = el("div", { class: "kd-lever-name" }, el("label", { for: key }, lever.label), help);
  return el("div", { class: "kd-lever" }, name, ...parts, card);
}

/** Range and number box of a lever. */
function numberInputs(words, key, id, lever) {
  const { min, max, step } = lever;
  const limits = { name: id, min, max, step };
  const label = fill(words.controls.number, { label: lever.label });
  return {
    range: el("input", { type: "range", id: key, ...limits, "aria-describedby": `${key}-ends` }),
    number: el("input", { type: "number", ...limits, inputmode: "decimal", "aria-label": label }),
  };
}

/** Let both inputs move the lever. What is typed counts while it is in range; on leaving the box it is moved there. */
function listen({ range, number }, note, id, lever, act) {
  range.addEventListener("input", () => act.move(id, Number(range.value)));
  range.addEventListener("change", () => act.commit(id));
  number.addEventListener("input", () => {
    const value = number.valueAsNumber;
    if (value === clamp(lever, value)) act.move(id, value);
  });
  number.addEventListener("change", () => {
    const value = number.valueAsNumber;
    const inside = Number.isNaN(value) ? null : clamp(lever, value);
    if (inside !== null) act.move(id, inside);
    note.hidden = inside === null || inside === value;
    act.commit(id);
    act.settle(id);
  });
}

function endsLine(key, [low, high]) {
  const apart = el("span", { class: "kd-sr" }, " – ");
  return el("div", { class: "kd-ends", id: `${key}-ends` }, el("span", {}, low), apart, el("span", {}, high));
}

/** A lever that is a number. */
function numberControl(words, key, id, lever, act) {
  const inputs = numberInputs(words, key, id, lever);
  const { range, number } = inputs;
  const note = el("p", { class: "kd-note", role: "alert", hidden: true }, fill(words.controls.range, lever));
  listen(inputs, note, id, lever, act);
  const both = el("div", { class: "kd-lever-row" }, range, number);
  const show = (value, settled) => {
    range.value = value;
    range.style.setProperty("--kd-part", `${(100 * (value - lever.min)) / (lever.max - lever.min)}%`);
    const text = leverText(lever, value);
    range.setAttribute("aria-valuetext", text);
    if (settled || document.activeElement !== number) number.value = text;
  };
  const stopped = el("p", { class: "kd-note kd-stop", role: "status", hidden: true });
  const row = leverRow(words, key, lever, both, endsLine(key, lever.ends), note, stopped);
  return { row, inputs: [range, number], show, stopped, clear: () => (note.hidden = true) };
}

/** A lever that is a choice. */
function choiceControl(words, key, id, lever, act) {
  const options = lever.choices.map((choice, i) => el("option", { value: choice }, lever.choice_labels[i]));
  const select = el("select", { id: key, name: id }, ...options);
  select.addEventListener("change", () => {
    act.move(id, select.value);
    act.commit(id);
  });
  const row = leverRow(words, key, lever, select);
  return { row, inputs: [select], show: (value) => (select.value = value), stopped: null, clear: () => {} };
}

/** Hold a lever where its preset holds it, with the reason below it. */
function holdControl(control, why) {
  const held = why !== null;
  for (const input of control.inputs) input.disabled = held;
  control.row.classList.toggle("kd-held", held);
  if (held && !control.reason) {
    control.reason = el("p", { class: "kd-note", role: "status" });
    control.row.append(control.reason);
  }
  if (!control.reason) return;
  control.reason.hidden = !held;
  control.reason.textContent = why ?? "";
}

/** Say why a lever goes no further. */
function paintStop({ stopped }, text) {
  if (!stopped) return;
  stopped.hidden = text === "";
  write(stopped, text);
}

/**
 * The levers on screen of one store.
 * @param {import("../types.d.ts").Words} words
 * @param {string} prefix  for ids
 * @param {string[]} shown
 * @param {import("./store.js").Store} store
 * @param {import("./predictions.js").Predictions} predictions  how far a lever may go
 * @param {(work: Function) => (...args: any[]) => any} guard
 */
export function leverSet(words, prefix, shown, store, predictions, guard) {
  const { levers, presets } = store.spec;
  const act = {
    move: guard((id, value) => {
      controls[id].clear();
      const free = predictions.held(id, value);
      store.set(id, free);
      if (free !== value) controls[id].show(free, false);
    }),
    commit: guard((id) => store.commit(id)),
    settle: guard((id) => controls[id].show(store.state.values[id], true)),
  };
  const make = (id) =>
    (levers[id].choices ? choiceControl : numberControl)(words, `${prefix}-${id}`, id, levers[id], act);
  const controls = Object.fromEntries(shown.map((id) => [id, make(id)]));
  const lock = el("p", { class: "kd-lock", hidden: true }, icon("lock"), el("span", {}, words.controls.locked));
  const rows = Object.values(controls).map(({ row }) => row);
  const node = el("fieldset", { class: "kd-levers" }, el("legend", {}, words.controls.levers), lock, ...rows);
  const paint = ({ values, preset }, settled, locked) => {
    const { locked: held = [], locked_why: why = "" } = presets[preset];
    for (const [id, control] of Object.entries(controls)) {
      control.show(values[id], settled);
      holdControl(control, held.includes(id) ? why : null);
      paintStop(control, locked ? "" : predictions.stopText(id, values[id]));
    }
    node.disabled = locked;
    lock.hidden = !locked;
  };
  return { node, paint };
}
