// What a drawn line and its record come to, without a page: numbers on the grid, the largest miss, where things stand,
// and every word of the chart.

import { amount, fill } from "../page/words.js";

/** @typedef {{label: string, when: string, t: number, value: number | null, bound: string, unchecked: boolean, note: string, row_ids: string[]}} Point */
/** @typedef {import("../types.d.ts").Words} Words */

/** A number on the record's steps and inside its chart. */
export function snap(value, { step, top }) {
  const inside = Math.min(top, Math.max(0, value));
  return Number((Math.round(inside / step) * step).toFixed(6));
}

/** What a key makes of a number; null where the key is none of ours. */
export function moved(key, value, { step, top }) {
  const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
  const ends = { Home: 0, End: top };
  if (Object.hasOwn(ends, key)) return ends[key];
  return Object.hasOwn(steps, key) ? snap(value + steps[key] * step, { step, top }) : null;
}

/** The points that are there to be drawn. */
export const toDraw = ({ points, draw }) => points.filter(({ label }) => draw.includes(label));

/** Labels whose record must not be seen yet. */
export function hidden({ points, draw }, open) {
  if (open) return [];
  return draw.length ? draw : points.map(({ label }) => label);
}

/** The drawn point that is furthest from the record; null where the record has nothing to compare with. */
export function largestMiss({ points }, drawn) {
  return points
    .filter(({ label, value }) => value !== null && drawn[label] !== undefined)
    .map((point) => ({ ...point, mine: drawn[point.label], gap: Math.abs(drawn[point.label] - point.value) }))
    .reduce((worst, point) => (worst && worst.gap >= point.gap ? worst : point), null);
}

/** A recorded number, with what it bounds. */
export function valueText(words, { value, bound }, digits) {
  const text = amount(value, digits);
  return bound === "point" ? text : fill(words.bound, { bound: words[bound], value: text });
}

/** The sentence above a chart. `answer` is null before the line is stored or skipped. */
export function sentence(words, record, answer) {
  if (answer === null) return "";
  if (answer.skipped) return words.skipped;
  const worst = largestMiss(record, answer.values);
  if (!worst) return record.shows;
  const { digits } = record;
  return fill(words.miss, {
    drawn: amount(worst.mine, digits),
    when: worst.when,
    value: valueText(words, worst, digits),
  });
}

/** How many numbers are still to be drawn, in words. */
export function leftText(words, n) {
  if (n === 0) return words.ready;
  return n === 1 ? words.left_one : fill(words.left_many, { n });
}

// ---- where things stand -------------------------------------------------------------------------------------------------

/** The time that a chart covers, and half of what one point takes of it. */
export function reach({ points, spans }) {
  const half = points.length > 1 ? (points[1].t - points[0].t) / 2 : 0.5;
  const starts = [points[0].t - half, ...spans.map(({ start }) => start)];
  const ends = [points.at(-1).t + half, ...spans.map(({ end }) => end)];
  return { low: Math.min(...starts), high: Math.max(...ends), half };
}

/** The stretch that is there to be drawn on, null where there is none. */
export function field(record, half) {
  const points = toDraw(record);
  return points.length ? { start: points[0].t - half, end: points.at(-1).t + half } : null;
}

/** The last known point before the field, where the learner's line begins. */
export function anchor(record) {
  const first = record.points.findIndex(({ label }) => label === record.draw[0]);
  return record.points.slice(0, Math.max(0, first)).findLast(({ value }) => value !== null) ?? null;
}

/** Those of the marks whose names find room side by side; `half` tells half of a name's length in units of time. */
export function spread(marks, half) {
  let last = Number.NEGATIVE_INFINITY;
  return marks.filter(({ t, short }) => {
    if (t - half(short) < last) return false;
    last = t + half(short) * 1.1;
    return true;
  });
}

/** Names from the lowest up, each moved over those that it would cover; `from`, `to` and `y` tell where one stands, `line` how high it is. */
export function lift(names, line) {
  const placed = [];
  for (const name of [...names].sort((a, b) => a.y - b.y)) {
    const beside = placed.filter(({ from, to }) => from < name.to && to > name.from);
    const y = beside.reduce((at, other) => (Math.abs(at - other.y) < line ? other.y + line : at), name.y);
    placed.push({ ...name, y });
  }
  return placed;
}

