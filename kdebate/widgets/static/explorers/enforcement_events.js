// Dated events beside the model: which way each points, not how much it weighs.

import { el, inParts, write } from "../page/dom.js";
import { fill } from "../page/words.js";

const SIGNS = { tightens: "▲", loosens: "▼", exposes_evasion: "◆", neutral: "–" };
const FIRST_SHOWN = "2019";
const STEP = 5; // events at once: a box of its own to scroll would stop the page

/** What nobody has checked of an event. */
function doubtText(said, { recalled, fields }) {
  if (recalled) return said.unchecked;
  return fields ? fill(said.unchecked_part, { fields }) : "";
}

function eventLine(said, event) {
  const doubt = doubtText(said, event);
  const sign = el("span", { "aria-hidden": "true" }, SIGNS[event.direction]);
  return el(
    "li",
    { "data-event": event.id, "data-direction": event.direction, class: event.recalled ? "kd-unchecked" : null },
    el("span", { class: "kd-way" }, sign, ` ${said[event.direction]}`),
    el(
      "span",
      {},
      el("b", {}, `${event.when}. ${event.actor}. `),
      event.what,
      ". ",
      event.effect ? el("span", { class: "kd-effect" }, `${event.effect}. `) : "",
      doubt ? el("small", {}, doubt) : "",
    ),
  );
}

/** A choice with its label; the first option lets all pass. */
function filter(id, name, label, all, options, onchange) {
  const rest = options.map(([value, text]) => el("option", { value }, text));
  const select = el("select", { name, id, onchange }, el("option", { value: "" }, all), ...rest);
  return { select, nodes: [el("label", { for: id }, label), select] };
}

/** @param {import("../frame/frame.js").Frame} frame */
export function eventsStrip({ own, words, prefix, guard }) {
  const { events: said, record } = own;
  const years = [...new Set(record.events.map(({ year }) => year))];
  const list = el("ol", { class: "kd-events", "aria-label": said.title });
  const parts = inParts(list, STEP, (n) => fill(words.buttons.more, { n }));
  const counted = el("p", { class: "kd-hint", role: "status" });
  const paint = guard(() => {
    const fits = ({ year: one, direction }) =>
      (!year.select.value || one === year.select.value) && (!way.select.value || direction === way.select.value);
    const shown = record.events.filter(fits);
    parts.fill(shown.map((event) => () => eventLine(said, event)));
    write(counted, fill(said.counted, { n: shown.length }));
  });
  const named = (names, text) => names.map((name) => [name, text(name)]);
  const allYears = named(years, (one) => one);
  const ways = named(Object.keys(SIGNS), (one) => said[one]);
  const year = filter(`${prefix}-year`, "event-year", said.year, said.all_years, allYears, paint);
  const way = filter(`${prefix}-way`, "event-direction", said.direction, said.all, ways, paint);
  year.select.value = years.includes(FIRST_SHOWN) ? FIRST_SHOWN : "";
  paint();
  return el(
    "div",
    { class: "kd-events-view" },
    el("p", { class: "kd-line-title" }, said.title),
    el("p", { class: "kd-hint" }, fill(said.intro, { n: record.events.length })),
    el("div", { class: "kd-pick" }, ...year.nodes, ...way.nodes),
    counted,
    list,
    parts.button,
  );
}
