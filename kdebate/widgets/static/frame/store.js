// The state of one explorer: lever values, preset, and the history that undo walks. Python mirrors it when it can.

import { decode, encode, presetValues } from "./codes.js";
import { tabMemory, watchForgetting } from "./lever_memory.js";

const DEEPEST = 200; // remembered changes
const TOGETHER = 1000; // ms in which steps of one lever count as one change
const PYTHON_AFTER = 40; // ms: Python hears of a change after the page has been painted

/** Read lever values and preset from the widget's traits. */
function readState(model, spec) {
  const values = {};
  for (const id of Object.keys(spec.levers)) values[id] = model.get(id);
  return { preset: model.get("preset"), values };
}

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

/** The state, what undo walks, and whoever is told of it: the page at once, Python and the tab's memory after the paint. */
export class Store {
  #timer = null;
  #keeping = null;
  #telling = false;
  #latest = { id: null, at: 0 };

  /**
   * @param {import("../types.d.ts").Model} model  anywidget model, or its stand-in on a static page
   * @param {import("../types.d.ts").Spec} spec   levers and presets as in levers.toml and presets.toml
   * @param {import("../types.d.ts").Words} words  sentences for codes that cannot be read
   * @param {() => void} changed  called after every change of the state
   */
  constructor(model, spec, words, changed) {
    this.model = model;
    this.spec = spec;
    this.words = words;
    this.changed = changed;
    this.ids = Object.keys(spec.levers);
    this.state = readState(model, spec);
    this.history = model.get("history");
    this.memory = tabMemory(model, "levers");
    this.unwatch = this.#watch();
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
    this.#update(this.state, { codes, at: codes.length - 1 });
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

  /** Restore a code; returns the sentences about values that had to be moved into range. */
  load(text) {
    const { state, notes } = decode(this.spec, this.words, text);
    this.#jump(state);
    return notes;
  }

  destroy() {
    this.unwatch();
    this.#flush();
  }

  // ---- what moves the state

  #stateOf(text) {
    return decode(this.spec, this.words, text).state;
  }

  #update(state, history = this.history) {
    Object.assign(this, { state, history });
    this.#timer ??= setTimeout(() => this.#tellPython(), PYTHON_AFTER);
    this.changed();
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

  #watch() {
    const fromPython = () => this.#fromPython();
    const flush = () => this.#flush();
    const names = [...this.ids, "preset", "history"].map((name) => `change:${name}`);
    names.forEach((name) => this.model.on(name, fromPython));
    const unwatch = watchForgetting(() => this.#forget());
    globalThis.addEventListener("pagehide", flush);
    return () => {
      names.forEach((name) => this.model.off(name, fromPython));
      unwatch();
      globalThis.removeEventListener("pagehide", flush);
    };
  }

  #keep() {
    clearTimeout(this.#keeping);
    this.#keeping = null;
    this.memory.write({ code: this.code, ...this.history });
  }

  #tellPython() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#telling = true;
    for (const id of this.ids) this.model.set(id, this.state.values[id]);
    this.model.set("preset", this.state.preset);
    this.model.set("history", this.history);
    this.#telling = false;
    this.model.save_changes();
    this.#keep();
  }

  /** Python changed a trait: take over what differs from what the page holds. */
  #fromPython() {
    if (this.#telling || this.#timer !== null) return; // the page is ahead; Python hears of it in a moment
    const state = readState(this.model, this.spec);
    const history = this.model.get("history");
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
    const goesOn = this.model.get("_met") ? this.#isBehind(past) : kept;
    if (!this.model.get("_met")) {
      this.model.set("_met", true);
      this.model.save_changes();
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
    const state = this.#stateOf(this.model.get("_began") || this.history.codes[0]);
    this.#latest = { id: null, at: 0 };
    this.#update(state, { codes: [encode(this.spec, state)], at: 0 });
  }
}
