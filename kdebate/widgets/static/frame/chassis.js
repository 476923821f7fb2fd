// The frame that every explorer stands in: levers, presets, undo, replay, code, table, error guard, Python line.

import { numberText } from "../model.js";
import { el, icon, sideMark, tableNode, write } from "../page/dom.js";
import { closed, watchGates } from "../page/gate.js";
import { watchPython } from "../page/python_watch.js";
import { fill } from "../page/words.js";
import { clamp } from "./codes.js";
import { Store } from "./store.js";

const SAY_AFTER = 500; // ms after the last input until a screen reader hears the sentence
const GLIDE = 200; // ms of a replay or a preset
const BIG = { width: 1920, height: 1080 }; // the size that the big view is laid out for
const HOLD = 500; // ms that a replay shows the state before

let count = 0; // ids must differ between explorers of one page

function leverText(lever, value) {
  if (lever.choices) return lever.choice_labels[lever.choices.indexOf(value)];
  return lever.step === 1 ? String(value) : numberText(value);
}

const quiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// ---- parts of the page --------------------------------------------------------------------------------------------

function button(words, action, onclick, extra = {}) {
  return el(
    "button",
    { type: "button", class: "kd-button", "data-action": action, onclick, ...extra },
    icon(action),
    el("span", {}, words.buttons[action]),
  );
}

function presetChoice(words, presets, onchange) {
  const select = el("select", { name: "preset", onchange });
  for (const [id, preset] of Object.entries(presets)) select.append(el("option", { value: id }, preset.label));
  return { select, row: el("label", { class: "kd-preset" }, el("span", {}, words.controls.preset), select) };
}

/** The "?" beside a lever's name, and the card that it opens. */
function helpCard(words, key, lever) {
  const card = el("div", { class: "kd-card", id: `${key}-card`, hidden: true }, el("p", {}, lever.help));
  const help = el(
    "button",
    {
      type: "button",
      class: "kd-help",
      "aria-label": fill(words.controls.about, { label: lever.label }),
      "aria-expanded": "false",
      "aria-controls": card.id,
    },
    "?",
  );
  help.addEventListener("click", () => {
    card.hidden = !card.hidden;
    help.setAttribute("aria-expanded", String(!card.hidden));
  });
  return { help, card };
}

/** A lever that is a number: label, help, range, number box, its two ends, and a line for a number out of range. */
function numberControl(words, prefix, id, lever, act) {
  const key = `${prefix}-${id}`;
  const range = el("input", {
    type: "range",
    id: key,
    name: id,
    min: lever.min,
    max: lever.max,
    step: lever.step,
    "aria-describedby": `${key}-ends`,
  });
  const number = el("input", {
    type: "number",
    name: id,
    min: lever.min,
    max: lever.max,
    step: lever.step,
    inputmode: "decimal",
    "aria-label": fill(words.controls.number, { label: lever.label }),
  });
  const note = el("p", { class: "kd-note", role: "alert", hidden: true }, fill(words.controls.range, lever));
  const { help, card } = helpCard(words, key, lever);
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
  const [low, high] = lever.ends;
  const ends = el(
    "div",
    { class: "kd-ends", id: `${key}-ends` },
    el("span", {}, low),
    el("span", { class: "kd-sr" }, " – "),
    el("span", {}, high),
  );
  const row = el(
    "div",
    { class: "kd-lever" },
    el("div", { class: "kd-lever-name" }, el("label", { for: key }, lever.label), help),
    el("div", { class: "kd-lever-row" }, range, number),
    ends,
    note,
    card,
  );
  const show = (value, settled = true) => {
    range.value = value;
    range.style.setProperty("--kd-part", `${(100 * (value - lever.min)) / (lever.max - lever.min)}%`);
    const text = leverText(lever, value);
    range.setAttribute("aria-valuetext", text);
    if (settled || document.activeElement !== number) number.value = text;
  };
  return { row, show, clear: () => (note.hidden = true) };
}

