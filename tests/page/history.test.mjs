// Undo over several stores, and what a replay shows between two states.

import assert from "node:assert/strict";
import { test } from "node:test";
import { between, History } from "../../kdebate/widgets/static/frame/history.js";

/** A store of which only the steps matter. */
function counter(name) {
  let [at, steps] = [0, 0];
  return {
    step: () => (steps = ++at),
    undo: () => at--,
    redo: () => at++,
    get canUndo() {
      return at > 0;
    },
    get canRedo() {
      return at < steps;
    },
    get code() {
      return `${name}=${at}`;
    },
    load: (text) => [`${name} read ${text}`],
  };
}

function made(...order) {
  const stores = { a: counter("a"), b: counter("b") };
  const history = new History(Object.values(stores));
  for (const name of order) {
    stores[name].step();
    history.note(stores[name]);
  }
  return history;
}

test("undo goes back in the order of the changes, whichever store they were in, and redo forward again", () => {
  const history = made("a", "b", "a");
  const codes = ["undo", "undo", "undo", "undo", "redo", "redo"].map((way) => {
    history[way]();
    return history.code;
  });
  assert.deepEqual(codes, ["a=1|b=1", "a=1|b=0", "a=0|b=0", "a=0|b=0", "a=1|b=0", "a=1|b=1"]);
});

test("steps from before a reload, whose order nobody knows, can be taken back too", () => {
  const stores = [counter("a"), counter("b")];
  stores.forEach((store) => store.step());
  const history = new History(stores);
  history.undo();
  history.undo();
  assert.equal(history.code, "a=0|b=0");
});

test("each store reads its own part of a code", () => {
  assert.deepEqual(made().load("x|y"), ["a read x", "b read y"]);
});

test("a replay holds the first state whole, then numbers glide, counts step and choices stand at their end", () => {
  const levers = { N: { step: 1 }, pressure: { step: 0.05 }, first: { choices: ["both", "a"] } };
  const [from, to] = [
    { preset: "p", values: { N: 1, pressure: 0, first: "both" } },
    { preset: "q", values: { N: 4, pressure: 1, first: "a" } },
  ];
  assert.deepEqual(between(levers, from, to, 0), from);
  assert.deepEqual(between(levers, from, to, 0.5), { preset: "q", values: { N: 3, pressure: 0.5, first: "a" } });
});
