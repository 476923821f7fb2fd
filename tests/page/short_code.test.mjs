// The short code that two coders exchange: what one passed on long ago still opens.

import assert from "node:assert/strict";
import { test } from "node:test";

const { agreement, decodeChoices, encodeChoices } = await import(
  "../../kdebate/widgets/static/exercises/short_code.js"
);
const question = {
  id: "01-sort-claims",
  items: Array.from({ length: 12 }, () => ({ text: "…" })),
  codes: ["fact", "interpretation", "prediction", "prescription"].map((id) => ({ id })),
};
const chosen = ["fact", "interpretation", "prediction", "prescription"];
const twelve = [...chosen, ...chosen, ...chosen];
const PASSED_ON = "K7334-123412341234-2"; // as module 0.1.0 wrote it

test("a code that somebody passed on opens, in whatever way it was copied", () => {
  assert.equal(encodeChoices(question, twelve), PASSED_ON);
  assert.deepEqual(decodeChoices(question, ` k7334-1234 12341234-2\n`), twelve);
  const half = twelve.map((code, i) => (i < 6 ? code : null));
  assert.deepEqual(decodeChoices(question, encodeChoices(question, half)), half);
});

test("a code with a wrong sign, of another exercise or with a strange digit is none", () => {
  for (const wrong of [
    "K7334-123412341235-2",
    "K7335-123412341234-2",
    "K7334-923412341234-2",
    "K7334-1234-2",
    "",
    "fact",
  ])
    assert.equal(decodeChoices(question, wrong), null, wrong);
});

test("agreement counts what both have coded, and sets it against chance", () => {
  const found = agreement(["a", "b", "a", null], ["a", "b", "b", "b"]);
  assert.deepEqual([found.both, found.same], [3, 2]);
  assert.ok(Math.abs(found.chance - (2 * 1 + 1 * 2) / 9) < 1e-12);
  assert.ok(Math.abs(found.kappa - (2 / 3 - 4 / 9) / (5 / 9)) < 1e-12);
  assert.equal(agreement(["a", "a"], ["a", "a"]).kappa, null);
});
