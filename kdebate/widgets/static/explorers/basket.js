// BasketExplorer: who could change what, what was asked, granted, taken back; one step from any mark to its quotation and source.

import { Frame } from "../frame/frame.js";
import { presetChoice } from "../frame/panel.js";
import { el, opens, shape, write } from "../page/dom.js";
import { fill } from "../page/words.js";

const SIGNS = {
  asked: [["M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3", "kd-solid"]],
  partly: [
    ["M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3", ""],
    ["M8 3a5 5 0 0 1 0 10z", "kd-solid"],
  ],
  granted: [["M3 8.5l3.2 3.2L13 4.5", ""]],
  taken_back: [["M6.5 3L3 6.5 6.5 10M3.2 6.5H9a3.4 3.4 0 0 1 0 6.8H7", ""]],
  none: [["M6 8h4", ""]],
};

/** The sign of an answer; its words stand beside it or are read out. */
function sign(name) {
  const paths = SIGNS[name].map(([d, look]) => shape("path", { d, class: look }));
  return shape("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: "kd-sign" }, ...paths);
}

/** Whether an item passes a filter. Twin of kdebate/evidence/basket.py. */
export function fits(item, show) {
  if (show === "asked") return item.asked;
  if (show === "granted") return item.granted !== "none";
  return show === "all" || item.granted === "taken_back";
}

/** The numbers of the live sentence and of the heads. Twin of kdebate/evidence/basket.py. */
export function findings(own, show) {
  const inGrid = own.record.items.filter((item) => item.domain !== "general");
  const of = (filter) => inGrid.filter((item) => fits(item, filter));
  const items = of(show);
  const also = items.filter((item) => item.asked && (show === "taken_back" || item.granted !== "none")).length;
  const tally = (names, key) =>
    Object.fromEntries(names.map((name) => [name, items.filter((item) => item[key] === name).length]));
  return {
    items: inGrid.length,
    asked: of("asked").length,
    granted: of("granted").length,
    taken_back: of("taken_back").length,
    also,
    shown: items.length,
    by_domain: tally(own.domains, "domain"),
    by_who: tally(own.holders, "who"),
  };
}

const unchecked = (item, field) => item.unchecked.includes(field);

/** What a screen reader hears of an item's two signs. */
function signWords(words, item) {
  const asked = item.asked ? words.mark.asked : words.mark.not_asked;
  const granted = words.mark[item.granted];
  const doubt = item.granted !== "none" && unchecked(item, "granted_text") ? `, ${words.mark.unchecked}` : "";
  return `: ${asked}; ${granted}${doubt}`;
}

function itemButton(words, prefix, item, locked, open, choose) {
  const doubt = item.granted !== "none" && unchecked(item, "granted_text");
  const signs = locked
    ? null
    : el(
        "span",
        { class: "kd-item-marks", "aria-hidden": "true" },
        el("span", {}, sign(item.asked ? "asked" : "none")),
        el("span", { class: doubt ? "kd-unchecked" : "" }, sign(item.granted)),
      );
  return el(
    "button",
    {
      class: "kd-item",
      "data-item": item.id,
      "aria-expanded": String(open),
      "aria-controls": open ? `${prefix}-card` : null,
      disabled: locked,
      onclick: () => choose(open ? "none" : item.id),
    },
    el("span", {}, item.label, locked ? null : el("span", { class: "kd-sr" }, signWords(words, item))),
    signs,
  );
}

// ---- the card -----------------------------------------------------------------------------------------------------

function sourceLine(own, ids, status, row) {
  const links = ids.flatMap((id, i) => {
    const { title, url } = own.record.sources[id];
    const shown = url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title;
    return i ? ["; ", shown] : [shown];
  });
  return el(
    "p",
    { class: "kd-by" },
    `${own.card.source} `,
    ...links,
    `. ${fill(own.card.status, { status })} ${fill(own.card.row, { id: row })}`,
  );
}

const doubtful = (text, doubt, title) =>
  doubt ? el("span", { class: "kd-unchecked", title }, text) : el("span", {}, text);

function byLine(own, who, when, doubt) {
  return el(
    "p",
    { class: "kd-by" },
    [who, ""].filter(Boolean).join(""),
    who && when ? ", " : "",
    doubtful(when, doubt, own.card.unchecked_date),
    doubt ? ` (${own.card.unchecked_date})` : "",
    ".",
  );
}

function statement(own, id) {
  const { when, who, where, quote, paraphrase, unchecked_date, unchecked_quote, sources, status } =
    own.record.statements[id];
  const said = quote ? `“${quote}”` : `${own.card.paraphrase} ${paraphrase}`;
  const doubt = quote && unchecked_quote ? ` (${own.card.unchecked_quote})` : "";
  return el(
    "li",
    { "data-row": id },
    el("p", {}, doubtful(said, Boolean(doubt), own.card.unchecked_quote), doubt),
    byLine(own, [who, where].filter(Boolean).join(", "), when, unchecked_date),
    sourceLine(own, sources, status, id),
  );
}

function facts(own, item) {
  const { card } = own;
  const line = (head, field, none) => {
    const text = item[field] || none;
    return text ? [el("dt", {}, head), el("dd", {}, doubtful(text, unchecked(item, field), own.mark.unchecked))] : [];
  };
  const linked = [card[item.linked], item.linked_text].filter(Boolean).join("; ");
  return el(
    "dl",
    {},
    ...line(card.asked, "demanded_text", item.asked ? "" : card.nothing),
    ...line(card[item.granted], "granted_text", card.nothing),
    ...line(card.who, "changeable_by_text", own.who.nobody),
    el("dt", {}, card.linked),
    el("dd", {}, linked),
    ...(item.unchecked.length ? [el("dt", {}), el("dd", { class: "kd-dotted" }, card.dotted)] : []),
  );
}

function cardNode(own, prefix, item, close) {
  const { card } = own;
  const title = el("div", { class: "kd-card-title", id: `${prefix}-card-title` }, item.component);
  const said = item.is_quote
    ? el("blockquote", {}, `“${item.example}”`)
    : el("blockquote", {}, `${card.paraphrase} ${item.example}`);
  const named = fill(card.more, { count: item.statements.length });
  const list = el("ol", { class: "kd-statements", id: `${prefix}-statements`, "aria-label": named });
  const more = el("button", { class: "kd-button", "data-action": "statements" }, named);
  opens(more, list, () => {
    if (!list.children.length) list.append(...item.statements.map((id) => statement(own, id)));
    write(more, list.hidden ? named : card.fewer);
  });
  const shut = el("button", { class: "kd-link", "data-action": "close", onclick: close }, card.close);
  const left = el(
    "div",
    {},
    title,
    said,
    byLine(own, item.speaker, item.when, item.unchecked_date),
    sourceLine(own, item.sources, item.status, item.id),
    el("div", { class: "kd-card-tools" }, more, shut),
  );
  const box = el(
    "div",
    { id: `${prefix}-card`, role: "group", "aria-labelledby": title.id, "data-card": item.id },
    left,
    facts(own, item),
    list,
  );
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  return box;
}

// ---- the grid -----------------------------------------------------------------------------------------------------

/** Buttons of some items. */
function itemButtons({ own, prefix, values, locked, choose }, items) {
  return items.map((item) => itemButton(own, prefix, item, locked, values.item === item.id, choose));
}

/** The card of the open item below its row, where it is one of these. */
function openRow({ own, prefix, values, locked, choose }, items) {
  const item = items.find(({ id }) => id === values.item);
  if (!item || locked) return [];
  const card = cardNode(own, prefix, item, () => choose("none"));
  return [el("tr", {}, el("td", { class: "kd-open", colspan: String(own.domains.length + 1) }, card))];
}

function domainCells(board, items) {
  return board.own.domains.map((domain) => {
    const inside = items.filter((item) => item.domain === domain);
    const props = inside.length ? { "data-domain": board.own.domain[domain] } : {};
    return el("td", props, ...itemButtons(board, inside));
  });
}

/** Name, note and members of each row. Locked, nothing is sorted by who could change it: that is what the learner is asked. */
function groupsOf({ own, locked }) {
  if (locked) return [[own.head.locked, "", () => true]];
  return own.holders.map((who) => [own.who[who], own.who_more[who], (item) => item.who === who]);
}

/** All rows of the grid. `board` holds the words, the state, and what a click does. */
function gridRows(board) {
  const { own, values, locked } = board;
  const items = own.record.items.filter((item) => item.domain === "general" || fits(item, values.show));
  const [general, named] = [true, false].map((is) => items.filter(({ domain }) => (domain === "general") === is));
  const row = (head, inside, cells) => (inside.length ? [el("tr", {}, head, ...cells), ...openRow(board, inside)] : []);
  const rows = groupsOf(board).flatMap(([name, note, belongs]) => {
    const inside = named.filter(belongs);
    const more = [note, locked ? "" : inside.length].filter(Boolean).join(", ");
    const head = el("th", { scope: "row" }, el("b", {}, name), el("small", {}, more));
    return row(head, inside, domainCells(board, inside));
  });
  const whole = el("td", { colspan: String(own.domains.length) }, ...itemButtons(board, general));
  return [...rows, ...row(el("th", { scope: "row" }, el("b", {}, own.head.general)), general, [whole])];
}

function gridHead(own, found) {
  const heads = own.domains.map((domain) =>
    el("th", { scope: "col" }, el("b", {}, own.domain[domain]), ` ${found.by_domain[domain]}`),
  );
  return el("tr", {}, el("th", { scope: "col" }, el("b", {}, own.head.who)), ...heads);
}

function tableOf(own, show) {
  const { table } = own;
  const granted = (item) => {
    const text = own.mark[item.granted];
    return item.granted !== "none" && unchecked(item, "granted_text") ? fill(table.unchecked, { text }) : text;
  };
  const rows = own.record.items
    .filter((item) => item.domain !== "general" && fits(item, show))
    .map((item) => [
      item.component,
      own.who[item.who],
      own.domain[item.domain],
      item.asked ? table.yes : table.no,
      granted(item),
      String(item.statements.length),
    ]);
  return {
    caption: table.caption,
    head: [table.item, table.who, table.domain, table.asked, table.granted, table.statements],
    rows,
  };
}

function key(own) {
  const names = [
    ["asked", "asked"],
    ["partly", "partly"],
    ["granted", "granted"],
    ["taken_back", "taken_back"],
    ["none", "no"],
  ];
  return el(
    "div",
    { class: "kd-marks-key" },
    ...names.map(([name, said]) => el("span", {}, sign(name), own.mark[said])),
    el("span", {}, el("span", { class: "kd-unchecked", "aria-hidden": "true" }, "\u2003"), own.mark.unchecked),
  );
}

/** The live sentence, the filters and the grid. */
function boardParts(frame, store, change) {
  const { own } = frame;
  const { choices, choice_labels: labels } = store.spec.levers.show;
  const filters = choices.map((choice, i) =>
    el("button", { class: "kd-button", "data-show": choice, onclick: () => change("show", choice) }, labels[i]),
  );
  return {
    filters,
    sentence: el("p", { class: "kd-lead", "data-readout": "sentence" }),
    filter: el("fieldset", { class: "kd-filter" }, el("legend", {}, own.head.show), ...filters),
    cols: el("colgroup", {}, el("col", {}), ...own.domains.map(() => el("col", {}))),
    thead: el("thead", {}),
    tbody: el("tbody", {}),
  };
}

/** Paint the grid anew; the focus stays on the item that had it. */
function repaint(tbody, rows) {
  const focused = tbody.contains(document.activeElement) && document.activeElement.closest("[data-item]");
  tbody.replaceChildren(...rows);
  if (focused) tbody.querySelector(`[data-item="${focused.getAttribute("data-item")}"]`)?.focus();
}

/** The whole basket as the panel of a frame. */
function basketPanel(frame) {
  const { words, own, prefix, guard } = frame;
  const store = frame.store();
  const change = guard((id, value) => {
    store.set(id, value);
    store.commit(id);
  });
  const { filters, sentence, filter, cols, thead, tbody } = boardParts(frame, store, change);
  const preset = presetChoice(frame, store);
  const said = (head, text) => el("p", { class: "kd-shows" }, el("b", {}, `${head} `), text);

  /** Open an item's card, or close it and go back to its button. */
  function choose(id) {
    const last = store.state.values.item;
    change("item", id);
    tbody.querySelector(`[data-item="${id === "none" ? last : id}"]`)?.focus();
    if (id !== "none") tbody.querySelector("[data-card]")?.scrollIntoView({ block: "nearest" });
  }
  frame.root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || store.state.values.item === "none") return;
    event.stopPropagation();
    choose("none");
  });
  return {
    store,
    head: preset.node,
    nodes: [
      sentence,
      key(own),
      filter,
      el("table", { class: "kd-board", "aria-label": own.title }, cols, thead, tbody),
      said(words.figure.shows, own.figure.shows),
      said(words.figure.does_not_show, own.figure.does_not_show),
    ],
    paint: preset.paint,
    show({ values }) {
      const locked = frame.locked;
      const found = findings(own, values.show);
      write(sentence, locked ? own.sentence.locked : fill(own.sentence[values.show], found));
      filter.disabled = locked;
      for (const button of filters) button.setAttribute("aria-pressed", String(button.dataset.show === values.show));
      thead.replaceChildren(gridHead(own, found));
      repaint(tbody, gridRows({ own, prefix, values, locked, choose }));
    },
    table: () => (frame.locked ? null : tableOf(own, store.state.values.show)),
    said: () => sentence.textContent,
  };
}

function render(context) {
  const explorer = { name: "BasketExplorer", look: "kd kd-basket" };
  new Frame(context, explorer, (frame) => [basketPanel(frame)]).mount(context.el);
}

export default { render };
