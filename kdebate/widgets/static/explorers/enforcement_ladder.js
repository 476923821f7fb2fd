// The rungs: what each text of the Security Council put on paper, by sector. A table whose columns open.

import { el, icon, tableNode } from "../page/dom.js";
import { fill } from "../page/words.js";
import { amount } from "./enforcement_lines.js";

let count = 0;
const KINDS = ["ban", "cap", "other"];

/** A symbol such as S/2022/431, with places where a narrow column may break it. */
function breakable(text) {
  return text.split(/(?<=\/)/).flatMap((part) => [part, el("wbr")]);
}

/** A mark's shape says its kind, a hollow one that nobody has checked it; its number how many there are. */
function mark(kind, hollow, n) {
  const sign = el("span", {
    class: `kd-measure kd-measure-${kind}${hollow ? " kd-measure-hollow" : ""}`,
    "aria-hidden": "true",
  });
  return el("span", { class: "kd-signs", "aria-hidden": "true" }, sign, n > 1 ? String(n) : "");
}

export function ladderPanel(context) {
  const { model, words, spec, fail } = context;
  const said = words.ladder;
  const ladder = model.get("_data").ladder;
  const key = `kdr${++count}`;
  const texts = Object.fromEntries(ladder.texts.map((text) => [text.id, text]));
  const guard =
    (work) =>
    (...args) => {
      try {
        work(...args);
      } catch (error) {
        fail(error);
      }
    };
  const dateText = (date) => `${words.months[date.slice(5, 7)]} ${date.slice(0, 4)}`;
  const dayText = (date) => `${Number(date.slice(8, 10))} ${dateText(date)}`;
  const of = (text, group) => ladder.measures.filter((one) => one.text === text && (!group || one.group === group));
  const rungs = ladder.rungs.map((id) => texts[id]);

  // ---- cells ----
  function countText(kind, n, recalled) {
    const name = { ban: "bans", cap: "caps", other: "others" }[kind];
    const text = n === 1 ? said[`${name}_one`] : fill(said[`${name}_many`], { n });
    return recalled ? `${text} (${fill(said.recalled_count, { n: recalled })})` : text;
  }

  function cell(text, group) {
    const found = of(text.id, group);
    const words_ = [];
    const marks = [];
    for (const kind of KINDS) {
      const same = found.filter((one) => one.kind === kind);
      const hollow = same.filter(({ recalled }) => recalled).length;
      if (same.length - hollow) marks.push(mark(kind, false, same.length - hollow));
      if (hollow) marks.push(mark(kind, true, hollow));
      if (same.length) words_.push(countText(kind, same.length, hollow));
    }
    return el(
      "td",
      { "data-rung": text.id },
      ...marks,
      el("span", { class: "kd-sr" }, words_.join(", ") || said.nothing),
    );
  }

  // ---- what a rung added ----
  const card = el("div", { class: "kd-rung-card", id: `${key}-card`, "aria-live": "polite" });

  function limitText(one) {
    if (one.value === null) return "";
    const values = { value: amount(one.value, 0), unit: one.unit, period: one.period };
    return fill(one.period ? said.cap_unit : said.cap_unit_plain, values);
  }

  function measureLine(one) {
    const limit = limitText(one);
    const paragraph = one.paragraph
      ? fill(one.paragraph_checked ? said.paragraph : said.paragraph_unchecked, { paragraph: one.paragraph })
      : "";
    const small = [limit, paragraph, one.recalled ? said.unchecked : ""].filter(Boolean).join("; ");
    const sign = mark(one.kind, one.recalled, 1);
    return el(
      "li",
      { "data-measure": one.id },
      sign,
      el(
        "span",
        {},
        el("span", { class: "kd-sr" }, `${said.kinds[one.kind]}: `),
        one.what,
        small ? el("small", {}, ` (${small})`) : "",
      ),
    );
  }

  function showCard() {
    const text = texts[model.get("rung")];
    card.hidden = !text;
    if (!text) return;
    const found = of(text.id);
    const groups = ladder.sectors.filter((group) => found.some((one) => one.group === group));
    const [votes_for, votes_against, abstentions] = text.votes;
    const vote = text.votes_unchecked
      ? said.vote_unchecked
      : fill(said.vote, { votes_for, votes_against, abstentions });
    const facts = [
      text.trigger ? fill(said.trigger, { trigger: text.trigger }) : "",
      vote,
      text.note,
      text.adopted ? "" : said.failed,
    ]
      .filter(Boolean)
      .join(" ");
    card.replaceChildren(
      el(
        "p",
        { class: "kd-rung-title" },
        el("b", {}, fill(said.rung, { text: text.short, date: dayText(text.date), n: found.length })),
      ),
      el("p", {}, facts),
      ...groups.flatMap((group) => [
        el("p", { class: "kd-rung-sector" }, said.sectors[group]),
        el("ul", {}, ...found.filter((one) => one.group === group).map(measureLine)),
      ]),
    );
  }

  const buttons = new Map();
  function rungButton(text) {
    const button = el(
      "button",
      {
        type: "button",
        class: "kd-rung",
        "data-rung": text.id,
        "aria-expanded": "false",
        "aria-controls": card.id,
        onclick: guard(() => choose(text.id)),
      },
      el("b", {}, ...breakable(text.short)),
      el("span", {}, dateText(text.date)),
      text.adopted ? "" : el("em", {}, said.draft),
    );
    buttons.set(text.id, button);
    return button;
  }

  function choose(id) {
    model.set("rung", model.get("rung") === id ? "" : id);
    try {
      model.save_changes();
    } catch (error) {
      console.warn("Python does not hear", error);
    }
    paint();
  }

  const grid = el(
    "table",
    { class: "kd-ladder" },
    el("caption", { class: "kd-sr" }, said.caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, said.text),
        ...rungs.map((text) =>
          el("th", { scope: "col", "data-rung": text.id, class: text.adopted ? null : "kd-failed" }, rungButton(text)),
        ),
      ),
    ),
    el(
      "tbody",
      {},
      ...ladder.sectors.map((group) =>
        el("tr", {}, el("th", { scope: "row" }, said.sectors[group]), ...rungs.map((text) => cell(text, group))),
      ),
    ),
  );

  const legendItem = (sign, text) => el("span", { class: "kd-legend-item" }, sign, ` ${text}`);
  const legend = el(
    "p",
    { class: "kd-legend" },
    legendItem(mark("ban", false, 1), said.legend_ban),
    legendItem(mark("cap", false, 1), said.legend_cap),
    legendItem(mark("other", false, 1), said.legend_other),
    legendItem(el("b", { "aria-hidden": "true" }, "3"), said.legend_many),
    legendItem(mark("ban", true, 1), said.legend_recalled),
  );

  // ---- all of it as a table ----
  const tableBox = el("div", {
    class: "kd-panel kd-scroll",
    id: `${key}-table`,
    hidden: true,
    tabindex: "0",
    "data-lm-suppress-shortcuts": "true",
    role: "region",
    "aria-label": said.table_caption,
  });
  const tableButton = el(
    "button",
    {
      type: "button",
      class: "kd-button",
      "data-action": "ladder-table",
      "aria-expanded": "false",
      "aria-controls": tableBox.id,
      onclick: guard(() => {
        tableBox.hidden = !tableBox.hidden;
        tableButton.setAttribute("aria-expanded", String(!tableBox.hidden));
        if (!tableBox.hidden) tableBox.replaceChildren(fullTable());
      }),
    },
    icon("table"),
    el("span", {}, spec.words.buttons.table),
  );

  function fullTable() {
    const { head } = said;
    const rows = ladder.measures.map((one) => [
      one.text,
      texts[one.text].date,
      said.sectors[one.group],
      said.kinds[one.kind],
      one.what,
      limitText(one),
      one.recalled ? head.no : one.part_recalled ? head.partly : head.yes,
    ]);
    return tableNode({
      caption: said.table_caption,
      head: [head.text, head.date, head.sector, head.kind, head.measure, head.limit, head.checked],
      rows,
    });
  }

  function paint() {
    const now = model.get("rung");
    for (const [id, button] of buttons) button.setAttribute("aria-expanded", String(id === now));
    grid
      .querySelectorAll("[data-rung]")
      .forEach((node_) => node_.classList.toggle("kd-chosen", node_.dataset.rung === now));
    showCard();
  }

  const totals = {
    measures: ladder.measures.length,
    texts: ladder.texts.length,
    adopted: ladder.texts.filter(({ adopted }) => adopted).length,
  };
  const node = el(
    "div",
    { class: "kd-ladder-view" },
    el("p", { class: "kd-sentence" }, said.intro),
    legend,
    el(
      "div",
      {
        class: "kd-scroll",
        role: "region",
        "aria-label": said.caption,
        tabindex: "0",
        "data-lm-suppress-shortcuts": "true",
      },
      grid,
    ),
    card,
    el("p", { class: "kd-hint" }, fill(said.rest, { n: ladder.texts.length - rungs.length })),
    el("p", { class: "kd-shows" }, fill(said.shows, totals)),
    el("p", { class: "kd-shows" }, said.does_not_show),
    el("div", { class: "kd-tools" }, tableButton),
    tableBox,
  );
  const fromPython = guard(paint);
  model.on("change:rung", fromPython);
  paint();
  return { node, place: paint, destroy: () => model.off("change:rung", fromPython) };
}
