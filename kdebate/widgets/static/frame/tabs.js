// Tabs: one panel in sight at a time, chosen with the pointer or with arrows, Home and End.

import { el } from "../page/dom.js";

/** The tab that a key leads to from tab `at` of `count`, round the ends; null where the key is none of ours. */
export function tabAfter(key, at, count) {
  const steps = { ArrowRight: at + 1, ArrowLeft: at - 1 + count, Home: 0, End: count - 1 };
  return Object.hasOwn(steps, key) ? steps[key] % count : null;
}

function tabButton({ id, name, panel }, prefix, onclick) {
  const props = { class: "kd-tab", role: "tab", id: `${prefix}-tab-${id}`, "data-tab": id, onclick };
  panel.id ||= `${prefix}-panel-${id}`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", props.id);
  return el("button", { ...props, "aria-controls": panel.id }, name);
}

/**
 * A row of tabs over panels that stand somewhere on the page. Only the chosen tab is a stop of the Tab key; the arrows
 * lead to the others and choose them.
 * @param {string} prefix  for ids: no two rows of one page may share it
 * @param {string} label  what the row is called by a screen reader
 * @param {{id: string, name: string, panel: HTMLElement}[]} tabs
 * @param {(id: string) => void} choose  told which tab the reader chose; it answers with `show`
 */
export function tabRow(prefix, label, tabs, choose) {
  const buttons = tabs.map((tab) => tabButton(tab, prefix, () => choose(tab.id)));
  const node = el(
    "div",
    { class: "kd-tabs", role: "tablist", "aria-label": label, hidden: tabs.length < 2 },
    ...buttons,
  );
  node.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = tabAfter(event.key, at, tabs.length);
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(tabs[next].id);
    buttons[next].focus();
  });
  /** Show one panel and mark its tab. */
  const show = (id) =>
    tabs.forEach((tab, i) => {
      const chosen = tab.id === id;
      tab.panel.hidden = !chosen;
      buttons[i].setAttribute("aria-selected", String(chosen));
      buttons[i].tabIndex = chosen ? 0 : -1;
    });
  return { node, show };
}
