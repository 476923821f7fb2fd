// A small raised number of the text shows its entry of the chapter's list: on hovering, on focus, on a tap or Enter.

import { fill } from "./bar.js";

const SOURCES = "sources"; // the id of the cell that lists them
const MARK = 'sup > a[href*="#"]';
const LEAVE = 300; // ms to move the pointer from a number into its box

/**
 * The entries of a chapter's list by number: what each says, the text behind it with its links, its id.
 * @param {string} markdown  of the cell
 */
export function entriesOf(markdown) {
  const rows = markdown.matchAll(/^\| (\d+) \| (.*?) \| (.*) \| (\S+) \|$/gm);
  return Object.fromEntries([...rows].map(([, number, what, from, id]) => [number, { what, from: partsOf(from), id }]));
}

/** A text with links as a list of plain texts and [text, address]; only web addresses are links. */
function partsOf(text) {
  return text
    .split(/(\[[^\]]*\]\(<[^>]*>\))/)
    .filter(Boolean)
    .map((part) => {
      const link = /^\[([^\]]*)\]\(<(https?:[^>]*)>\)$/.exec(part);
      return link ? [link[1], link[2]] : part;
    });
}

function linkNode([text, address]) {
  const node = document.createElement("a");
  Object.assign(node, { href: address, target: "_blank", rel: "noopener", textContent: text });
  return node;
}

function line(...parts) {
  const node = document.createElement("p");
  node.append(...parts);
  return node;
}

class Box {
  #timer = null;
  #mark = null;

  constructor(panel, say) {
    this.panel = panel;
    this.say = say;
    this.node = Object.assign(document.createElement("aside"), {
      className: "kdebate-source",
      id: `kdebate-source-${panel.id}`,
    });
    this.node.setAttribute("popover", "manual"); // above everything, also where the page fills the screen
    this.node.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.node.addEventListener("pointerleave", () => this.later());
    this.node.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.node.contains(relatedTarget)) this.close();
    });
    this.node.addEventListener("keydown", (event) => {
      event.stopPropagation(); // these keys are no shortcuts of Jupyter's
      if (event.key === "Escape") this.close(true);
    });
    document.body.append(this.node);
  }

  /** Show the entry of a number; `enter` takes the keyboard to its link. */
  show(mark, entry, enter = false) {
    clearTimeout(this.#timer);
    if (this.#mark !== mark || !this.node.matches(":popover-open")) {
      this.close();
      this.#mark = mark;
      this.node.setAttribute("aria-label", mark.getAttribute("aria-label"));
      const from = entry.from.map((part) => (typeof part === "string" ? part : linkNode(part)));
      this.node.replaceChildren(line(entry.what), line(...from));
      this.node.showPopover();
      this.#place(mark);
    }
    if (enter) this.node.querySelector("a")?.focus();
  }

  /** Below its number, or above it where there is no room; within the window. */
  #place(mark) {
    const { left, top, bottom } = mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const under = bottom + height + 8 <= innerHeight;
    this.node.style.left = `${Math.max(8, Math.min(left - 16, innerWidth - width - 8))}px`;
    this.node.style.top = `${under ? bottom + 4 : Math.max(8, top - height - 4)}px`;
  }

  /** The page moved: the box goes with its number, as long as that can be seen. */
  follow() {
    if (!this.#mark) return;
    const { top, bottom } = this.panel.content.node.getBoundingClientRect();
    const mark = this.#mark.getBoundingClientRect();
    if (mark.bottom < top || mark.top > bottom) this.close();
    else this.#place(this.#mark);
  }

  later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.node.contains(document.activeElement)) this.close();
    }, LEAVE);
  }

  close(back = false) {
    clearTimeout(this.#timer);
    if (this.node.matches(":popover-open")) this.node.hidePopover();
    if (back) this.#mark?.focus();
    this.#mark = null;
  }
}

/** Let every raised number of a chapter show its source. */
export function showSources(panel, say) {
  const list = panel.content.widgets.find(({ model }) => model.id === SOURCES);
  if (!list) return;
  const entries = entriesOf(list.model.sharedModel.getSource());
  const box = new Box(panel, say);
  const on = (kind, act) =>
    panel.content.node.addEventListener(
      kind,
      (event) => {
        const mark = event.target.closest?.(MARK);
        const entry = mark && entries[Number.parseInt(mark.textContent, 10)];
        if (!entry) return;
        if (mark.title) {
          mark.setAttribute("aria-label", fill(say.source, { number: mark.textContent, title: mark.title }));
          mark.removeAttribute("title"); // the browser would lay it over the box
        }
        act(mark, entry, event);
      },
      true,
    );
  on("pointerover", (mark, entry) => box.show(mark, entry));
  on("focusin", (mark, entry) => box.show(mark, entry));
  on("pointerout", () => box.later());
  on("focusout", (_, __, { relatedTarget }) => box.node.contains(relatedTarget) || box.later());
  on("click", (mark, entry, event) => {
    event.preventDefault(); // stay here: the list is at the chapter's end
    event.stopPropagation();
    box.show(mark, entry, event.detail === 0); // a click without a pointer is Enter
  });
  on("keydown", (_, __, event) => {
    if (event.key === "Escape") box.close();
  });
  panel.content.node.addEventListener("scroll", () => box.follow(), { capture: true, passive: true });
  panel.disposed.connect(() => box.node.remove());
}
