// One bargain as an explorer shows it: verdict and sentence, levers beside the chart, read-outs below.

import { el, icon, sideMark, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { leverSet, leverText } from "./levers.js";
import { watchLook } from "./watch.js";

const CHIP_ICONS = { holds: "tick", locked: "lock" };

/** The choice of where to start, where there is one; `node` goes into the head of the page. */
export function presetChoice(frame, store) {
  const { presets, choose_start: chosen = true } = store.spec;
  const options = Object.entries(presets).map(([id, { label }]) => el("option", { value: id }, label));
  const isFree = (id) => frame.predictions.held("preset", id) === id;
  const reset = frame.guard(() => frame.glide.over(() => store.reset(select.value)));
  const select = el("select", { name: "preset", onchange: reset }, ...options);
  const label = el("span", {}, frame.words.controls.preset);
  const node = el("label", { class: "kd-preset", hidden: !chosen || options.length < 2 }, label, select);
  const paint = ({ preset }) => {
    select.value = preset;
    select.disabled = frame.locked;
    for (const option of options) option.disabled = !isFree(option.value);
  };
  return { node, paint };
}

/** What the last change was, in words. */
function changeText({ change }, { presets, levers }, before, after) {
  if (before.preset !== after.preset) return fill(change.preset, { preset: presets[after.preset].label });
  const ids = Object.keys(levers).filter((id) => before.values[id] !== after.values[id]);
  if (ids.length !== 1) return change.several;
  const lever = levers[ids[0]];
  const [from, to] = [before, after].map(({ values }) => leverText(lever, values[ids[0]]));
  return fill(change.lever, { lever: lever.short, before: from, after: to });
}

/** Verdict, sentence and last change. */
function verdictBlock(words) {
  const chip = el("div", { class: "kd-chip" });
  const short = el("div", { class: "kd-short", "aria-hidden": "true" });
  const sentence = el("p", { class: "kd-sentence", "data-readout": "sentence" });
  const changed = el("span", {});
  const mark = el("span", { class: "kd-change-mark", hidden: true }, words.change.before_mark);
  const change = el("p", { class: "kd-change", "data-readout": "change" }, changed, mark);
  const row = el("div", { class: "kd-chip-row" }, chip, short);
  const node = el("div", { class: "kd-verdict" }, row, el("div", { class: "kd-said" }, sentence, change));
  const paint = (told) => {
    chip.className = `kd-chip kd-chip-${told.verdict}`;
    const sign = told.icon === undefined ? (CHIP_ICONS[told.verdict] ?? "cross") : told.icon;
    if (chip.textContent !== told.chip) chip.replaceChildren(...(sign ? [icon(sign)] : []), el("span", {}, told.chip));
    write(short, told.short);
    write(sentence, told.sentence);
    write(changed, told.change);
    mark.hidden = !told.marks;
  };
  return { node, paint, said: () => sentence.textContent };
}

/** The numbers below the chart; which they are does not change while the explorer lives. */
function readoutRow() {
  const node = el("div", { class: "kd-readouts" });
  let cells = null;
  const add = ({ key, side }) => {
    const [label, value] = [
      el("span", { class: "kd-readout-text" }),
      el("div", { class: "kd-readout-value", "data-readout": key }),
    ];
    const head = el("div", { class: "kd-readout-label" }, side ? sideMark(side) : null, label);
    node.append(el("div", { class: "kd-readout" }, head, value));
    return { label, value };
  };
  const paint = (readouts) => {
    cells ??= readouts.map(add);
    readouts.forEach(({ label, value }, i) => {
      write(cells[i].label, label);
      write(cells[i].value, value);
    });
  };
  return { node, paint };
}

/**
 * @param {import("./frame.js").Frame} frame
 * @param {import("./store.js").Store} store
 * @param {{view: Function, chart: () => Promise<Function>}} explorer  what this explorer alone knows; its chart comes
 *   after the levers, which can be moved meanwhile
 * @param {string} [prefix]  for ids; a second panel of a page needs its own
 */
export function leverPanel(frame, store, explorer, prefix = frame.prefix) {
  const { words, own, guard, fail, signal } = frame;
  const names = words.sides;
  const preset = presetChoice(frame, store);
  const levers = leverSet(words, prefix, frame.model.get("shown"), store, frame.predictions, guard);
  const verdict = verdictBlock(words);
  const readouts = readoutRow();
  const figure = el("div", { class: "kd-chart", role: "img" });
  const caption = el("p", { class: "kd-caption", hidden: true });
  let chart = null;
  let good = null; // the last view that was drawn without a fault
  frame.root.dataset.levers = String(frame.model.get("shown").length);

  function view(state, before) {
    const told = explorer.view(own, names, state.values, before?.values ?? null, frame.locked);
    return {
      ...told,
      guesses: frame.predictions.marked,
      change: before ? `${changeText(words, store.spec, before, state)} ${told.effect}` : "",
    };
  }
  return {
    store,
    head: preset.node,
    nodes: [
      verdict.node,
      el(
        "div",
        { class: "kd-main" },
        levers.node,
        el("div", { class: "kd-figure" }, frame.predictions.node, figure, caption),
      ),
      readouts.node,
    ],
    start: () => watchLook(figure, frame.redraw, signal),
    /** What the learner's hand moves. */
    paint(state, settled) {
      levers.paint(state, settled, frame.locked);
      preset.paint(state);
    },
    show(state, before) {
      const told = view(state, before);
      chart?.draw(told);
      verdict.paint(told);
      figure.setAttribute("aria-label", told.alt);
      readouts.paint(told.readouts);
      caption.hidden = true;
      good = told;
    },
    /** The last good chart stays, and says which settings it shows. */
    failed() {
      if (good) write(caption, good.caption);
      caption.hidden = !good;
    },
    /** The chart measures its place, so it comes when that stands on the page. */
    async load() {
      const draw = await explorer.chart();
      chart ??= draw(figure, { words: own, shared: words, names, fail, signal });
    },
    get loaded() {
      return chart !== null;
    },
    rearrange: () => chart?.rearrange(),
    table: () => good?.table,
    said: verdict.said,
  };
}
