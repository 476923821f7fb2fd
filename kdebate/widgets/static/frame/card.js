// What every widget of the page stands in: its root, its guard, the lines that say what is wrong, buttons and a table.

import { el, icon, opens, tableNode } from "../page/dom.js";

const COLOURS =
  "bg soft zone ink ink2 line edge act on-act act-soft a a-fill b b-fill warn warn-soft err err-soft right right-soft".split(
    " ",
  );
const page = (globalThis.__kdebate ??= {});

let count = 0;

// The style sheet gives each colour for a light page and a dark one. Known as colours, they can be read as the one that
// holds now, which a chart library needs.
page.coloured ??= COLOURS.map((name) => {
  const [syntax, initialValue] = ["<color>", "transparent"];
  globalThis.CSS?.registerProperty?.({ name: `--kd-${name}`, syntax, inherits: true, initialValue });
  return name;
});

/** A beginning for ids: they must differ between the widgets of one page. */
export const freshPrefix = () => `kd${++count}`;

/** A widget's root, and its guard: faults go no further than their card. */
export class Card {
  /**
   * @param {HTMLElement} title  names the card
   * @param {object} props  of the root
   */
  constructor(title, props) {
    this.body = el("div", { class: "kd-body" });
    this.root = el("section", { class: "kd", "data-errors": "0", "aria-labelledby": title.id, ...props }, this.body);
  }

  add(...nodes) {
    this.body.append(...nodes.filter((node) => node != null));
  }

  /** Count a fault on the root, and let the card say it. */
  fail = (fault) => {
    console.error(fault);
    this.root.dataset.errors = String(Number(this.root.dataset.errors) + 1);
    return this.failed(fault);
  };

  guard =
    (work) =>
    (...args) => {
      try {
        const done = work(...args);
        return done instanceof Promise ? done.catch(this.fail) : done;
      } catch (fault) {
        return this.fail(fault);
      }
    };

  /** What this kind of card says of a fault. */
  failed(fault) {}
}

/** A button with its icon and its word. */
export function toolButton(words, action, onclick = null) {
  const props = { class: "kd-button", "data-action": action, onclick };
  return el("button", props, icon(action), el("span", {}, words.buttons[action]));
}

/** The line that says Python has stopped, with what to do about it behind a button. */
export function stoppedLine(words, prefix) {
  const help = el("p", { class: "kd-status-help", id: `${prefix}-stopped` }, words.status.stopped_help);
  const more = opens(el("button", { class: "kd-link" }, words.buttons.what_to_do), help);
  const text = el("span", {}, el("b", {}, words.status.stopped_bold), ` ${words.status.stopped}`);
  const row = el("div", { class: "kd-line-row" }, icon("info"), text, more);
  return el("div", { class: "kd-line kd-stopped", role: "status", hidden: true }, row, help);
}

/** The line that says the page could not be painted, with a button that tries again. */
export function errorLine(words, again) {
  const text = el("span", {}, el("b", {}, words.status.error_bold), ` ${words.status.error}`);
  const props = { class: "kd-button", "data-action": "again", onclick: again };
  const row = el("div", { class: "kd-line-row" }, icon("warning"), text, el("button", props, words.buttons.again));
  return el("div", { class: "kd-line kd-error", role: "alert", hidden: true }, row);
}

/** A place that scrolls by the keyboard. */
export const scrollable = (label) => ({ role: "group", tabindex: "0", "aria-label": label });

/**
 * A table and the button that opens it; only an open one is painted.
 * @param {() => {caption: string, head: string[], rows: string[][]} | null} read  null where nothing may be seen
 */
export function tablePanel(words, prefix, guard, read) {
  const box = el("div", { class: "kd-panel kd-table-box", id: `${prefix}-table`, ...scrollable(words.buttons.table) });
  const paint = () => {
    const table = read();
    button.disabled = table === null;
    if (table && !box.hidden) box.replaceChildren(tableNode(table));
    else box.replaceChildren();
  };
  const open = () => {
    paint();
    if (!box.hidden) box.scrollIntoView({ block: "nearest" }); // it stands below the button, which may be the window's end
  };
  const button = opens(toolButton(words, "table"), box, guard(open));
  return { box, button, paint };
}