/** A lever that is a choice: label, help and a select. */
function choiceControl(words, prefix, id, lever, act) {
  const key = `${prefix}-${id}`;
  const select = el(
    "select",
    { id: key, name: id },
    ...lever.choices.map((choice, i) => el("option", { value: choice }, lever.choice_labels[i])),
  );
  const { help, card } = helpCard(words, key, lever);
  select.addEventListener("change", () => {
    act.move(id, select.value);
    act.commit(id);
  });
  const row = el(
    "div",
    { class: "kd-lever" },
    el("div", { class: "kd-lever-name" }, el("label", { for: key }, lever.label), help),
    select,
    card,
  );
  return { row, show: (value) => (select.value = value), clear: () => {} };
}

function readoutCell({ key, side }) {
  const label = el("span", { class: "kd-readout-text" });
  const value = el("div", { class: "kd-readout-value", "data-readout": key });
  const cell = el(
    "div",
    { class: "kd-readout" },
    el("div", { class: "kd-readout-label" }, side ? sideMark(side) : null, label),
    value,
  );
  return { cell, label, value };
}

const CHIP_ICONS = { holds: "tick", locked: "lock" };

/** The line that says Python has stopped, with what to do about it behind a button. */
export function stoppedLine(words) {
  const help = el("p", { class: "kd-status-help", hidden: true }, words.status.stopped_help);
  const more = el(
    "button",
    {
      type: "button",
      class: "kd-link",
      "aria-expanded": "false",
      onclick: () => {
        help.hidden = !help.hidden;
        more.setAttribute("aria-expanded", String(!help.hidden));
      },
    },
    words.buttons.what_to_do,
  );
  const text = el("span", {}, el("b", {}, words.status.stopped_bold), ` ${words.status.stopped}`);
  return el(
    "div",
    { class: "kd-line kd-stopped", role: "status", hidden: true },
    el("div", { class: "kd-line-row" }, icon("info"), text, more),
    help,
  );
}

export function errorLine(words, again) {
  const text = el("span", {}, el("b", {}, words.status.error_bold), ` ${words.status.error}`);
  const retry = el(
    "button",
    { type: "button", class: "kd-button", "data-action": "again", onclick: again },
    words.buttons.again,
  );
  return el(
    "div",
    { class: "kd-line kd-error", role: "alert", hidden: true },
    el("div", { class: "kd-line-row" }, icon("warning"), text, retry),
  );
}

/** The panel behind "Link": the code of the present state, to copy or to replace. */
function codePanel(words, id, load) {
  const input = el("input", { type: "text", name: "code", id: `${id}-code`, spellcheck: "false", autocomplete: "off" });
  const said = el("p", { class: "kd-note", role: "status" });
  const use = () => {
    try {
      const notes = load(input.value);
      write(said, [words.code.applied, ...notes].join(" "));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      write(said, error.message);
    }
  };
  const copy = () =>
    navigator.clipboard.writeText(input.value).then(
      () => write(said, words.code.copied),
      () => {
        input.select();
        write(said, words.code.copy_failed);
      },
    );
  input.addEventListener("keydown", (event) => event.key === "Enter" && use());
  const row = el(
    "div",
    { class: "kd-code-row" },
    input,
    el("button", { type: "button", class: "kd-button", "data-action": "copy", onclick: copy }, words.buttons.copy),
    el(
      "button",
      { type: "button", class: "kd-button", "data-action": "use-code", onclick: use },
      words.buttons.use_code,
    ),
  );
  const panel = el(
    "div",
    { class: "kd-panel", id: `${id}-share`, hidden: true },
    el("label", { for: input.id }, words.code.label),
    row,
    el("p", { class: "kd-hint" }, words.code.help),
    said,
  );
  return { panel, input, said };
}

// ---- the explorer ---------------------------------------------------------------------------------------------------

