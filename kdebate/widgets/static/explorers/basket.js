// BasketExplorer: who could change what, what was asked, granted, taken back; one step from any mark to its quotation and source.

import { errorLine, stoppedLine } from "../frame/chassis.js";
import { Store } from "../frame/store.js";
import { el, icon, shape, tableNode, write } from "../page/dom.js";
import { closed, watchGates } from "../page/gate.js";
import { watchPython } from "../page/python_watch.js";
import { fill } from "../page/words.js";

let count = 0;

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
      type: "button",
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
  const list = el("ol", {
    class: "kd-statements",
    hidden: true,
    id: `${prefix}-statements`,
    tabindex: "0",
    "aria-label": fill(card.more, { count: item.statements.length }),
    "data-lm-suppress-shortcuts": "true",
  });
  const more = el(
    "button",
    {
      type: "button",
      class: "kd-button",
      "data-action": "statements",
      "aria-expanded": "false",
      "aria-controls": list.id,
      onclick: () => {
        list.hidden = !list.hidden;
        if (!list.children.length) list.append(...item.statements.map((id) => statement(own, id)));
        more.setAttribute("aria-expanded", String(!list.hidden));
        write(more, list.hidden ? fill(card.more, { count: item.statements.length }) : card.fewer);
      },
    },
    fill(card.more, { count: item.statements.length }),
  );
  const shut = el("button", { type: "button", class: "kd-link", "data-action": "close", onclick: close }, card.close);
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

