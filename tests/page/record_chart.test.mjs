// What the chart of a record draws: nothing that is still to be drawn, then all of it, and names that cover no point.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RECORD, WORDS } from "./a_record.mjs";
import { install } from "./small_dom.mjs";

install({});
const { recordChart } = await import("../../kdebate/widgets/static/charts/record_chart.js");
const { hidden } = await import("../../kdebate/widgets/static/exercises/drawing.js");
const RUNGS = [2001.2, 2001.3, 2004, 2009].map((t, i) => ({ t, short: `227${i}` }));

function chart(open, drawn = {}, width = 800, record = RECORD) {
  const state = { open, drawn, gone: hidden(record, open) };
  const svg = recordChart(WORDS, record, RUNGS, state, { width, scale: 1 });
  const of = (mark) => svg.children.filter((node) => node.getAttribute("aria-label") === mark);
  const shapes = (mark) => of(mark).flatMap(({ children }) => children);
  return { svg, of, shapes, said: svg.textContent };
}
const shift = (node) =>
  node
    .getAttribute("transform")
    .match(/-?[\d.]+/g)
    .map(Number);

test("before it is drawn the chart holds the known points and the limit, no estimate and no second series", () => {
  const { shapes, said } = chart(false);
  assert.equal(shapes("dot").length, 2);
  assert.equal(shapes("link").length, 1);
  assert.match(said, /Draw in 3 to in 5/);
  assert.match(said, /cap/);
  assert.doesNotMatch(said, /floor|recorded|you drew/);
});

test("whoever listens hears the words of its place, not the names of its marks", () => {
  assert.equal(chart(false).svg.getAttribute("aria-hidden"), "true");
});

test("what is drawn is a line from the last known point; its handles stand on the chart's own scales", () => {
  const { of, svg } = chart(false, { 3: 5, 5: 2.5 });
  const path = of("line")[0].children[0].getAttribute("d");
  assert.equal(path.match(/[ML]/g).length, 3, "from the anchor over two points");
  const [x, y] = ["x", "y"].map((name) => svg.scale(name));
  assert.equal(x.apply(2000), 52);
  assert.equal(y.apply(10), 34);
  assert.equal(y.apply(0), 34 + 236);
  assert.ok(Math.abs(x.invert(x.apply(2003.5)) - 2003.5) < 1e-9);
});

test("afterwards it holds every value, the gap as a gap, a doubt hollow and a floor as a triangle", () => {
  const { shapes, of, said } = chart(true, { 3: 5, 4: 4, 5: 2.5 });
  assert.equal(shapes("dot").length, 4 + 3 + 1, "recorded, drawn, the second series");
  const record = of("dot").at(-1);
  assert.equal(record.children.filter((one) => one.getAttribute("fill") === "var(--kd-bg)").length, 1);
  const line = of("line").at(-1).children[0].getAttribute("d");
  assert.equal(line.match(/M/g).length, 2, "a break where nothing is recorded");
  assert.match(said, /you drew/);
  assert.match(said, /recorded/);
  assert.match(said, /floor/);
});

test("names stay inside and off the points, wide and on a phone, high and low", () => {
  for (const width of [800, 320])
    for (const values of [
      { 3: 2, 4: 1, 5: 0.1 },
      { 3: 9, 4: 9.5, 5: 10 },
      { 3: 2.2, 4: 4, 5: 6 },
    ]) {
      const { of, svg } = chart(true, values, width);
      const words = of("text").flatMap(({ children }) => children);
      const named = words.filter(({ textContent }) => ["you drew", "recorded"].includes(textContent));
      assert.equal(named.length, 2);
      const [x, y] = ["x", "y"].map((name) => svg.scale(name));
      for (const node of named) {
        const [left, top] = shift(node);
        const half = 4 * node.textContent.length;
        assert.ok(left - half >= 51 && left + half <= width, `${node.textContent} at ${left} of ${width}`);
        for (const [label, value] of Object.entries(values)) {
          const point = RECORD.points.find((one) => one.label === label);
          const covers = Math.abs(x.apply(point.t) - left) < half && Math.abs(y.apply(value) - top) < 8;
          assert.ok(!covers, `${node.textContent} covers ${label} at ${width}`);
        }
      }
      const places = named.map(shift);
      assert.ok(Math.abs(places[0][0] - places[1][0]) > 60 || Math.abs(places[0][1] - places[1][1]) > 12);
    }
});

test("texts of the Council outside the chart's time are left out, and names that find no room", () => {
  const { shapes, said } = chart(false);
  assert.equal(shapes("rule").length, 3 + RECORD.ticks.length);
  assert.match(said, /2270/);
  assert.match(said, /2272/);
  assert.doesNotMatch(said, /2271|2273/);
});
