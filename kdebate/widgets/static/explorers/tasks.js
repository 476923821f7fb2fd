// Tasks below an explorer: each with a hint, and a mark once the levers stand where it is solved.

import { standsAt } from "../frame/turn.js";
import { readOut } from "../model.js";
import { el, icon } from "../page/dom.js";

const page = (globalThis.__kdebate ??= {});
const found = (page.tasksFound ??= new Set()); // as long as the page is open

/** Whether a state solves a task. */
export function solves(levers, task, state) {
  return standsAt(levers, { preset: task.preset, ...task.at }, state) && readOut(state.values).holds === task.holds;
}

function row(words, id, task) {
  const mark = el("span", { class: "kd-task-mark" });
  const node = el(
    "li",
    { class: "kd-task", "data-task": id },
    el("span", {}, task.text),
    el("details", {}, el("summary", {}, words.hint), task.hint),
    mark,
  );
  const paint = () => {
    const isFound = found.has(id);
    if (node.dataset.found === String(isFound)) return;
    node.dataset.found = String(isFound);
    mark.replaceChildren(...(isFound ? [icon("tick")] : []), el("b", {}, isFound ? words.found : words.open));
  };
  return { node, paint };
}

/** The list as a panel of its explorer; nothing where it has no tasks. */
export function taskPanel(frame, store) {
  const words = frame.model.get("tasks");
  const tasks = Object.entries(words?.task ?? {});
  if (!tasks.length) return [];
  const rows = tasks.map(([id, task]) => row(words, id, task));
  const list = el("ol", { class: "kd-task-list", role: "status" }, ...rows.map(({ node }) => node));
  return [
    {
      store,
      nodes: [el("div", { class: "kd-tasks" }, el("p", { class: "kd-legend" }, words.legend), list)],
      show(state) {
        for (const [id, task] of tasks) if (solves(store.spec.levers, task, state)) found.add(id);
        for (const { paint } of rows) paint();
      },
      table: () => null,
      said: () => "",
    },
  ];
}
