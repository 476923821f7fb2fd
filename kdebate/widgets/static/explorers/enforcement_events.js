// Dated events beside the model: which way each points, not how much it weighs.

import { el } from "../page/dom.js";
import { fill } from "../page/words.js";

const SIGNS = { tightens: "▲", loosens: "▼", exposes_evasion: "◆", neutral: "–" };
const FIRST_SHOWN = "2019";
let count = 0;

export function eventsPanel({ model, words, fail }) {
  const said = words.events;
  const events = model.get("_data").events;
  const key = `kde${++count}`;
  const years = [...new Set(events.map(({ date }) => date.slice(0, 4)))];
  const option = (value, text) => el("option", { value }, text);
  const show = () => {
    try {
      paint();
    } catch (error) {
      fail(error);
    }
  };
  const year = el(
    "select",
    { name: "event-year", id: `${key}-year`, onchange: show },
    option("", said.all_years),
    ...years.map((one) => option(one, one)),
  );
  const way = el(
    "select",
    { name: "event-direction", id: `${key}-way`, onchange: show },
    option("", said.all),
    ...Object.keys(SIGNS).map((one) => option(one, said[one])),
  );
  const list = el("ol", { class: "kd-events" });
  const counted = el("p", { class: "kd-hint", role: "status" });

  function dateText({ date, precision }) {
    const [y, m, d] = date.split("-");
    if (precision === "year") return y;
    const month = `${words.months[m]} ${y}`;
    return precision === "month" ? month : `${Number(d)} ${month}`;
  }

  function line(event) {
    const doubt = event.recalled
      ? said.unchecked
      : event.fields
        ? fill(said.unchecked_part, { fields: event.fields })
        : "";
    return el(
      "li",
      { "data-event": event.id, "data-direction": event.direction, class: event.recalled ? "kd-unchecked" : null },
      el(
        "span",
        { class: "kd-way" },
        el("span", { "aria-hidden": "true" }, SIGNS[event.direction]),
        ` ${said[event.direction]}`,
      ),
      el(
        "span",
        {},
        el("b", {}, `${dateText(event)}. ${event.actor}. `),
        event.what,
        ". ",
        event.effect ? el("span", { class: "kd-effect" }, `${event.effect}. `) : "",
        doubt ? el("small", {}, doubt) : "",
      ),
    );
  }

  function paint() {
    const shown = events.filter(
      ({ date, direction }) => date.startsWith(year.value) && (!way.value || direction === way.value),
    );
    list.replaceChildren(...shown.map(line));
    counted.textContent = fill(said.counted, { n: shown.length });
  }

  year.value = years.includes(FIRST_SHOWN) ? FIRST_SHOWN : "";
  const node = el(
    "div",
    { class: "kd-events-view" },
    el("p", { class: "kd-line-title" }, said.title),
    el("p", { class: "kd-hint" }, fill(said.intro, { n: events.length })),
    el(
      "div",
      { class: "kd-pick" },
      el("label", { for: year.id }, said.year),
      year,
      el("label", { for: way.id }, said.direction),
      way,
    ),
    counted,
    el(
      "div",
      {
        class: "kd-scroll kd-events-scroll",
        tabindex: "0",
        "data-lm-suppress-shortcuts": "true",
        role: "region",
        "aria-label": said.title,
      },
      list,
    ),
  );
  paint();
  return { node };
}
