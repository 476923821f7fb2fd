// Keys lead round a row of tabs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tabAfter } from "../../kdebate/widgets/static/frame/tabs.js";

test("arrows go to the next tab and round the ends", () => {
  assert.deepEqual(
    [0, 1, 2].map((at) => tabAfter("ArrowRight", at, 3)),
    [1, 2, 0],
  );
  assert.deepEqual(
    [0, 1, 2].map((at) => tabAfter("ArrowLeft", at, 3)),
    [2, 0, 1],
  );
});

test("Home and End go to the ends, and other keys are left alone", () => {
  assert.deepEqual(
    ["Home", "End"].map((key) => tabAfter(key, 1, 3)),
    [0, 2],
  );
  assert.deepEqual(
    ["ArrowUp", "x", "Enter", "toString"].map((key) => tabAfter(key, 1, 3)),
    [null, null, null, null],
  );
});
