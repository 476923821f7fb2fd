// Earlier versions of one answer: folded under their number; each can be taken back.

import { el, write } from "../page/dom.js";
import { button, opener } from "./controls.js";

/** @type {Intl.DateTimeFormatOptions} */
const WHEN = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/**
 * @param {import("../types.d.ts").Card} ctx  the card
 * @param {(answer: any) => string | null} read  the answer in words, null where it cannot be shown
 * @param {(entry: import("../types.d.ts").Entry, time: string) => void} take  make an entry the newest answer again
 */
export function versionList(ctx, read, take) {
  const { say } = ctx;
  const list = el("ol", { class: "kdx-versions", id: ctx.freshId() });
  const open = opener("", "versions", list);
  const node = el("div", { class: "kdx-history", hidden: true }, open, list);
  let entries = [];
  let drawn = null; // a closed list is not drawn: it may hold many long texts

  function item(entry) {
    const [text, time] = [read(entry.answer), new Date(entry.answered_at).toLocaleString("en-GB", WHEN)];
    const words = text === null ? say("card.version_strange") : text.trim() || say("card.version_empty");
    const back = button(say("card.version_back"), "take-back", () => take(entry, time), {
      "aria-label": say("card.version_back_label", { time }),
    });
    return el(
      "li",
      {},
      el("p", { class: "kdx-hint" }, time),
      el("div", { class: "kdx-version", tabindex: "0", role: "group", "aria-label": time }, words),
      text === null ? null : back,
    );
  }

  function draw() {
    if (list.hidden || drawn === entries) return;
    drawn = entries;
    list.replaceChildren(...entries.map(item));
  }
  open.addEventListener("click", ctx.guard(draw));

  return {
    node,
    focus: () => open.focus(),
    show(earlier) {
      if (earlier.length === entries.length && earlier.every((entry, i) => entry === entries[i])) return;
      entries = earlier;
      node.hidden = entries.length === 0;
      write(open, say("card.versions", { count: entries.length }));
      draw();
    },
  };
}
