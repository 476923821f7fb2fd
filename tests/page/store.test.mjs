// The state of an explorer without any page: undo, quick steps that join, and what a page that is loaded again goes on with.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const kept = new Map();
globalThis.document = new EventTarget();
globalThis.location = { pathname: "/page" };
globalThis.sessionStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
globalThis.addEventListener ??= () => {};
globalThis.removeEventListener ??= () => {};
const { Store } = await import("../../kdebate/widgets/static/frame/store.js");

const LEVER = { default: 1, min: 1, max: 24, step: 1, short: "slices", label: "Slices" };
const SPEC = {
  levers: { N: LEVER, pressure: { ...LEVER, max: 9 } },
  presets: { start: { label: "Start", levers: {} } },
  codes: { silent: {}, renamed: {}, retired: {} },
};
const START = { N: 1, pressure: 1, preset: "start", history: { codes: ["start"], at: 0 }, _began: "start" };

/** What a widget's model is to the page, with Python's traits. */
function modelOf(traits) {
  const held = { ...START, ...traits };
  return {
    held,
    get: (name) => held[name],
    set: (name, value) => {
      held[name] = value;
    },
    on() {},
    off() {},
    save_changes() {},
  };
}

/** A store, and how its page leaves it. */
function open(traits) {
  const leaving = new AbortController();
  const store = new Store(modelOf(traits), SPEC, {}, () => {}, leaving.signal);
  return Object.assign(store, { destroy: () => leaving.abort() });
}

beforeEach(() => kept.clear());

test("undo and redo walk through what was committed", () => {
  const store = open();
  store.set("N", 2);
  store.commit("N");
  store.set("pressure", 3);
  store.commit("pressure");
  store.undo();
  assert.equal(store.code, "start,N=2");
  store.undo();
  assert.deepEqual([store.code, store.canUndo], ["start", false]);
  store.redo();
  store.redo();
  assert.deepEqual([store.code, store.canRedo], ["start,N=2,pressure=3", false]);
  store.destroy();
});

test("quick steps of one lever are one change", () => {
  const store = open();
  for (const value of [2, 3, 4]) {
    store.set("N", value);
    store.commit("N");
  }
  assert.deepEqual(store.history, { codes: ["start", "start,N=4"], at: 1 });
  store.destroy();
});

test("a new widget goes on where the one in its place was left, and Python hears of it", () => {
  const left = open();
  left.set("N", 5);
  left.commit("N");
  left.destroy();
  const next = open();
  assert.equal(next.code, "start,N=5");
  next.destroy();
  assert.equal(next.model.held.N, 5);
});

test("a widget that pages have met stands as Python has it", () => {
  const left = open();
  left.set("N", 5);
  left.commit("N");
  left.destroy();
  const codes = ["start", "start,N=5", "start,N=9"];
  assert.equal(open({ _met: true, N: 9, history: { codes, at: 2 } }).code, "start,N=9");
  assert.equal(open({ _met: true, history: { codes: codes.slice(0, 2), at: 0 } }).code, "start", "undone since");
  assert.equal(open({ _met: true, N: 7, history: { codes: ["start", "start,N=7"], at: 1 } }).code, "start,N=7");
});

test("moves that were under way to Python when the page was loaded again are not lost", () => {
  const left = open();
  left.set("N", 5);
  left.commit("N");
  left.destroy();
  const next = open({ _met: true }); // Python still stands where it began
  assert.deepEqual([next.code, next.history.at], ["start,N=5", 1]);
  next.undo();
  assert.equal(next.code, "start");
  next.destroy();
});
