// LadderExplorer: what each text of the Security Council put on paper, by sector. A table whose columns open.

import { scrollable } from "../frame/card.js";
import { Frame } from "../frame/frame.js";
import { presetChoice } from "../frame/panel.js";
import { el } from "../page/dom.js";
import { amount, fill } from "../page/words.js";

const KINDS = ["ban", "cap", "other"];
const NAMES = { ban: "bans", cap: "caps", other: "others" };
const NONE = "none";

/** A symbol such as S/2022/431, with places where a narrow column may break it. */
function breakable(text) {
  return text.split(/(?<=\/)/).flatMap((part) => [part, el("wbr")]);
}

/** A mark's shape says its kind, a hollow one that nobody has checked it; its number how many there are. */
function mark(kind, hollow, n) {
  const look = `kd-measure kd-measure-${kind}${hollow ? " kd-measure-hollow" : ""}`;
  const sign = el("span", { class: look, "aria-hidden": "true" });
  return el("span", { class: "kd-signs", "aria-hidden": "true" }, sign, n > 1 ? String(n) : "");
}

const measuresOf = (own, text, group) =>
  own.record.measures.filter((one) => one.text === text.id && (!group || one.group === group));

/** How many of one kind, and how many of these nobody has checked. */
function countText(own, kind, n, recalled) {
  const text = n === 1 ? own[`${NAMES[kind]}_one`] : fill(own[`${NAMES[kind]}_many`], { n });
  return recalled ? `${text} (${fill(own.recalled_count, { n: recalled })})` : text;
}

// ---- the grid -----------------------------------------------------------------------------------------------------

function cell(own, text, group) {
  const found = measuresOf(own, text, group);
  const counted = KINDS.map((kind) => {
    const same = found.filter((one) => one.kind === kind);
    return { kind, n: same.length, hollow: same.filter(({ recalled }) => recalled).length };
  }).filter(({ n }) => n > 0);
  const marks = counted.flatMap(({ kind, n, hollow }) => [
    n > hollow ? mark(kind, false, n - hollow) : null,
    hollow ? mark(kind, true, hollow) : null,
  ]);
  const said = counted.map(({ kind, n, hollow }) => countText(own, kind, n, hollow)).join(", ");
  return el("td", { "data-rung": text.id }, ...marks, el("span", { class: "kd-sr" }, said || own.nothing));
}

function rungButton(own, text, card, choose) {
  return el(
    "button",
    { class: "kd-rung", "data-rung": text.id, "aria-controls": card.id, onclick: () => choose(text.short) },
    el("b", {}, ...breakable(text.short)),
    el("span", {}, text.month),
    text.adopted ? null : el("em", {}, own.draft),
  );
}

function gridNode(own, rungs, card, choose) {
  const head = rungs.map((text) => {
    const props = { scope: "col", "data-rung": text.id, class: text.adopted ? null : "kd-failed" };
    return el("th", props, rungButton(own, text, card, choose));
  });
  const row = (group) =>
    el("tr", {}, el("th", { scope: "row" }, own.sectors[group]), ...rungs.map((text) => cell(own, text, group)));
  return el(
    "table",
    { class: "kd-ladder" },
    el("caption", { class: "kd-sr" }, own.caption),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, own.text), ...head)),
    el("tbody", {}, ...own.record.sectors.map(row)),
  );
}

function legend(own) {
  const item = (sign, text) => el("span", { class: "kd-legend-item" }, sign, ` ${text}`);
  return el(
    "p",
    { class: "kd-legend" },
    ...KINDS.map((kind) => item(mark(kind, false, 1), own[`legend_${kind}`])),
    item(el("b", { "aria-hidden": "true" }, "3"), own.legend_many),
    item(mark("ban", true, 1), own.legend_recalled),
  );
}

// ---- what a text added --------------------------------------------------------------------------------------------

function limitText(own, { value, unit, period }) {
  if (value === null) return "";
  return fill(period ? own.cap_unit : own.cap_unit_plain, { value: amount(value, 0), unit, period });
}

