// Who enforces and what it makes: a bar for each party, then one each for the pressure, the worth of relief and the share
// that can be taken back. All have the same axis, from nothing to what there would be at full pressure.

import { numberText } from "../model.js";
import { el } from "../page/dom.js";
import { fill } from "../page/words.js";
import { chart, draw, frame, hatch, keepInside, measure, newId, put, say } from "./kit.js";
import { partyBars, partyWords } from "./party_bars.js";
import { rect, ruleX } from "./plot.min.js";

const ROW = 36; // px of one row: its words and its bar
const LABEL = 18; // px of words above a bar
const BAR = 10;
const GAP = 14; // px between the parties and what they make
const PARTIES = 3;

/** What the parties make: its name, the side whose colour it wears, and the fact that says how much there is. */
const MADE = [
  { name: "pressure", side: "", fact: "pressure" },
  { name: "relief", side: "b", fact: "relief_worth" },
  { name: "snapback", side: "a", fact: "snapback" },
];

/** Where everything stands, in pixels from the top. */
function geometry(root) {
  const { width, scale } = measure(root);
  const rows = Array.from({ length: PARTIES + MADE.length }, (_, i) => {
    const words = (i * ROW + (i < PARTIES ? 0 : GAP)) * scale;
    return { words, bar: words + LABEL * scale, height: BAR * scale };
  });
  const height = ((PARTIES + MADE.length) * ROW + GAP) * scale;
  const axes = { x: { domain: [0, 1] }, y: { domain: [height, 0] } };
  return {
    frame: frame(width, height, [0, 4, 0, 4], axes),
    width,
    height,
    scale,
    parties: rows.slice(0, PARTIES),
    made: rows.slice(PARTIES),
  };
}

/** How far a bar reaches: the part of what there would be at full pressure. */
const part = (some, full, fact) => (full[fact] > 0 ? Math.min(1, some[fact] / full[fact]) : 0);

const box = (look, x2, { bar, height }) => ({ look, x1: 0, x2, y1: bar, y2: bar + height });

/** What was said of the pressure: a dashed line with its words. */
const guessed = (guesses = []) => guesses.filter(({ of }) => of === "pressure");

/** A line across one bar. */
const across = (x) => ({ x, y1: ({ bar }) => bar - 3, y2: ({ bar, height }) => bar + height + 3 });

function marksOf({ found, marks, guesses }, at) {
  const bars = MADE.flatMap(({ side, fact }, i) => [
    box("kd-bar-frame", 1, at.made[i]),
    box(side ? `kd-bar-${side}` : "kd-bar-will", part(found, found.full, fact), at.made[i]),
  ]);
  const before = marks ? MADE.map(({ fact }, i) => ({ x: part(marks, found.full, fact), ...at.made[i] })) : [];
  return [
    put(rect, [...partyBars(found, at), ...bars], ({ look }) => look, { x1: "x1", x2: "x2", y1: "y1", y2: "y2" }),
    put(ruleX, before, "kd-now-before", across("x")),
    put(
      ruleX,
      guessed(guesses).map(({ value }) => ({ value, ...at.made[0] })),
      "kd-guess-line",
      across("value"),
    ),
  ];
}

function madeWords(words, found, at) {
  return MADE.map(({ name, side, fact }, i) => {
    const [value, most] = [found[fact], found.full[fact]].map((x) => numberText(x));
    const look = side ? `kd-range kd-range-${side}` : "kd-range kd-head-words";
    return { look, said: fill(words.chart[name], { value, most }), x: 0, y: at.made[i].words + 8 * at.scale };
  });
}

/** Beside its line, below the bar. */
function guessWords({ said }, guesses, at) {
  const [{ bar, height }] = at.made;
  return guessed(guesses).map(({ value }) => ({
    look: "kd-end kd-guess",
    said,
    x: value,
    y: bar + height + 8 * at.scale,
  }));
}

export function pressureBars(root, { words, shared }) {
  const id = newId();
  const place = el("div", { class: "kd-plot", style: `--kd-hatch:url(#${id})` });
  root.append(place);
  return chart(root, geometry, (view, at) => {
    const told = [...partyWords(words, view.found, at), ...madeWords(words, view.found, at)];
    const said = say([...told, ...guessWords(shared.asked, view.guesses, at)]);
    const patterns = [hatch(id, "var(--kd-ink)", 6, 2.5)];
    const drawing = draw([...marksOf(view, at), said], patterns, at.frame);
    place.replaceChildren(drawing);
    keepInside(drawing.querySelectorAll(".kd-guess"), 0, at.width);
  });
}
