// The rail beside a chapter: where you are in minutes, which questions are open, and the way back to them.
// It reads the page alone, so it works without Python.

import { fill } from "./bar.js";
import { note, recall } from "./memory.js";

const AFTER = 300; // ms; many changes of the page are one look
const HIDDEN = "kdebate/rail-hidden";
const OPEN = '[data-kdebate-exercise][data-saved="no"]';
const CONTROL = ":is(input, textarea, select, button):not([disabled])";

/**
 * The sections of a chapter: title, minutes, the minute at which each begins, and the cell with its heading (-1 where
 * there is none). The first may stand under the chapter's own title.
 * @param {{title: string, minutes: number}[]} planned  of the front matter
 * @param {string[]} sources  of all cells, in order
 */
export function sectionsOf(planned, sources) {
  let begins = 0;
  return planned.map(({ title, minutes }, i) => {
    const found = sources.findIndex((source) => source.split("\n").includes(`## ${title}`));
    begins += minutes;
    return { title, minutes, begins: begins - minutes, cell: i === 0 ? Math.max(0, found) : found };
  });
}

/** The section that a cell stands in: the last one that begins at it or before it. */
export function sectionAt(sections, cell) {
  return sections.findLastIndex((section) => section.cell >= 0 && section.cell <= cell);
}

function makeButton(text, act, label = text) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = text;
  node.dataset.lmSuppressShortcuts = "true";
  if (label !== text) node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  return node;
}

const element = (tag, className, ...children) => {
  const node = Object.assign(document.createElement(tag), { className });
  node.append(...children);
  return node;
};

/** The place goes to the top of the window, and the keyboard with it. */
function goTo(node, block, focus = node) {
  node.scrollIntoView({ block });
  if (focus === node) focus.tabIndex = -1;
  focus.focus({ preventScroll: true });
}

class Rail {
  constructor(panel, say, planned) {
    const sources = panel.content.widgets.map(({ model }) => model.sharedModel.getSource());
    this.panel = panel;
    this.say = say;
    this.sections = sectionsOf(planned, sources);
    this.minutes = planned.reduce((sum, { minutes }) => sum + minutes, 0);
    this.rows = this.sections.map((section, i) => this.#row(section, i));
    this.at = element("p", "kdebate-rail-at");
    this.toggle = makeButton("", () => this.#hide(!this.hidden));
    this.list = element("ol", "", ...this.rows.map(({ node }) => node));
    this.node = element("nav", "kdebate-rail", element("div", "", this.at, this.toggle), this.list);
    this.node.setAttribute("aria-label", say.label);
    this.node.addEventListener("keydown", (event) => event.stopPropagation()); // the notebook would take the focus
    this.#hide(recall(HIDDEN) === "yes");
  }

  #row(section, i) {
    const { title, minutes } = section;
    const go = makeButton(title, () => this.#goToSection(section), fill(this.say.section, { title, minutes }));
    const length = element("span", "kdebate-rail-minutes", fill(this.say.minutes, { minutes }));
    length.setAttribute("aria-hidden", "true");
    const open = makeButton("", () => this.#goToOpen(i));
    open.className = "kdebate-rail-open";
    go.disabled = section.cell < 0;
    return { node: element("li", "", go, length, open), open };
  }

  #goToSection({ cell }) {
    const { node } = this.panel.content.widgets[cell];
    goTo(node, "start", node.querySelector("h2") ?? node);
  }

  /** The first open question of a section; from one of them, the next. */
  #goToOpen(i) {
    const open = this.open[i];
    const here = open.findIndex((root) => root.classList.contains("kdebate-rail-here"));
    const root = open[(here + 1) % open.length];
    for (const one of open) one.classList.toggle("kdebate-rail-here", one === root);
    goTo(root, "center", [...root.querySelectorAll(CONTROL)].find((one) => one.checkVisibility()) ?? root);
  }

  #hide(hidden) {
    this.hidden = hidden;
    note(HIDDEN, hidden ? "yes" : "no");
    this.node.classList.toggle("kdebate-rail-hidden", hidden);
    this.panel.toggleClass("kdebate-rail-away", hidden);
    this.toggle.textContent = hidden ? "»" : "«";
    this.toggle.setAttribute("aria-label", hidden ? this.say.show : this.say.hide);
    this.toggle.setAttribute("aria-expanded", String(!hidden));
  }

  /** The cell at the middle of the window: what is being read. */
  #cellInView() {
    const { top, height } = this.panel.content.node.getBoundingClientRect();
    return this.panel.content.widgets.findLastIndex(
      ({ node }) => node.isConnected && node.getBoundingClientRect().top <= top + height / 2,
    );
  }

  /** Look at the page anew. */
  paint() {
    const current = sectionAt(this.sections, this.#cellInView());
    const { begins } = this.sections[Math.max(0, current)];
    this.at.textContent = fill(this.say.at, { begins, minutes: this.minutes });
    this.open = this.sections.map(() => []);
    this.panel.content.widgets.forEach(({ node }, cell) => {
      const i = sectionAt(this.sections, cell);
      if (i >= 0) this.open[i].push(...node.querySelectorAll(OPEN));
    });
    this.rows.forEach(({ node, open }, i) => {
      const n = this.open[i].length;
      if (i === current) node.setAttribute("aria-current", "step");
      else node.removeAttribute("aria-current");
      open.hidden = n === 0;
      const words = n === 1 ? this.say.open_one : fill(this.say.open_many, { n });
      if (open.textContent !== words) open.textContent = words;
    });
  }
}

/** Put the rail beside a chapter that says its minutes, and keep it up to date; nothing for other notebooks. */
export function addRail(panel, say) {
  const planned = panel.model.getMetadata("kdebate")?.sections;
  if (!planned?.length) return;
  const rail = new Rail(panel, say.rail, planned);
  const place = panel.content.node;
  let timer = null;
  const look = () => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (!panel.isDisposed) rail.paint();
    }, AFTER);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(place, { subtree: true, childList: true, attributeFilter: ["data-saved"] });
  place.addEventListener("scroll", look, { capture: true, passive: true });
  panel.disposed.connect(() => watcher.disconnect());
  panel.addClass("kdebate-railed");
  place.prepend(rail.node);
  rail.paint();
}
