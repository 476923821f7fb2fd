// What is seen of the game: two piles, the die, the rounds as a table, and the lines of many plays.

import { gapText, numberText } from "../model.js";
import { el, shape, sideMark, tableNode, write } from "../page/dom.js";
import { fill } from "../page/words.js";
import { OTHER } from "../play.js";

const BLOCKS = 20; // of a pile; every level of the class default is a whole number of them
const [ACROSS, PITCH, FAR] = [10, 18, 226];
export const FACES = 100; // of the die

/** An amount as people say it: 11, 9.5, 8.7. */
export const amount = (x) => numberText(x).replace(/\.?0+$/, "");

/** The face of the die that a number from 0 to 1 stands for; proof is a face of at most 100 times its chance. */
export const face = (die) => Math.floor(die * FACES) + 1;

/** A row of buttons with its legend; Left and Right go from one to the next. */
export function row(legend, buttons, props = {}) {
  const onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const open = buttons.filter((button) => !button.disabled);
    open[open.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return el("fieldset", { class: "kdg-row", onkeydown, ...props }, el("legend", {}, legend), ...buttons);
}

/** A pile: twenty blocks that lie left while they are kept and right when they are given. */
function pile(side) {
  const blocks = Array.from({ length: BLOCKS }, (_, i) =>
    shape("rect", {
      class: `kdg-block kdg-block-${side}`,
      x: (i % ACROSS) * PITCH + 1.5,
      y: Math.floor(i / ACROSS) * PITCH + 1.5,
      width: 14,
      height: 14,
      rx: 2,
    }),
  );
  const arrow = shape("path", { class: "kdg-arrow", d: "M190 18h26m-8-7 8 7-8 7" });
  const height = (BLOCKS / ACROSS) * PITCH;
  return {
    node: shape("svg", { viewBox: `0 0 408 ${height}`, "aria-hidden": "true" }, arrow, ...blocks),
    show: (level) =>
      blocks.forEach((block, i) => {
        block.style.transform = i < Math.round(level * BLOCKS) ? `translateX(${FAR}px)` : "";
      }),
  };
}

/** One side: its name, what it did, what it got, and its pile. */
export function lane(side, words, names) {
  const [who, act, sum, given] = ["kdg-who", "kdg-act", "kdg-sum", ""].map((name) => el("span", { class: name }));
  const drawn = pile(side);
  const node = el(
    "div",
    { class: "kdg-lane" },
    el("div", { class: "kdg-name" }, sideMark(side), el("b", {}, names[side]), who, act, sum),
    drawn.node,
    el("div", { class: "kdg-ends" }, el("span", {}, words.piles[`${side}_held`]), given),
  );
  return {
    node,
    show({ level, got, me, did }) {
      drawn.show(level);
      write(who, me ? words.sides[me === side ? "you" : "partner"] : "");
      write(act, did === words.log.none ? "" : did);
      write(sum, fill(words.piles.sum, { got: amount(got) }));
      write(given, fill(words.piles[`${side}_given`], { percent: Math.round(level * 100) }));
    },
  };
}

/** What a side does in a round, as one of the keys of [log]. */
function deed(history, n, side, breach) {
  const { slice, moves } = history[n];
  if (slice) return moves[side] ?? "none";
  if (!breach) return "keep";
  if (breach !== OTHER[side] || history[n - 2]?.proven) return "none";
  return history[n - 1].proven ? "back" : "stop";
}

/** The rounds as rows: what each side did, the die, what I got, my sum. */
export function logRows(history, me, words, play) {
  let sum = 0;
  const { breach } = play.state;
  const isRolled = play.deal[`q_${breach}`] < 1; // what is seen at once needs no die
  return history.map((round, n) => {
    const [got, die] = [round.payoffs["ab".indexOf(me)], isRolled ? round.die : null];
    sum += got;
    const did = ["a", "b"].map((side) => words.log[deed(history, n, side, breach)]);
    return [String(n + 1), ...did, die === null ? words.log.none : String(face(die)), amount(got), amount(sum)];
  });
}

/** The die as it fell last, with what it means; nothing where none was rolled. */
export function dieNodes(history, breach, deal, words) {
  const n = history.findLastIndex(({ die }) => die !== null);
  if (n < 0) return [];
  if (deal[`q_${breach}`] >= 1) return [words.die.at_once];
  const { die, proven } = history[n];
  const said = fill(words.die[proven ? "proven" : "open"], { round: n + 1, face: face(die) });
  return [el("span", { class: "kdg-face", "aria-hidden": "true" }, String(face(die))), said];
}

/** Points of a line: the mean per round after the first plays, then after more and more. */
function growing({ totals, rounds }, i) {
  let [sum, length] = [0, 0];
  return totals.map((total, n) => {
    sum += total[i];
    length += rounds[n];
    return sum / length;
  });
}

const [WIDE, HIGH, TOP] = [400, 120, 1.5];
const TICKS = [0, 0.5, 1, 1.5];
const toY = (value) => HIGH - (Math.max(0, Math.min(TOP, value)) / TOP) * HIGH;

/** One line that draws itself, and the model's number as a dashed one. */
function meanLine(values, exact, name) {
  const points = values.map((value, n) => `${((n + 1) / values.length) * WIDE},${toY(value).toFixed(1)}`).join(" ");
  return [
    shape("path", { class: `kdg-exact kdg-${name}`, d: `M0 ${toY(exact)}H${WIDE}` }),
    shape("polyline", { class: `kdg-mean kdg-${name}`, points, pathLength: 1 }),
  ];
}

/**
 * Many plays as two lines and their table.
 * @param {{name: string, label: string, found: any, exact: number}[]} lines  of holding back, then of keeping
 */
export function thousandParts(lines, i, side, words, plays) {
  const ends = lines.map(({ label, found, exact }) => [label, numberText(found.worth[i]), numberText(exact)]);
  const [[hold, held], [keep, kept]] = ends;
  const picture = shape(
    "svg",
    {
      viewBox: `-28 -8 ${WIDE + 32} ${HIGH + 16}`,
      class: `kdg-means kdg-means-${side}`,
      role: "img",
      "aria-label": fill(words.thousand.alt, { plays, hold, held, keep, kept }),
    },
    ...TICKS.flatMap((value) => [
      shape("path", { class: "kdg-grid", d: `M0 ${toY(value)}H${WIDE}` }),
      shape("text", { x: -8, y: toY(value) + 4, "text-anchor": "end" }, amount(value)),
    ]),
    ...lines.flatMap(({ name, found, exact }) => meanLine(growing(found, i), exact, name)),
  );
  const head = words.thousand.head.map((text) => fill(text, { plays }));
  return [picture, tableNode({ caption: words.thousand.caption, head, rows: ends })];
}

/** What a learner did in one play, in words. */
function didWords({ moves, steps }, { yours }) {
  if (!moves.includes("hold")) return yours.keep;
  return steps === 1 ? yours.hold : fill(yours.hold_slice, { slice: moves.length });
}

/** Which bargain was played, in words. */
function bargainWords({ first, steps, side }, { yours }) {
  if (first !== "both") return first === side ? yours.lead : yours.follow;
  return steps === 1 ? yours.once : fill(yours.slices, { steps });
}

/** Own plays as a table: the newest of each kind, with the model's gap where one held back or could have at last. */
export function ownTable(plays, gapOf, words, names) {
  const newest = new Map(plays.map((one) => [[one.side, one.steps, one.first, ...one.moves].join(), one]));
  const rows = [...newest.values()].map((one) => [
    names[one.side],
    bargainWords(one, words),
    didWords(one, words),
    amount(one.got),
    amount(one.other),
    gapText(gapOf(one)),
  ]);
  return tableNode({ caption: words.yours.caption, head: words.yours.head, rows });
}
