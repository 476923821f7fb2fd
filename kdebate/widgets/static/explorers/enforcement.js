// EnforcementExplorer: what was forbidden, what the records say, and who enforces. Three linked views in one frame.

import { pressureChart } from "../charts/enforcement_chart.js";
import { facts } from "../facts.js";
import { mountExplorer } from "../frame/explorer.js";
import { tabMemory } from "../frame/lever_memory.js";
import { slicesByPressure } from "../model.js";
import { el } from "../page/dom.js";
import { told } from "../teller.js";
import { eventsPanel } from "./enforcement_events.js";
import { ladderPanel } from "./enforcement_ladder.js";
import { linesPanel } from "./enforcement_lines.js";
import { change, POINTS, table } from "./enforcement_view.js";

/** All that the model view shows of a state, as plain data. */
function view(own, names, levers, before, locked) {
  const words = { ...own, side: names };
  const found = facts(levers);
  const earlier = before && facts(before);
  const moved = earlier && Math.abs(earlier.pressure - found.pressure) > 1e-9;
  return {
    found: { parties: found, curve: slicesByPressure(levers, POINTS) },
    locked,
    marks: moved ? earlier.pressure : null,
    ...told(words, { ...found, locked }, earlier && change(earlier, found)),
    table: table(words, found),
  };
}

/** The buttons that choose a view, and the panels of the two that are not the model. */
function addViews(root, { model, fail, carrier }) {
  const spec = model.get("_spec");
  const words = spec.own;
  const views = model.get("views");
  const context = { model, spec, words, fail, carrier };
  const panels = {
    ladder: views.includes("ladder") ? ladderPanel(context) : null,
    lines: views.includes("lines") ? linesPanel(context) : null,
  };
  const events = views.includes("enforcement") ? eventsPanel(context) : null;
  const tabs = el(
    "div",
    { class: "kd-tabs", role: "group", "aria-label": words.views.label, hidden: views.length < 2 },
    ...views.map((id) =>
      el(
        "button",
        { type: "button", class: "kd-tab", "data-view-button": id, "aria-pressed": "false", onclick: () => choose(id) },
        words.views[id],
      ),
    ),
  );
  const box = el(
    "div",
    { class: "kd-views" },
    ...Object.values(panels)
      .filter(Boolean)
      .map(({ node }) => node),
  );
  const body = root.querySelector(".kd-body");
  body.querySelector(":scope > .kd-tools").classList.add("kd-model-tools");
  body.querySelector(".kd-head").after(tabs, box);
  if (events) body.append(events.node);

  function choose(id) {
    model.set("view", id);
    try {
      model.save_changes();
    } catch (error) {
      console.warn("Python does not hear", error);
    }
    paint();
  }

  function paint() {
    const now = model.get("view");
    root.dataset.view = now;
    for (const button of tabs.children) button.setAttribute("aria-pressed", String(button.dataset.viewButton === now));
    for (const [id, panel] of Object.entries(panels)) if (panel) panel.node.hidden = id !== now;
    if (events) events.node.hidden = now !== "enforcement";
    box.hidden = now === "enforcement";
    panels[now]?.place();
  }

  const theme = new MutationObserver(() => panels.lines?.place());
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const redraw = () => panels.lines?.place();
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-theme"] });
  dark.addEventListener("change", redraw);
  document.addEventListener("fullscreenchange", redraw);
  model.on("change:view", paint);
  paint();
  return () => {
    theme.disconnect();
    dark.removeEventListener("change", redraw);
    document.removeEventListener("fullscreenchange", redraw);
    model.off("change:view", paint);
    Object.values(panels).forEach((panel) => panel?.destroy());
  };
}

/** Remember in this tab which view, record and rung are open; what is read back must be among those on offer. */
function rememberChoices(model) {
  const offered = {
    view: model.get("views"),
    line: model.get("lines"),
    rung: model.get("_data").rungs.map(({ id }) => id),
  };
  const memory = tabMemory(model, "choices");
  const kept = model.get("_met") ? null : memory.read();
  const names = Object.keys(offered);
  for (const name of names) if (offered[name].includes(kept?.[name])) model.set(name, kept[name]);
  const keep = () => memory.write(Object.fromEntries(names.map((name) => [name, model.get(name)])));
  names.forEach((name) => model.on(`change:${name}`, keep));
  return () => names.forEach((name) => model.off(`change:${name}`, keep));
}

function render(context) {
  const forgo = rememberChoices(context.model);
  let fail = console.error;
  const chart = (figure, told) => {
    fail = told.fail;
    return pressureChart(figure, told);
  };
  mountExplorer(context, { name: "EnforcementExplorer", view, chart });
  const root = context.el.querySelector("[data-kdebate=EnforcementExplorer]");
  const leave = addViews(root, { ...context, fail: (fault) => fail(fault) });
  return () => {
    forgo();
    leave();
  };
}

export default { render };
