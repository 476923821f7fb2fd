// The state of one explorer: lever values, preset, and the history that undo walks. Python mirrors it when it can.

import { hear, tellPython } from "../page/python_watch.js";
import { decode, encode, presetValues } from "./codes.js";
import { tabMemory, watchForgetting } from "./lever_memory.js";

const DEEPEST = 200; // remembered changes
const TOGETHER = 1000; // ms in which steps of one lever count as one change
const PYTHON_AFTER = 40; // ms: Python hears of a change after the page has been painted

/** A remembered state with its history, read like codes that somebody typed; null when any of it cannot be read. */
function readKept(kept, read) {
  const { code, codes, at } = kept ?? {};
  if (!Array.isArray(codes) || codes.length > DEEPEST || !Number.isInteger(at) || !(at in codes)) return null;
  try {
    const [state, ...past] = [code, ...codes].map((text) => read(String(text)));
    return { state, past, at };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The state, what undo walks, and whoever is told of it: the page at once, Python and the tab's memory after the paint.
 * A page with two states, such as two bargains side by side, has two stores: the second one's traits end in its suffix.
 */
export class Store {
  #timer = null;
  #keeping = null;
  #telling = false;
  #latest = { id: null, at: 0 };

  /**
   * @param {import("../types.d.ts").Model} model  anywidget model, or its stand-in on a static page
   * @param {import("../types.d.ts").Spec} spec   levers and presets as in levers.toml and presets.toml
   * @param {import("../types.d.ts").Words} words  sentences for codes that cannot be read
   * @param {(isStep?: boolean) => void} changed  called after every change of the state; whether it was one more step
   * @param {AbortSignal} signal
   * @param {string} [suffix]
   */
  constructor(model, spec, words, changed, signal, suffix = "") {
    this.model = model;
    this.spec = spec;
    this.words = words;
    this.changed = changed;
    this.suffix = suffix;
    this.ids = Object.keys(spec.levers);
    this.state = this.#read();
    this.history = this.#get("history");
    this.memory = tabMemory(model, `levers${suffix}`);
    this.#watch(signal);
    this.#recall();
  }

  get code() {
    return encode(this.spec, this.state);
  }

  /** Whether all levers stand where the starting point sets them. */
  get atStart() {
    const { preset } = this.state;
    return this.code === encode(this.spec, { preset, values: presetValues(this.spec, preset) });
  }

  get canUndo() {
    return this.history.at > 0;
  }

  get canRedo() {
    return this.history.at < this.history.codes.length - 1;
  }

  /** The state that the last change left: while a lever moves, the one it started from. */
  get before() {
    const { codes, at } = this.history;
    if (this.code !== codes[at]) return this.#stateOf(codes[at]);
    return at > 0 ? this.#stateOf(codes[at - 1]) : null;
  }

  set(id, value) {
    if (this.state.values[id] === value) return;
    this.#update({ ...this.state, values: { ...this.state.values, [id]: value } });
  }

  /** Make the live state one step of the history; quick steps of one lever join. */
  commit(id = null) {
    const { code, history } = this;
    const now = Date.now();
    const joins = id !== null && this.#latest.id === id && now - this.#latest.at < TOGETHER && history.at > 0;
    this.#latest = { id, at: now };
    if (code === history.codes[history.at]) return;
    const codes = [...history.codes.slice(0, history.at + (joins ? 0 : 1)), code].slice(-DEEPEST);
    this.#update(this.state, { codes, at: codes.length - 1 }, !joins);
  }

  undo() {
    this.#travel(-1);
  }

  redo() {
    this.#travel(1);
  }

  reset(preset = this.state.preset) {
    this.#jump({ preset, values: presetValues(this.spec, preset) });
  }

  /** Go to a setting that a question asks for: a start, levers, or both. */
  go({ preset = this.state.preset, ...asked }) {
    const values = preset === this.state.preset ? this.state.values : presetValues(this.spec, preset);
    this.#jump({ preset, values: { ...values, ...asked } });
  }

  /** Restore a code; returns the sentences about values that had to be moved into range. */
  load(text) {
    const { state, notes } = decode(this.spec, this.words, text);
    this.#jump(state);
    return notes;
  }

  // ---- what moves the state

  #stateOf(text) {
    return decode(this.spec, this.words, text).state;
  }

  #update(state, history = this.history, isStep = false) {
    Object.assign(this, { state, history });
    this.#timer ??= setTimeout(() => this.#tellPython(), PYTHON_AFTER);
    this.changed(isStep);
  }

  #travel(step) {
    const at = this.history.at + step;
    if (at < 0 || at >= this.history.codes.length) return;
    this.#latest = { id: null, at: 0 };
    this.#update(this.#stateOf(this.history.codes[at]), { ...this.history, at });
  }

  #jump(state) {
    this.#latest = { id: null, at: 0 };
    this.#update(state);
    this.commit();
  }

  // ---- Python and the tab's memory

  #get(name) {
    return this.model.get(name + this.suffix);
  }

  /** Lever values and preset, as the widget's traits have them. */
  #read() {
    return { preset: this.#get("preset"), values: Object.fromEntries(this.ids.map((id) => [id, this.#get(id)])) };
  }

  #tell(traits) {
    this.#telling = true;
    tellPython(
      this.model,
      Object.fromEntries(Object.entries(traits).map(([name, value]) => [name + this.suffix, value])),
    );
    this.#telling = false;
  }

  #watch(signal) {
    const names = [...this.ids, "preset", "history"].map((name) => `change:${name}${this.suffix}`);
    hear(this.model, names, () => this.#fromPython(), signal);
    watchForgetting(() => this.#forget(), signal);
    globalThis.addEventListener("pagehide", () => this.#flush(), { signal });
    signal.addEventListener("abort", () => this.#flush());
  }

  #keep() {
    clearTimeout(this.#keeping);
    this.#keeping = null;
    this.memory.write({ code: this.code, ...this.history });
  }

  #tellPython() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#tell({ ...this.state.values, preset: this.state.preset, history: this.history });
    this.#keep();
  }

  /** Python changed a trait: take over what differs from what the page holds. */
  #fromPython() {
    if (this.#telling || this.#timer !== null) return; // the page is ahead; Python hears of it in a moment
    const [state, history] = [this.#read(), this.#get("history")];
    if (encode(this.spec, state) === this.code && history === this.history) return;
    Object.assign(this, { state, history });
    this.#keeping ??= setTimeout(() => this.#keep(), PYTHON_AFTER);
    this.changed();
  }

  /** What is still to be told or kept, at once: the explorer or the page goes. */
  #flush() {
    if (this.#timer !== null) this.#tellPython();
    else if (this.#keeping !== null) this.#keep();
  }

  /**
   * A widget that no page has met is new: it goes on where the one in its place was left. So does one whose Python had
   * not yet heard the last moves when the page was loaded again, as while it ran the chapter.
   */
  #recall() {
    const kept = readKept(this.memory.read(), (text) => this.#stateOf(text));
    const past = kept?.past.map((one) => encode(this.spec, one));
    const goesOn = this.#get("_met") ? this.#isBehind(past) : kept;
    if (!this.#get("_met")) {
      this.#tell({ _met: true });
    }
    if (!goesOn) return;
    this.state = kept.state;
    this.history = { codes: past, at: kept.at };
    this.#timer = setTimeout(() => this.#tellPython(), PYTHON_AFTER);
  }

  /** Whether another history only goes on from this one's end. */
  #isBehind(past) {
    const { codes, at } = this.history;
    const isPart = past?.length > codes.length && codes.every((one, index) => one === past[index]);
    return isPart && at === codes.length - 1 && this.code === codes[at];
  }

  #forget() {
    const state = this.#stateOf(this.#get("_began") || this.history.codes[0]);
    this.#latest = { id: null, at: 0 };
    this.#update(state, { codes: [encode(this.spec, state)], at: 0 });
  }
}
