// The charts' own helpers, without a chart.

import assert from "node:assert/strict";
import { test } from "node:test";
import { install, place } from "./small_dom.mjs";

install({ "--kd-scale": "2" });
const { chart, draw, hatch, keepApart, keepInside, layPlates, measure, newId, put } = await import(
  "../../kdebate/widgets/static/charts/kit.js"
);
const { dot } = await import("../../kdebate/widgets/static/charts/plot.min.js");

test("sizes follow the scale of the style sheet", () => {
  assert.deepEqual(measure(place(839)), { width: 839, scale: 2, narrow: true });
  assert.equal(measure(place(840)).narrow, false);
});

test("each element wears the class of its own datum, also where a datum cannot be drawn", () => {
  const data = [
    { x: 0, look: "one" },
    { x: Number.NaN, look: "lost" },
    { x: 1, look: "two" },
  ];
  const drawing = draw([put(dot, data, ({ look }) => look, { x: "x", y: () => 0 })], [], { width: 100, height: 50 });
  assert.deepEqual(
    drawing.querySelectorAll(".one, .lost, .two").map(({ look }) => look),
    ["one", "two"],
  );
});

test("a drawing brings its patterns and no style sheet of its own", () => {
  const drawing = draw([], [hatch("h", "ink", 6, 2)], { width: 100, height: 50 });
  assert.deepEqual(
    drawing.children.map(({ localName }) => localName),
    ["defs"],
  );
  assert.equal(drawing.firstChild.firstChild.getAttribute("id"), "h");
  assert.notEqual(newId(), newId());
});

/** Words in a row of a drawing. */
const row = document.createElement("g");
function word(x, text, place_ = row) {
  const node = document.createElement("text");
  node.setAttribute("transform", `translate(${x},10)`);
  node.textContent = text;
  return place_.appendChild(node);
}

test("of words that cover each other the first stays; those of another row do not count", () => {
  const [one, two] = [document.createElement("g"), document.createElement("g")];
  const [first, second, third] = [word(50, "eight..8", one), word(90, "four", one), word(96, "four", one)];
  word(50, "eight..8", two);
  keepApart([first, second, third, ...two.children]);
  assert.deepEqual(one.children, [first, third]); // 28 and 14 pixels and three between: 45 are enough
  assert.equal(two.children.length, 1);
});

test("a plate lies behind its word and reaches beyond it", () => {
  const one = document.createElement("g");
  const node = word(50, "four", one);
  layPlates([node]);
  const [plate, above] = one.children;
  assert.equal(above, node);
  assert.equal(plate.getAttribute("transform"), node.getAttribute("transform"));
  assert.deepEqual([plate.getAttribute("x"), plate.getAttribute("width")], ["-22", "44"]);
});

test("words move inwards by as much as they hang over, and no other moves", () => {
  const [left, middle, right] = [word(3, "four"), word(50, "four"), word(99, "four")]; // 28 pixels wide
  keepInside([left, middle, right], 0, 100);
  assert.deepEqual(
    [left, middle, right].map((node) => node.getAttribute("dx")),
    ["11.0", null, "-13.0"],
  );
});

test("a chart measures once, again when it is told to or is wider, and never without a place", () => {
  const root = place(0);
  const seen = [];
  let measured = 0;
  const shown = chart(
    root,
    () => ({ width: root.clientWidth, height: ++measured }),
    (view) => seen.push(view),
  );
  shown.draw("nowhere");
  root.clientWidth = 300;
  shown.draw("one");
  shown.draw("two");
  assert.equal(measured, 1);
  root.clientWidth = 400;
  shown.draw("wider");
  shown.rearrange();
  shown.draw("again");
  assert.equal(measured, 3);
  assert.deepEqual(seen, ["one", "two", "wider", "again"]);
  assert.equal(root.style.height, "3px");
});
