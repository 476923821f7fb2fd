// A chart from figures/, with what it shows and what it does not, its alt text and its table. Drawn by the shared plotly.

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

function render({ model, el: place }) {
  const figure = model.get("figure");
  const words = model.get("words");
  const { meta } = figure.layout;
  const id = `kdf${++count}`;
  const chart = el("div", { class: "kd-figure-plot", role: "img", "aria-label": meta.alt, style: `height:${figure.layout.height}px` });
  const table = el("div", { class: "kd-panel", id: `${id}-table`, hidden: true }, tableNode({ caption: meta.title, head: meta.head, rows: meta.rows }));
  const button = el("button", { type: "button", class: "kd-button", "data-action": "table", "aria-expanded": "false", "aria-controls": table.id, onclick: () => {
    table.hidden = !table.hidden;
    button.setAttribute("aria-expanded", String(!table.hidden));
  } }, icon("table"), el("span", {}, words.table));
  const said = (head, text) => el("p", { class: "kd-shows" }, el("b", {}, `${head} `), text);
  const lock = el("p", { class: "kd-lock" }, icon("lock"), el("span", {}, words.locked));
  const shown = el("div", {}, chart, said(words.shows, meta.shows), said(words.does_not_show, meta.does_not_show), el("div", { class: "kd-tools" }, button), table);
  const body = el("div", { class: "kd-body" }, el("div", { class: "kd-title", id }, meta.title), lock, shown);
  const root = el("section", { class: "kd", role: "group", "data-kdebate": "FigureCard", "data-state": "loading", "data-errors": "0", "aria-labelledby": id }, body);
  place.replaceChildren(root);

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
    const { data, layout } = dressed(figure, root);
    await Plotly.react(chart, data, { ...layout, width: chart.clientWidth }, { staticPlot: true, displayModeBar: false });
    root.dataset.state = "ready";
  }
  const redraw = () => draw().catch(fail);
  const look = () => {
    lock.hidden = !(shown.hidden = closed(model.get("predict")));
    redraw();
  };
  const unwatch = watchGates(look);
  look();
  const width = new ResizeObserver(redraw);
  const theme = new MutationObserver(redraw);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  width.observe(chart);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-theme"] });
  dark.addEventListener("change", redraw);
  plotly().then((loaded) => {
    Plotly = loaded;
    return draw();
  }).catch(fail);
  return () => {
    unwatch();
    width.disconnect();
    theme.disconnect();
    dark.removeEventListener("change", redraw);
    Plotly?.purge(chart);
  };
}

export default { render };
