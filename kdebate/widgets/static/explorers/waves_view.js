// What WavesExplorer counts and says. Twin of kdebate/widgets/waves_view.py and of kdebate/models/event_study.py.

import { numberText } from "../model.js";
import { fill } from "../page/words.js";

const DAY = 86_400_000;
const SLOTS = 12 * 31;

/** The calendar of a record: for every day its year and its place in the year, worked out once. */
function calendar(record) {
  const origin = Date.parse(record.first);
  const firstYear = new Date(origin).getUTCFullYear();
  const lastYear = Math.max(...Object.values(record.leaders).map(([, last]) => last));
  const days = Math.round((Date.UTC(lastYear + 1, 0, 1) - origin) / DAY);
  const [year, slot, month] = [new Int16Array(days), new Int16Array(days), new Int8Array(days)];
  for (let d = 0; d < days; d++) {
    const date = new Date(origin + d * DAY);
    year[d] = date.getUTCFullYear();
    month[d] = date.getUTCMonth();
    slot[d] = 31 * month[d] + date.getUTCDate() - 1;
  }
  return { origin, firstYear, lastYear, year, slot, dayOf: (y) => Math.round((Date.UTC(y, 0, 1) - origin) / DAY) };
}

const calendars = new WeakMap();
/** The calendar of a record, made at the first call. */
export function calendarOf(record) {
  if (!calendars.has(record)) calendars.set(record, calendar(record));
  return calendars.get(record);
}

/** How much the launches of one day count under a counting rule. */
export function weight([, missiles, disputed, other], levers) {
  const flown = missiles - (levers.disputed === "without" ? disputed : 0);
  if (levers.rule === "missiles") return flown;
  return Math.min(1, flown) + (levers.rule === "events" ? other : 0);
}

/** In how many positions of the slid calendar at least, and at most, as many launches fall inside as in the true one. */
function slide(launches, mask, size, inside) {
  const found = new Int32Array(size);
  for (const [day, amount] of launches) {
    for (let s = 0; s < size; s++) found[s] += mask[day >= s ? day - s : day - s + size] * amount;
  }
  let [atLeast, atMost] = [0, 0];
  for (const count of found) {
    if (count >= inside) atLeast++;
    if (count <= inside) atMost++;
  }
  return { atLeast, atMost };
}

/** Launches inside the calendars of other years, day of the year by day of the year. */
function swaps(at, launches, mask, low, years, firstYear) {
  const marked = new Uint8Array(years * SLOTS);
  for (let d = 0; d < mask.length; d++)
    if (mask[d]) marked[(at.year[low + d] - firstYear) * SLOTS + at.slot[low + d]] = 1;
  const counts = [];
  for (let k = 1; k < years; k++) {
    let count = 0;
    for (const [day, amount] of launches) {
      const row = (at.year[low + day] - firstYear - k + years) % years;
      count += marked[row * SLOTS + at.slot[low + day]] * amount;
    }
    counts.push(count);
  }
  return counts;
}