function measureLine(own, one) {
  const said = one.paragraph_checked ? own.paragraph : own.paragraph_unchecked;
  const paragraph = one.paragraph ? fill(said, one) : "";
  const small = [limitText(own, one), paragraph, one.recalled ? own.unchecked : ""].filter(Boolean).join("; ");
  const kind = el("span", { class: "kd-sr" }, `${own.kinds[one.kind]}: `);
  const text = el("span", {}, kind, one.what, small ? el("small", {}, ` (${small})`) : "");
  return el("li", { "data-measure": one.id }, mark(one.kind, one.recalled, 1), text);
}

function factsText(own, text) {
  const [votes_for, votes_against, abstentions] = text.votes;
  return [
    text.trigger ? fill(own.trigger, text) : "",
    text.votes_unchecked ? own.vote_unchecked : fill(own.vote, { votes_for, votes_against, abstentions }),
    text.note,
    text.adopted ? "" : own.failed,
  ]
    .filter(Boolean)
    .join(" ");
}

function cardNodes(own, text) {
  const found = measuresOf(own, text);
  const groups = own.record.sectors.filter((group) => found.some((one) => one.group === group));
  const list = (group) => found.filter((one) => one.group === group).map((one) => measureLine(own, one));
  return [
    el("p", { class: "kd-rung-title" }, el("b", {}, rungText(own, text))),
    el("p", {}, factsText(own, text)),
    ...groups.flatMap((group) => [
      el("p", { class: "kd-rung-sector" }, own.sectors[group]),
      el("ul", {}, ...list(group)),
    ]),
  ];
}

const rungText = (own, text) => fill(own.rung, { text: text.short, date: text.day, n: measuresOf(own, text).length });

// ---- all of it as a table, and the whole --------------------------------------------------------------------------

function tableOf(own) {
  const { head, record } = own;
  const dates = Object.fromEntries(record.texts.map(({ id, date }) => [id, date]));
  const rows = record.measures.map((one) => [
    one.text,
    dates[one.text],
    own.sectors[one.group],
    own.kinds[one.kind],
    one.what,
    limitText(own, one),
    one.recalled ? head.no : one.part_recalled ? head.partly : head.yes,
  ]);
  const heads = [head.text, head.date, head.sector, head.kind, head.measure, head.limit, head.checked];
  return { caption: own.table_caption, head: heads, rows };
}

function ladderPanel(frame) {
  const { own, prefix, guard } = frame;
  const { measures, rungs: ids, texts } = own.record;
  const rungs = ids.map((id) => texts.find((text) => text.id === id));
  const store = frame.store();
  const card = el("div", { class: "kd-rung-card", id: `${prefix}-rung`, "aria-live": "polite" });
  const choose = guard((name) => {
    store.set("rung", store.state.values.rung === name ? NONE : name);
    store.commit(); // every press is a step, however quickly the next one follows
  });
  const grid = gridNode(own, rungs, card, choose);
  const preset = presetChoice(frame, store);
  const adopted = texts.filter((text) => text.adopted).length;
  const shows = fill(own.shows, { measures: measures.length, texts: texts.length, adopted });
  const table = tableOf(own);
  const opened = () => rungs.find(({ short }) => short === store.state.values.rung);

  function show({ values }) {
    const text = rungs.find(({ short }) => short === values.rung);
    for (const one of grid.querySelectorAll("[data-rung]")) {
      const isOpen = one.dataset.rung === text?.id;
      if (one.matches("button")) one.setAttribute("aria-expanded", String(isOpen));
      else one.classList.toggle("kd-chosen", isOpen);
    }
    card.hidden = !text;
    card.replaceChildren(...(text ? cardNodes(own, text) : []));
  }
  return {
    store,
    head: preset.node,
    nodes: [
      el("p", { class: "kd-sentence" }, own.intro),
      legend(own),
      el("div", { class: "kd-scroll", ...scrollable(own.caption) }, grid),
      card,
      el("p", { class: "kd-hint" }, fill(own.rest, { n: texts.length - rungs.length })),
      el("p", { class: "kd-shows" }, shows),
      el("p", { class: "kd-shows" }, own.does_not_show),
    ],
    paint: preset.paint,
    show,
    table: () => table,
    said: () => (opened() ? rungText(own, opened()) : shows),
  };
}

function render(context) {
  const explorer = { name: "LadderExplorer", look: "kd kd-ladder-view" };
  new Frame(context, explorer, (frame) => [ladderPanel(frame)]).mount(context.el);
}

export default { render };