/** Show a value between two states, for replays: numbers glide, counts step, words change at the end. */
function between(spec, from, to, share) {
  const values = { ...to.values };
  for (const [id, lever] of Object.entries(spec.levers)) {
    const [start, end] = [from.values[id], to.values[id]];
    if (typeof end !== "number" || start === end) continue;
    const value = start + (end - start) * share;
    values[id] = lever.step === 1 ? Math.round(value) : value;
  }
  return { ...to, values };
}

/**
 * Build an explorer into `el` and keep it alive.
 * @param {import("../types.d.ts").Context} context  what anywidget (or page/load.js) gives
 * @param {{name: string, view: Function, chart: Function}} explorer  what this explorer alone knows
 */
export function mountExplorer({ model, el: place, signal, carrier }, explorer) {
  const spec = model.get("_spec");
  const { words, own } = spec;
  const names = words.sides;
  const prefix = `kd${++count}`;
  const store = new Store(model, spec, words.code, () => paint());
  const guard =
    (work) =>
    (...args) => {
      try {
        work(...args);
      } catch (error) {
        fail(error);
      }
    };

  // the page
  const title = el("div", { class: "kd-title", id: `${prefix}-title` }, own.title);
  const preset = presetChoice(
    words,
    spec.presets,
    guard(() => glide(() => store.reset(preset.select.value))),
  );
  const stopped = stoppedLine(words);
  const error = errorLine(
    words,
    guard(() => {
      chart.rearrange();
      load();
    }),
  );
  const chip = el("div", { class: "kd-chip" });
  const short = el("div", { class: "kd-short", "aria-hidden": "true" });
  const sentence = el("p", { class: "kd-sentence", "data-readout": "sentence" });
  const changed = el("span", {});
  const mark = el("span", { class: "kd-change-mark", hidden: true }, words.change.before_mark);
  const change = el("p", { class: "kd-change", "data-readout": "change" }, changed, mark);
  const act = {
    move: guard((id, value) => moved(id, value)),
    commit: guard((id) => store.commit(id)),
    settle: guard((id) => levers[id].show(store.state.values[id])),
  };
  const levers = {};
  for (const id of model.get("shown"))
    levers[id] = (spec.levers[id].choices ? choiceControl : numberControl)(words, prefix, id, spec.levers[id], act);
  const lockNote = el("p", { class: "kd-lock", hidden: true }, icon("lock"), el("span", {}, words.controls.locked));
  const controls = el(
    "fieldset",
    { class: "kd-levers" },
    el("legend", {}, words.controls.levers),
    lockNote,
    ...Object.values(levers).map(({ row }) => row),
  );
  const figure = el("div", { class: "kd-chart", role: "img" });
  const caption = el("p", { class: "kd-caption", hidden: true });
  const readouts = el("div", { class: "kd-readouts" });
  const code = codePanel(words, prefix, (text) => store.load(text));
  const tableBox = el("div", {
    class: "kd-panel kd-table-box",
    id: `${prefix}-table`,
    hidden: true,
    role: "group",
    tabindex: "0",
    "aria-label": words.buttons.table,
    "data-lm-suppress-shortcuts": "true",
  });
  const toggle = (box) =>
    guard((event) => {
      box.hidden = !box.hidden;
      event.currentTarget.setAttribute("aria-expanded", String(!box.hidden));
      paintPanels();
    });
  const opens = (box) => ({ "aria-expanded": "false", "aria-controls": box.id });
  const tools = {
    undo: button(
      words,
      "undo",
      guard(() => store.undo()),
    ),
    redo: button(
      words,
      "redo",
      guard(() => store.redo()),
    ),
    replay: button(
      words,
      "replay",
      guard(() => replay()),
    ),
    reset: button(
      words,
      "reset",
      guard(() => glide(() => store.reset())),
    ),
    table: button(words, "table", toggle(tableBox), opens(tableBox)),
    share: button(words, "share", toggle(code.panel), opens(code.panel)),
    present: button(
      words,
      "present",
      guard(() => present()),
    ),
  };
  const status = el("p", { class: "kd-sr", role: "status", "data-readout": "status" });
  const body = el(
    "div",
    { class: "kd-body" },
    el("div", { class: "kd-head" }, title, preset.row),
    stopped,
    error,
    el(
      "div",
      { class: "kd-verdict" },
      el("div", { class: "kd-chip-row" }, chip, short),
      el("div", { class: "kd-said" }, sentence, change),
    ),
    el("div", { class: "kd-main" }, controls, el("div", { class: "kd-figure" }, figure, caption)),
    readouts,
    el(
      "div",
      { class: "kd-tools" },
      el("div", {}, tools.undo, tools.redo, tools.replay, tools.reset),
      el("div", {}, tools.table, tools.share, tools.present),
    ),
    code.panel,
    tableBox,
    status,
  );
  const root = el(
    "section",
    {
      class: "kd",
      role: "group",
      "data-kdebate": explorer.name,
      "data-state": "loading",
      "data-errors": "0",
      "aria-labelledby": title.id,
    },
    body,
  );
  root.dataset.levers = String(Object.keys(levers).length);
  place.replaceChildren(root);
  const chart = explorer.chart(figure, { words: own, shared: words, names, fail });

  let cells = null;
  let good = null; // the last view that was drawn without a fault
  let gliding = null;
  let sayTimer = null;

  // what is shown
  const isLocked = () => model.get("locked") || closed(model.get("predict"));

  function view(state, before) {
    const told = explorer.view(own, names, state.values, before?.values ?? null, isLocked());
    return { ...told, change: before ? `${changeText(before, state)} ${told.effect}` : "" };
  }

  function changeText(before, after) {
    if (before.preset !== after.preset) return fill(words.change.preset, { preset: spec.presets[after.preset].label });
    const ids = Object.keys(spec.levers).filter((id) => before.values[id] !== after.values[id]);
    if (ids.length !== 1) return words.change.several;
    const lever = spec.levers[ids[0]];
    const [from, to] = [before, after].map(({ values }) => leverText(lever, values[ids[0]]));
    return fill(words.change.lever, { lever: lever.short, before: from, after: to });
  }

  function writeTexts(told) {
    chip.className = `kd-chip kd-chip-${told.verdict}`;
    const sign = told.icon === undefined ? (CHIP_ICONS[told.verdict] ?? "cross") : told.icon;
    if (chip.textContent !== told.chip) chip.replaceChildren(...(sign ? [icon(sign)] : []), el("span", {}, told.chip));
    write(short, told.short);
    write(sentence, told.sentence);
    write(changed, told.change);
    mark.hidden = !told.marks;
    figure.setAttribute("aria-label", told.alt);
    cells ??= told.readouts.map((readout) => {
      const cell = readoutCell(readout);
      readouts.append(cell.cell);
      return cell;
    });
    told.readouts.forEach((readout, i) => {
      write(cells[i].label, readout.label);
      write(cells[i].value, readout.value);
    });
    caption.hidden = true;
  }

  function paintLevers(state, settled) {
    for (const [id, lever] of Object.entries(levers)) lever.show(state.values[id], settled);
    preset.select.value = state.preset;
  }

  function paintPanels() {
    if (!tableBox.hidden && good) tableBox.replaceChildren(tableNode(good.table));
    if (!code.panel.hidden && document.activeElement !== code.input) code.input.value = store.code;
  }

  function paintTools() {
    const locked = isLocked();
    const off = { undo: !store.canUndo, redo: !store.canRedo, replay: !store.before, reset: store.atStart };
    for (const [action, none] of Object.entries(off)) tools[action].disabled = locked || none;
    controls.disabled = locked;
    preset.select.disabled = locked;
    lockNote.hidden = !locked;
    code.input.disabled = locked;
  }

  function show(state, before) {
    const told = view(state, before);
    chart.draw(told);
    writeTexts(told);
    good = told;
    error.hidden = true;
    if (chart.loaded) root.dataset.state = "ready";
  }

  const paint = guard(() => {
    cancelGlide();
    paintLevers(store.state, false);
    paintTools();
    show(store.state, store.before);
    paintPanels();
    clearTimeout(sayTimer);
    sayTimer = setTimeout(() => write(status, sentence.textContent), SAY_AFTER);
  });

  function fail(fault) {
    console.error(fault);
    root.dataset.errors = String(Number(root.dataset.errors) + 1);
    root.dataset.state = "error";
    error.hidden = false;
    if (good) write(caption, good.caption);
    caption.hidden = !good;
  }

  // what the learner does
  function moved(id, value) {
    levers[id].clear();
    store.set(id, value);
  }

  function cancelGlide() {
    if (!gliding) return;
    cancelAnimationFrame(gliding.frame);
    clearTimeout(gliding.timer);
    gliding = null;
  }

  function glideFrom(from, hold) {
    if (quiet()) return;
    const [to, before] = [store.state, store.before];
    const start = performance.now() + hold;
    const step = guard((now) => {
      const share = Math.min(1, Math.max(0, (now - start) / GLIDE));
      if (share === 1) return paint();
      const at = between(spec, from, to, 1 - (1 - share) ** 2);
      paintLevers(at, true);
      show(at, before);
      gliding.frame = requestAnimationFrame(step);
    });
    // A page that is not on screen gets no frames: the end is painted all the same.
    gliding = { frame: requestAnimationFrame(step), timer: setTimeout(paint, hold + 4 * GLIDE) };
  }

  function glide(work) {
    const from = store.state;
    work();
    glideFrom(from, 0);
  }

  function replay() {
    cancelGlide();
    if (store.before) glideFrom(store.before, HOLD);
  }

  function present() {
    if (document.fullscreenElement === root) document.exitFullscreen();
    else root.requestFullscreen();
  }

  /** The big view is laid out for one size and drawn at the screen's own, so that every projector shows all of it. */
  function fitScreen() {
    const on = document.fullscreenElement === root;
    root.style.zoom = on ? Math.min(innerWidth / BIG.width, innerHeight / BIG.height) : "";
  }

  function dressPresent() {
    const on = document.fullscreenElement === root;
    root.classList.toggle("kd-presenting", on);
    fitScreen();
    tools.present.replaceChildren(
      icon(on ? "leave" : "present"),
      el("span", {}, on ? words.buttons.leave : words.buttons.present),
    );
    redraw();
  }

  const redraw = guard(() => {
    chart.rearrange();
    if (good) show(store.state, store.before);
  });

  const load = guard(() => {
    paint();
    chart.load().then(
      guard(() => {
        chart.rearrange();
        paint();
      }),
      fail,
    );
  });

  // what the page around does
  const width = new ResizeObserver(redraw);
  const theme = new MutationObserver(redraw);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const unwatch = watchPython(carrier, (gone) => (stopped.hidden = !gone));
  const lockChanged = () => paint();
  width.observe(figure);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-theme"] });
  dark.addEventListener("change", redraw);
  document.addEventListener("fullscreenchange", dressPresent);
  globalThis.addEventListener("resize", fitScreen);
  model.on("change:locked", lockChanged);
  const unwatchGates = watchGates(lockChanged);
  load();

  function destroy() {
    cancelGlide();
    clearTimeout(sayTimer);
    width.disconnect();
    theme.disconnect();
    dark.removeEventListener("change", redraw);
    document.removeEventListener("fullscreenchange", dressPresent);
    globalThis.removeEventListener("resize", fitScreen);
    model.off("change:locked", lockChanged);
    unwatchGates();
    unwatch();
    store.destroy();
    chart.destroy();
  }
  return destroy;
}