/** Of these places the one that is furthest from all that stands there, in units of `reach`; of equal ones the last. */
export function roomiest(places, taken, { x, y }) {
  const far = (place) =>
    Math.min(...taken.map((one) => Math.max(Math.abs(one.x - place.x) / x, Math.abs(one.y - place.y) / y)));
  return places.reduce((best, place) => {
    const room = Math.min(1, far(place));
    return best && best.room > room ? best : { ...place, room };
  }, null);
}

/** Every so-maniest label, where all would overlap. */
export const thinned = (points, room) => {
  const every = Math.max(1, Math.ceil(points.length / room));
  return points.filter((_, i) => i % every === 0);
};

// ---- in words and as a table --------------------------------------------------------------------------------------------

/** The chart in words, for those who do not see it. */
export function altText(words, record, open, said) {
  const gone = hidden(record, open);
  const known = record.points.filter(({ label, value }) => !gone.includes(label) && value !== null);
  const when = (label) => record.points.find((point) => point.label === label).when;
  const first = when(gone[0] ?? record.points[0].label);
  const point = (one) => fill(words.alt_point, { when: one.when, value: valueText(words, one, record.digits) });
  const told = {
    title: record.title,
    unit: record.unit,
    known: known.map(point).join("; ") || fill(words.alt_none, { first }),
  };
  if (open) return fill(words.alt_open, { ...told, sentence: said });
  return fill(words.alt_hidden, { ...told, first, last: when(gone.at(-1)) });
}

/** What the marks of a chart mean. */
export function legend(words, { points, others }, open) {
  const found = points.some(({ unchecked }) => unchecked) ? [`○ ${words.unchecked}`] : [];
  if (!open) return found;
  if (points.some(({ bound }) => bound === "floor")) found.push(`▲ ${words.floor}`);
  return [...found, ...others.map((other) => `${isShort(other.points) ? "◇" : "◆"} ${other.name}`)];
}

/** A second series of so few points that a line through them would claim too much. */
export const isShort = (points) => points.length < 4;

/** The limits and estimates that may be seen: limits always, the others with the record. */
export const shownSpans = ({ spans }, open) => spans.filter(({ kind }) => kind === "cap" || open);

/** The chart as tables. */
export function tables(words, record, open, drawn) {
  const caption = fill(words.axes, record);
  const found = [{ caption, head: head(words, record), rows: record.points.map(row(words, record, open, drawn)) }];
  const spans = shownSpans(record, open);
  if (spans.length) found.push(spanTable(words, record, spans));
  return found;
}

function head({ table }, { unit, others, draw }) {
  const drawn = draw.length ? [table.drawn] : [];
  const names = others.map(({ name }) => name);
  return [table.when, fill(table.value, { unit }), ...names, ...drawn, table.checked, table.note, table.rows];
}

function row(words, record, open, drawn) {
  const { table, none } = words;
  const gone = new Set(hidden(record, open));
  const text = (point) => (point.value === null ? table.not_recorded : valueText(words, point, record.digits));
  return (/** @type {Point} */ point) => {
    const locked = gone.has(point.label);
    const other = ({ points }) => {
      const found = points.find(({ label }) => label === point.label);
      if (!open) return table.hidden;
      return found ? text(found) : none;
    };
    const mine = drawn[point.label];
    const own = record.draw.length ? [mine === undefined ? none : amount(mine, record.digits)] : [];
    const beside = record.others.map(other);
    if (locked) return [point.when, table.hidden, ...beside, ...own, none, none, none];
    const checked = point.value === null ? none : table[point.unchecked ? "no" : "yes"];
    return [point.when, text(point), ...beside, ...own, checked, point.note || none, point.row_ids.join(" ") || none];
  };
}

function spanTable({ table, none }, { unit }, spans) {
  return {
    caption: table.spans,
    head: [table.when, unit, table.note, table.rows],
    rows: spans.map(({ when, text, note, row_ids }) => [when, text, note || none, row_ids.join(" ")]),
  };
}
