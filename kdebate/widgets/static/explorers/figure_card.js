// A chart from figures/, with what it shows and what it does not, its alt text and its table. Drawn by plotly, once loaded for all.
// Several charts by name are shown one at a time, with a button for each.

import { el, icon, tableNode } from "../page/dom.js";
import { closed, watchGates } from "../page/gate.js";
import { plotly } from "../page/plotly.js";

let count = 0;

/** The figure in the page's own colours: each light token becomes what the style sheet says now. */
function dressed(figure, root) {
  const style = getComputedStyle(root);
  let text = JSON.stringify(figure);
  for (const [hex, token] of Object.entries(figure.layout.meta.tokens)) {
    text = text.replaceAll(`"${hex}"`, JSON.stringify(style.getPropertyValue(`--kd-${token}`).trim()));
  }
  return JSON.parse(text);
}

/** A button for each of several charts; nothing for one. */
function chooser(choices, choose) {
  if (!choices.length) return null;
  const buttons = choices.map(({ label, figure }) =>
    el(
      "button",
      {
        type: "button",
        class: "kd-button",
        "data-choice": label,
        "aria-pressed": "false",
        onclick: () => pick(figure),
      },
      label,
    ),
  );
  const pick = (figure) => {
    choices.forEach((choice, i) => buttons[i].setAttribute("aria-pressed", String(choice.figure === figure)));
    choose(figure);
  };
  buttons[0].setAttribute("aria-pressed", "true");
  return el("fieldset", { class: "kd-filter" }, el("legend", {}, choices[0].figure.layout.meta.choose), ...buttons);
}

/** The words and the table around a chart, and how to write those of another. */
function surroundings(words, id) {
  const chart = el("div", { class: "kd-figure-plot", role: "img" });
  const sentences = el("div", { "aria-live": "polite" });
  const table = el("div", { class: "kd-panel", id: `${id}-table`, hidden: true });
  const button = el(
    "button",
    {
      type: "button",
      class: "kd-button",
      "data-action": "table",
      "aria-expanded": "false",
      "aria-controls": table.id,
      onclick: () => {
        table.hidden = !table.hidden;
        button.setAttribute("aria-expanded", String(!table.hidden));
      },
    },
    icon("table"),
    el("span", {}, words.table),
  );
  const said = ([head, text]) => el("p", { class: "kd-shows" }, el("b", {}, `${head} `), text);
  const tell = ({ layout: { meta, height } }) => {
    chart.setAttribute("aria-label", meta.alt);
    chart.style.height = `${height}px`;
    sentences.replaceChildren(
      ...[[words.shows, meta.shows], [words.does_not_show, meta.does_not_show], ...(meta.more ?? [])].map(said),
    );
    table.replaceChildren(tableNode({ caption: meta.title, head: meta.head, rows: meta.rows }));
  };
  return { chart, sentences, table, tools: el("div", { class: "kd-tools" }, button), tell };
}

/** Draw again when the place changes its width or the page its colours; returns how to stop. */
function watchPlace(chart, redraw) {
  const width = new ResizeObserver(redraw);
  const theme = new MutationObserver(redraw);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  width.observe(chart);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-theme"] });
  dark.addEventListener("change", redraw);
  return () => {
    width.disconnect();
    theme.disconnect();
    dark.removeEventListener("change", redraw);
  };
}

/** The drawing itself: redraws the current figure, and falls back to the table where it cannot be drawn. */
function drawing(root, { chart, table }, words, current, carrier) {
  let Plotly = null;
  const fail = (fault) => {
    console.error(fault);
    root.dataset.errors = String(Number(root.dataset.errors) + 1);
    root.dataset.state = "error";
    chart.textContent = words.failed;
    table.hidden = false;
  };
  async function draw() {
    if (!Plotly || chart.clientWidth === 0) return;
    const { data, layout } = dressed(current(), root);
    await Plotly.react(
      chart,
      data,
      { ...layout, width: chart.clientWidth },
      { staticPlot: true, displayModeBar: false },
    );
    root.dataset.state = "ready";
  }
  const redraw = () => draw().catch(fail);
  plotly(carrier)
    .then((loaded) => {
      Plotly = loaded;
      return draw();
    })
    .catch(fail);
  return { redraw, purge: () => Plotly?.purge(chart) };
}

function render({ model, el: place, carrier }) {
  const words = model.get("words");
  const id = `kdf${++count}`;
  let figure = model.get("figure");
  const parts = surroundings(words, id);
  parts.tell(figure);
  const filter = chooser(model.get("choices") ?? [], (chosen) => {
    parts.tell((figure = chosen));
    picture.redraw();
  });
  const lock = el("p", { class: "kd-lock" }, icon("lock"), el("span", {}, words.locked));
  const shown = el("div", {}, filter, parts.chart, parts.sentences, parts.tools, parts.table);
  const body = el(
    "div",
    { class: "kd-body" },
    el("div", { class: "kd-title", id }, figure.layout.meta.title),
    lock,
    shown,
  );
  const root = el(
    "section",
    {
      class: "kd",
      role: "group",
      "data-kdebate": "FigureCard",
      "data-state": "loading",
      "data-errors": "0",
      "aria-labelledby": id,
    },
    body,
  );
  place.replaceChildren(root);
  const picture = drawing(root, parts, words, () => figure, carrier);
  const look = () => {
    lock.hidden = !(shown.hidden = closed(model.get("predict")));
    picture.redraw();
  };
  const unwatch = watchGates(look);
  look();
  const unwatchPlace = watchPlace(parts.chart, picture.redraw);
  return () => {
    unwatch();
    unwatchPlace();
    picture.purge();
  };
}

export default { render };
