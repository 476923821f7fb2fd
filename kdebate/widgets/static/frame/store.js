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

/**
 * @param {import("../types.d.ts").Model} model  anywidget model, or its stand-in on a static page
 * @param {import("../types.d.ts").Spec} spec   levers and presets as in levers.toml and presets.toml
 * @param {import("../types.d.ts").Words} words  sentences for codes that cannot be read
 * @param {() => void} changed  called after every change of the state
 */
export function createStore(model, spec, words, changed) {
  const ids = Object.keys(spec.levers);
  let state = readState(model, spec);
  let history = model.get("history");
  let latest = { id: null, at: 0 };
  let timer = null;
  let keeping = null;
  let telling = false;
  const memory = tabMemory(model, "levers");

  const code = () => encode(spec, state);
  const stateOf = (text) => decode(spec, words, text).state;

  function keep() {
    clearTimeout(keeping);
    keeping = null;
    memory.write({ code: code(), ...history });
  }

  function tellPython() {
    clearTimeout(timer);
    timer = null;
    telling = true;
    for (const id of ids) model.set(id, state.values[id]);
    model.set("preset", state.preset);
    model.set("history", history);
    telling = false;
    model.save_changes();
    keep();
  }

  /** What is still to be told or kept, at once: the explorer or the page goes. */
  function flush() {
    if (timer !== null) tellPython();
    else if (keeping !== null) keep();
  }

  /** A widget that no page has met is new: it goes on where the one in its place was left. */
  function recall() {
    if (model.get("_met")) return;
    model.set("_met", true);
    model.save_changes();
    const kept = readKept(memory.read(), stateOf);
    if (!kept) return;
    state = kept.state;
    history = { codes: kept.past.map((one) => encode(spec, one)), at: kept.at };
    timer = setTimeout(tellPython, PYTHON_AFTER);
  }

  function forget() {
    state = stateOf(model.get("_began") || history.codes[0]);
    latest = { id: null, at: 0 };
    update(state, { codes: [code()], at: 0 });
  }

  function update(next, newHistory = history) {
    state = next;
    history = newHistory;
    timer ??= setTimeout(tellPython, PYTHON_AFTER);
    changed();
  }

  function remembered(text) {
    const codes = [...history.codes.slice(0, history.at + 1), text].slice(-DEEPEST);
    return { codes, at: codes.length - 1 };
  }

  /** Make the live state one step of the history; quick steps of one lever join. */
  function commit(id = null) {
    const text = code();
    const now = Date.now();
    const joins = id !== null && latest.id === id && now - latest.at < TOGETHER && history.at > 0;
    latest = { id, at: now };
    if (text === history.codes[history.at]) return;
    if (joins) history = { codes: history.codes.slice(0, history.at), at: history.at - 1 };
    update(state, remembered(text));
  }

  function travel(step) {
    const at = history.at + step;
    if (at < 0 || at >= history.codes.length) return;
    latest = { id: null, at: 0 };
    update(stateOf(history.codes[at]), { ...history, at });
  }

  function jump(next) {
    latest = { id: null, at: 0 };
    update(next);
    commit();
  }

  /** Python changed a trait: take over what differs from what the page holds. */
  function fromPython() {
    if (telling || timer !== null) return; // the page is ahead; Python hears of it in a moment
    const told = readState(model, spec);
    const toldHistory = model.get("history");
    if (encode(spec, told) === code() && toldHistory === history) return;
    state = told;
    history = toldHistory;
    keeping ??= setTimeout(keep, PYTHON_AFTER);
    changed();
  }
  const names = [...ids, "preset", "history"].map((name) => `change:${name}`);
  names.forEach((name) => model.on(name, fromPython));
  const unwatch = watchForgetting(forget);
  globalThis.addEventListener("pagehide", flush);
  recall();

  return {
    get state() {
      return state;
    },
    get code() {
      return code();
    },
    /** Whether all levers stand where the starting point sets them. */
    get atStart() {
      return code() === encode(spec, { preset: state.preset, values: presetValues(spec, state.preset) });
    },
    get canUndo() {
      return history.at > 0;
    },
    get canRedo() {
      return history.at < history.codes.length - 1;
    },
    /** The state that the last change left: while a lever moves, the one it started from. */
    get before() {
      if (code() !== history.codes[history.at]) return stateOf(history.codes[history.at]);
      return history.at > 0 ? stateOf(history.codes[history.at - 1]) : null;
    },
    set(id, value) {
      if (state.values[id] === value) return;
      update({ ...state, values: { ...state.values, [id]: value } });
    },
    commit,
    undo: () => travel(-1),
    redo: () => travel(1),
    reset: (preset = state.preset) => jump({ preset, values: presetValues(spec, preset) }),
    /** Restore a code; returns the sentences about values that had to be moved into range. */
    load(text) {
      const { state: next, notes } = decode(spec, words, text);
      jump(next);
      return notes;
    },
    destroy() {
      names.forEach((name) => model.off(name, fromPython));
      unwatch();
      globalThis.removeEventListener("pagehide", flush);
      flush();
    },
  };
}
