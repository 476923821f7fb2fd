// Predictions tied to one explorer, without a page: whose turn it is, how far a lever goes, and when a card may open.

import assert from "node:assert/strict";
import { test } from "node:test";

const STATIC = "../../kdebate/widgets/static";
const { held, standsAt, turn } = await import(`${STATIC}/frame/turn.js`);
const { compared, guess } = await import(`${STATIC}/exercises/compared.js`);
const { unsealed } = await import(`${STATIC}/page/sealed.js`);

const TIED = {
  ids: ["60", "50", "100"],
  asks: { 60: { pressure: 0.6 }, 50: { pressure: 0.5 }, 100: { pressure: 1 } },
  start: { preset: "plain", values: { pressure: 0.8, N: 2, q_b: 0.5 } },
};
const after = (...ids) => turn(TIED, (id) => ids.includes(id));

test("nothing moves before the first answer; then each answer frees one more stretch", () => {
  assert.deepEqual(after(), { locked: true, stop: null });
  assert.deepEqual(after("50", "100"), { locked: true, stop: null });
  assert.deepEqual(after("60"), { locked: false, stop: "60" });
  assert.deepEqual(after("60", "100"), { locked: false, stop: "60" });
  assert.deepEqual(after("60", "50"), { locked: false, stop: "50" });
  assert.deepEqual(after("60", "50", "100"), { locked: false, stop: null });
});

test("a question without a setting is answered before anything moves", () => {
  const tied = { ...TIED, ids: ["60", "why"] };
  assert.deepEqual(
    turn(tied, (id) => id === "60"),
    { locked: true, stop: null },
  );
  assert.deepEqual(
    turn({ ...TIED, ids: [] }, () => false),
    { locked: false, stop: null },
  );
});

test("a lever stops at the asked setting, on the way from the one before", () => {
  assert.equal(held(TIED, "60", "pressure", 0.3), 0.6);
  assert.equal(held(TIED, "60", "pressure", 0.7), 0.7);
  assert.equal(held(TIED, "60", "pressure", 1), 0.8);
  assert.equal(held(TIED, "50", "pressure", 0.8), 0.6);
  assert.equal(held(TIED, "50", "pressure", 0.2), 0.5);
  assert.equal(held(TIED, null, "pressure", 0.2), 0.2);
  assert.equal(held(TIED, "60", "N", 9), 9);
});

test("a lever that a later question asks for stands still, and a start is chosen in its turn", () => {
  const tied = {
    ids: ["low", "proof", "start"],
    asks: { low: { pressure: 0.6 }, proof: { q_b: 1 }, start: { preset: "other" } },
    start: TIED.start,
  };
  assert.equal(held(tied, "low", "q_b", 1), 0.5);
  assert.equal(held(tied, "proof", "q_b", 1), 1);
  assert.equal(held(tied, "low", "preset", "other"), "plain");
  assert.equal(held(tied, "start", "preset", "other"), "other");
  assert.equal(held(tied, "start", "preset", "third"), "plain");
});

test("a setting is reached within half a step of each lever", () => {
  const levers = { pressure: { step: 0.01 }, N: { step: 1 } };
  const at = (pressure, preset = "plain") => ({ preset, values: { pressure, N: 2, first: "a" } });
  assert.ok(standsAt(levers, { pressure: 0.6 }, at(0.605)));
  assert.ok(!standsAt(levers, { pressure: 0.6 }, at(0.606)));
  assert.ok(standsAt(levers, { preset: "plain", N: 2, first: "a" }, at(0)));
  assert.ok(!standsAt(levers, { preset: "other" }, at(0)));
  assert.ok(!standsAt(levers, { N: 3 }, at(0)));
});

test("an answer is right, close, or a surprise", () => {
  const number = { ask: "value", min: 0, max: 1, step: 0.01 };
  const ten = { ask: "value", min: 0, max: 10, step: 1 };
  assert.deepEqual(compared({ ask: "choice" }, "up", "up"), { right: true, key: "predict.right" });
  assert.deepEqual(compared({ ask: "choice" }, "up", "down"), { right: false, key: "predict.surprise" });
  assert.equal(compared(number, 0.5, 0.54).key, "predict.near");
  assert.equal(compared(number, 0.5, 0.62).key, "predict.far");
  assert.ok(!compared(number, 0.5, 0.62).right);
  assert.equal(compared(ten, 3, 4).key, "predict.near");
  assert.equal(compared(ten, 3, 5).key, "predict.far");
  assert.equal(compared({ ask: "probability" }, 0.3, 0.34).key, "predict.near");
  assert.equal(compared(number, undefined, 0.62), null);
  assert.equal(compared(number, 0.5, undefined), null);
});

test("what was said stays on the chart: a claim with its marks, a room with its hands, a skip not at all", () => {
  const options = [
    { id: "a-alone", text: "Washington", marks: ["a"] },
    { id: "none", text: "Neither" },
  ];
  const text = (id) => options.find((one) => one.id === id)?.text ?? String(id);
  const said = (answer, more = {}) => guess({ options, ...more }, answer, text);
  assert.deepEqual(said({ claim: "a-alone" }), { text: "Washington", room: false, marks: ["a"] });
  assert.deepEqual(said({ claim: 0.4 }, { ghost: "pressure" }), {
    text: "0.4",
    room: false,
    marks: [],
    of: "pressure",
    value: 0.4,
  });
  assert.deepEqual(said({ room: { none: 3, "a-alone": 4 } }), { text: "Neither (3), Washington (4)", room: true });
  assert.equal(said({ room: {} }), null);
  assert.equal(said({ skipped: true }), null);
});

test("a sealed result is read back with every sign", () => {
  const sealed = Buffer.from(JSON.stringify({ result: "−0.20 “at once”", answer: 2 })).toString("base64");
  assert.deepEqual(unsealed(sealed), { result: "−0.20 “at once”", answer: 2 });
});

const { nudge } = await import(`${STATIC}/page/sight.js`);

test("a page scrolls no further than needed, and what does not fit shows its beginning", () => {
  const window = { top: 0, bottom: 650 };
  assert.equal(nudge({ top: 100, bottom: 500 }, window), 0);
  assert.equal(nudge({ top: 400, bottom: 800 }, window), 150);
  assert.equal(nudge({ top: -50, bottom: 300 }, window), -50);
  assert.equal(nudge({ top: 20, bottom: 900 }, window), 20);
});
