// A drawn line and its record: numbers on the grid, the largest miss, what is hidden, names that stay apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  altText,
  anchor,
  field,
  hidden,
  largestMiss,
  legend,
  lift,
  moved,
  reach,
  roomiest,
  sentence,
  snap,
  spread,
  tables,
} from "../../kdebate/widgets/static/exercises/drawing.js";
import { amount } from "../../kdebate/widgets/static/page/words.js";
import { RECORD, WORDS } from "./a_record.mjs";

test("a number comes onto the steps and into the chart", () => {
  assert.deepEqual(
    [3.26, -4, 99, 0.1 + 0.2].map((value) => snap(value, { step: 0.1, top: 10 })),
    [3.3, 0, 10, 0.3],
  );
  assert.equal(snap(1749, { step: 50, top: 4000 }), 1750);
});

test("keys move a number by one step, by ten, or to the ends; others are left alone", () => {
  const keys = ["ArrowUp", "ArrowLeft", "PageUp", "PageDown", "Home", "End"];
  assert.deepEqual(
    keys.map((key) => moved(key, 4, RECORD)),
    [4.5, 3.5, 9, 0, 0, 10],
  );
  assert.deepEqual(
    ["x", "Tab", "toString"].map((key) => moved(key, 4, RECORD)),
    [null, null, null],
  );
});

test("the largest miss is named, and what is not recorded is none", () => {
  assert.equal(largestMiss(RECORD, { 3: 4, 4: 9, 5: 1 }).label, "5");
  assert.equal(largestMiss(RECORD, { 4: 9 }), null);
  const said = (values) => sentence(WORDS, RECORD, { values });
  assert.equal(said({ 3: 2.5, 5: 1 }), "You drew 1.0 for in 5; the record has at least 6.0.");
  assert.equal(said({ 3: 9, 5: 6 }), "You drew 9.0 for in 3; the record has 2.0.");
  assert.equal(said({ 4: 9 }), "It fell.");
  assert.equal(sentence(WORDS, RECORD, { skipped: true }), "Skipped.");
  assert.equal(sentence(WORDS, RECORD, null), "");
});

test("equal misses: the earlier one is named", () => {
  assert.equal(largestMiss(RECORD, { 3: 3, 5: 7 }).label, "3");
});

test("before it is drawn neither the words nor the table hold the record", () => {
  const told = JSON.stringify([
    altText(WORDS, RECORD, false, ""),
    tables(WORDS, RECORD, false, {}),
    legend(WORDS, RECORD, false),
  ]);
  for (const secret of ["2.0", "6.0", "9.0", "R3", "R5", "Another:"]) assert.ok(!told.includes(secret), secret);
  assert.ok(told.includes("8.0") && told.includes("after you draw"));
  assert.deepEqual(hidden(RECORD, false), ["3", "4", "5"]);
  assert.deepEqual(hidden({ ...RECORD, draw: [] }, false), ["1", "2", "3", "4", "5"]);
  assert.deepEqual(tables(WORDS, RECORD, false, {})[1].rows.length, 1, "the limit alone");
});

test("afterwards both hold it, with the drawn line beside it", () => {
  const [table, spans] = tables(WORDS, RECORD, true, { 3: 4.25 });
  assert.deepEqual(table.head, ["When", "Record (tonnes)", "Another", "You drew", "Checked", "Note", "Rows"]);
  assert.deepEqual(table.rows[1], ["in 2", "7.0", "–", "–", "no", "–", "R2"]);
  assert.deepEqual(table.rows[2], ["in 3", "2.0", "–", "4.3", "yes", "–", "R3"]);
  assert.deepEqual(table.rows[3], ["in 4", "no record", "–", "–", "–", "–", "–"]);
  assert.deepEqual(table.rows[4], ["in 5", "at least 6.0", "9.0", "–", "yes", "–", "R5"]);
  assert.equal(spans.rows.length, 2);
  assert.match(altText(WORDS, RECORD, true, "Far off."), /in 5: at least 6.0. Far off.$/);
  assert.deepEqual(legend(WORDS, RECORD, true), ["○ not checked", "▲ at least", "◇ Another"]);
});

test("the chart reaches over points and spans, and the field over what is to be drawn", () => {
  assert.deepEqual(reach(RECORD), { low: 2000, high: 2007, half: 0.5 });
  assert.deepEqual(field(RECORD, 0.5), { start: 2003, end: 2006 });
  assert.equal(field({ ...RECORD, draw: [] }, 0.5), null);
  assert.equal(anchor(RECORD).label, "2");
  assert.equal(anchor({ ...RECORD, draw: ["1"] }), null);
  assert.equal(anchor({ ...RECORD, draw: [] }), null);
});

test("names find room side by side, or one over the other", () => {
  const marks = [0, 1, 5, 5.5].map((t) => ({ t, short: "abc" }));
  assert.deepEqual(
    spread(marks, () => 1).map(({ t }) => t),
    [0, 5],
  );
  const names = lift(
    [
      { from: 0, to: 2, y: 5 },
      { from: 1, to: 3, y: 4.5 },
      { from: 1, to: 2, y: 5.2 },
      { from: 9, to: 10, y: 5 },
    ],
    1,
  );
  assert.deepEqual(names.map(({ y }) => y).sort(), [4.5, 5, 5.5, 6.5]);
});

test("a name stands where it covers least, and rather at the end", () => {
  const taken = [0, 10, 20, 30].map((x) => ({ x, y: 50 }));
  const places = [
    { x: 0, y: 52 },
    { x: 10, y: 90 },
    { x: 20, y: 95 },
    { x: 30, y: 55 },
  ];
  assert.equal(roomiest(places, taken, { x: 8, y: 8 }).x, 20, "far enough is enough: the later one");
  assert.equal(roomiest([places[3], places[0]], taken, { x: 8, y: 8 }).x, 30);
  assert.equal(roomiest([], taken, { x: 8, y: 8 }), null);
});

test("amounts are grouped and keep the record's decimals", () => {
  assert.deepEqual(
    [amount(1750, 0), amount(0.005, 2), amount(-1234.5, 1), amount(0, 2)],
    ["1,750", "0.01", "−1,234.5", "0.00"],
  );
});