function gridRows(own, prefix, state, locked, choose) {
  const { record, domains, holders } = own;
  const items = record.items.filter((item) => item.domain === "general" || fits(item, state.show));
  const cell = (domain, inside) =>
    el(
      "td",
      inside.length ? { "data-domain": own.domain[domain] } : {},
      ...inside.map((item) => itemButton(own, prefix, item, locked, state.item === item.id, choose)),
    );
  const open = (inside) => {
    const item = inside.find(({ id }) => id === state.item);
    return item && !locked
      ? [
          el(
            "tr",
            {},
            el(
              "td",
              { class: "kd-open", colspan: String(domains.length + 1) },
              cardNode(own, prefix, item, () => choose("none")),
            ),
          ),
        ]
      : [];
  };
  const row = (head, inside, cells) => (inside.length ? [el("tr", {}, head, ...cells), ...open(inside)] : []);
  // Locked, nothing is sorted by who could change it: that is what the learner is asked.
  const groups = locked
    ? [[own.head.locked, "", () => true]]
    : holders.map((who) => [own.who[who], own.who_more[who], (item) => item.who === who]);
  const rows = groups.flatMap(([name, note, belongs]) => {
    const inside = items.filter((item) => belongs(item) && item.domain !== "general");
    const more = [note, locked ? "" : inside.length].filter(Boolean).join(", ");
    const head = el("th", { scope: "row" }, el("b", {}, name), el("small", {}, more));
    return row(
      head,
      inside,
      domains.map((domain) =>
        cell(
          domain,
          inside.filter((item) => item.domain === domain),
        ),
      ),
    );
  });
  const general = items.filter((item) => item.domain === "general");
  const whole = el(
    "td",
    { colspan: String(domains.length) },
    ...general.map((item) => itemButton(own, prefix, item, locked, state.item === item.id, choose)),
  );
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

function render({ model, el: place, carrier }) {
  const spec = model.get("_spec");
  const { words, own } = spec;
  const prefix = `kdb${++count}`;
  const isLocked = () => model.get("locked") || closed(model.get("predict"));

  const title = el("div", { class: "kd-title", id: `${prefix}-title` }, own.title);
  const tableBox = el("div", {
    class: "kd-panel kd-table-box",
    id: `${prefix}-table`,
    hidden: true,
    role: "group",
    tabindex: "0",
    "aria-label": words.buttons.table,
    "data-lm-suppress-shortcuts": "true",
  });
  const tableButton = el(
    "button",
    {
      type: "button",
      class: "kd-button",
      "data-action": "table",
      "aria-expanded": "false",
      "aria-controls": tableBox.id,
    },
    icon("table"),
    el("span", {}, words.buttons.table),
  );
  const stopped = stoppedLine(words);
  const guard =
    (work) =>
    (...args) => {
      try {
        work(...args);
      } catch (fault) {
        console.error(fault);
        root.dataset.errors = String(Number(root.dataset.errors) + 1);
        root.dataset.state = "error";
        error.hidden = false;
      }
    };
  const error = errorLine(words, () => paint());
  const sentence = el("p", { class: "kd-lead", role: "status", "data-readout": "sentence" });
  const show = spec.levers.show;
  const filters = show.choices.map((choice, i) =>
    el(
      "button",
      { type: "button", class: "kd-button", "data-show": choice, onclick: () => change("show", choice) },
      show.choice_labels[i],
    ),
  );
  const filter = el("fieldset", { class: "kd-filter" }, el("legend", {}, own.head.show), ...filters);
  const thead = el("thead", {});
  const tbody = el("tbody", {});
  const cols = el("colgroup", {}, el("col", {}), ...own.domains.map(() => el("col", {})));
  const grid = el("table", { class: "kd-board", "aria-label": own.title }, cols, thead, tbody);
  const said = (head, text) => el("p", { class: "kd-shows" }, el("b", {}, `${head} `), text);
  const body = el(
    "div",
    { class: "kd-body" },
    el("div", { class: "kd-head" }, title, tableButton),
    stopped,
    error,
    sentence,
    key(own),
    filter,
    grid,
    said(words.figure.shows, own.figure.shows),
    said(words.figure.does_not_show, own.figure.does_not_show),
    tableBox,
  );
  const root = el(
    "section",
    {
      class: "kd kd-basket",
      "data-kdebate": "BasketExplorer",
      "data-state": "loading",
      "data-errors": "0",
      "aria-labelledby": title.id,
    },
    body,
  );
  place.replaceChildren(root);

  const store = new Store(model, spec, words.code, () => paint());

  /** Paint the page; the focus stays on the item, the filter or the card that had it. */
  const paint = guard(() => {
    const { values } = store.state;
    const locked = isLocked();
    const found = findings(own, values.show);
    write(sentence, locked ? own.sentence.locked : fill(own.sentence[values.show], found));
    filter.disabled = locked;
    tableButton.disabled = locked;
    for (const button of filters) button.setAttribute("aria-pressed", String(button.dataset.show === values.show));
    thead.replaceChildren(gridHead(own, found));
    const focused = tbody.contains(document.activeElement)
      ? document.activeElement.closest("[data-item]")?.getAttribute("data-item")
      : null;
    tbody.replaceChildren(...gridRows(own, prefix, values, locked, choose));
    if (focused) tbody.querySelector(`[data-item="${focused}"]`)?.focus();
    if (!tableBox.hidden) tableBox.replaceChildren(tableNode(tableOf(own, values.show)));
    error.hidden = true;
    root.dataset.state = "ready";
  });

  function change(id, value) {
    store.set(id, value);
    store.commit(id);
  }

  /** Open an item's card, or close it and go back to its button. */
  function choose(id) {
    const last = store.state.values.item;
    change("item", id);
    const target =
      id === "none" ? tbody.querySelector(`[data-item="${last}"]`) : tbody.querySelector(`[data-item="${id}"]`);
    target?.focus();
    if (id !== "none") tbody.querySelector("[data-card]")?.scrollIntoView({ block: "nearest" });
  }

  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && store.state.values.item !== "none") {
      event.stopPropagation();
      choose("none");
    }
  });
  tableButton.addEventListener(
    "click",
    guard(() => {
      tableBox.hidden = !tableBox.hidden;
      tableButton.setAttribute("aria-expanded", String(!tableBox.hidden));
      paint();
    }),
  );
  const again = () => paint();
  const unwatch = watchPython(carrier, (gone) => (stopped.hidden = !gone));
  const unwatchGates = watchGates(again);
  model.on("change:locked", again);
  paint();
  return () => {
    model.off("change:locked", again);
    unwatchGates();
    unwatch();
    store.destroy();
  };
}

export default { render };
