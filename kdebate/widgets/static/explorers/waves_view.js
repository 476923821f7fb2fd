// What WavesExplorer counts. Twin of kdebate/widgets/waves_view.py and of kdebate/models/event_study.py.

import { fill, tell } from "../teller.js";

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

/** What the sentences need beside the counts. */
export function facts(record, levers) {
  const found = findings(record, levers);
  return {
    ...found,
    rule: levers.rule,
    no_window: found.windows === 0,
    per_hundred: 100 * found.share_at_least,
    other_years: found.swapped.length,
    low: Math.min(...found.swapped),
    high: Math.max(...found.swapped),
  };
}

/** The chart as a table: caption, head, rows of text. */
export function table(words, found, locked) {
  const heads = words.table;
  const unit = words.unit[found.rule];
  const shown = (count) => (locked ? words.closed : String(count));
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
    caption: `${fill(words, heads.caption, { Unit: unit.charAt(0).toUpperCase() + unit.slice(1) })}. ${tell(words, "note", found)}`,
    head: [heads.year, heads.days, heads.inside, heads.outside, heads.recalled],
    rows: [...found.years, all].map(row),
  };
}