/** Everything that the sentences, read-outs, the chart and the table need, as plain numbers. */
export function findings(record, levers) {
  const at = calendarOf(record);
  const [firstYear, lastYear] = record.leaders[levers.leader];
  const [low, high] = [at.dayOf(firstYear), at.dayOf(lastYear + 1) - 1];
  const size = high - low + 1;
  const windows = record.windows.filter(
    ([start, end, type]) => (levers.type === "all" || levers.type === type) && end >= low && start <= high,
  );
  const mask = new Uint8Array(size);
  for (const [start, end] of windows) {
    mask.fill(1, Math.max(0, start - levers.before - low), Math.max(0, Math.min(size, end + levers.after - low + 1)));
  }
  const launches = record.launches
    .filter(([day]) => day >= low && day <= high)
    .map((launch) => [launch[0] - low, weight(launch, levers)])
    .filter(([, amount]) => amount > 0);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const inside = sum(launches.map(([day, amount]) => mask[day] * amount));
  const total = sum(launches.map(([, amount]) => amount));
  const days_inside = sum(mask);
  const { atLeast, atMost } = slide(launches, mask, size, inside);
  const swapped = swaps(at, launches, mask, low, lastYear - firstYear + 1, firstYear);
  const rate = (count, days) => (days ? (100 * count) / days : null);
  const years = [];
  for (let year = firstYear; year <= lastYear; year++) {
    const [from, to] = [at.dayOf(year) - low, at.dayOf(year + 1) - low];
    const within = launches.filter(([day]) => day >= from && day < to);
    years.push([
      year,
      sum(mask.subarray(from, to)),
      sum(within.map(([day, amount]) => mask[day] * amount)),
      sum(within.map(([day, amount]) => (1 - mask[day]) * amount)),
      windows.filter(([start, , , recalled]) => recalled && start - low >= from && start - low < to).length,
    ]);
  }
  return {
    inside,
    outside: total - inside,
    total,
    days_inside,
    days_outside: size - days_inside,
    expected: (total * days_inside) / size,
    inside_rate: rate(inside, days_inside),
    outside_rate: rate(total - inside, size - days_inside),
    at_least: atLeast,
    at_most: atMost,
    positions: size,
    share_at_least: atLeast / size,
    swapped,
    swapped_at_least: swapped.filter((count) => count >= inside).length,
    windows: windows.length,
    recalled: windows.filter(([, , , recalled]) => recalled).length,
    years,
    // for the chart alone
    marks: {
      low,
      firstYear,
      lastYear,
      windows,
      before: levers.before,
      after: levers.after,
      points: launches.map(([day, amount]) => [low + day, amount, mask[day]]),
    },
  };
}

/** Which of the chips describes the state. */
export function verdict(found, locked) {
  if (locked) return "locked";
  return found.windows && found.total ? "found" : "none";
}

/** The live sentence. */
export function sentence(words, levers, found, locked = false) {
  const said = words.sentence;
  if (locked) return said.locked;
  if (!found.windows) return said.no_window;
  if (!found.total) return said.no_launch;
  const { inside, total, swapped } = found;
  return fill(said.found, {
    inside,
    total,
    unit: words.unit[levers.rule],
    expected: numberText(found.expected, 1),
    low: Math.min(...swapped),
    high: Math.max(...swapped),
  });
}

/** How many of the exercises have dates that nobody has checked. */
export function note(words, found) {
  return fill(words.note.recalled, { recalled: found.recalled, windows: found.windows });
}

/** The four numbers below the chart. */
export function readouts(words, levers, found, locked) {
  const said = words.readouts;
  const unit = words.unit[levers.rule];
  const closed = (value) => (locked ? said.locked : value);
  const rate = (value) => closed(value === null ? said.nothing : numberText(value, 1));
  return [
    { key: "inside_rate", label: fill(said.inside, { unit }), value: rate(found.inside_rate) },
    { key: "outside_rate", label: fill(said.outside, { unit }), value: rate(found.outside_rate) },
    {
      key: "share_at_least",
      label: said.slid,
      value: closed(fill(said.slid_value, { share: numberText(100 * found.share_at_least, 1) })),
    },
    {
      key: "swapped_at_least",
      label: said.swapped,
      value: closed(fill(said.swapped_value, { found: found.swapped_at_least, years: found.swapped.length })),
    },
  ];
}

/** The chart as a table: caption, head, rows of text. */
export function table(words, levers, found, locked) {
  const heads = words.table;
  const unit = words.unit[levers.rule];
  const shown = (count) => (locked ? heads.locked : String(count));
  const row = ([year, days, inside, outside, recalled]) => [
    String(year),
    String(days),
    shown(inside),
    shown(outside),
    String(recalled),
  ];
  const all = [
    heads.total,
    found.days_inside,
    found.inside,
    found.outside,
    found.years.reduce((sum, line) => sum + line[4], 0),
  ];
  return {
    caption: `${fill(heads.caption, { Unit: unit.charAt(0).toUpperCase() + unit.slice(1) })}. ${note(words, found)}`,
    head: [heads.year, heads.days, heads.inside, heads.outside, heads.recalled],
    rows: [...found.years, all].map(row),
  };
}
