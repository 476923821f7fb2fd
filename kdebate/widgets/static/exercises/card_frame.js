// What every card has, whatever its kind: its parts, and its ear for the moment when the page may go.

import { el } from "../page/dom.js";
import { offerLine, savedMark } from "./controls.js";

/** The parts of a card that are the same for every kind. */
export function createFrame(say) {
  const wayOut = el("span", {});
  return {
    wayOut,
    form: el("form", { class: "kdx-form", novalidate: true, onsubmit: (event) => event.preventDefault() }),
    mark: savedMark(),
    offer: offerLine(),
    problem: el("p", { class: "kd-line kdx-problem", role: "alert", hidden: true }),
    tooLong: el("p", { class: "kd-line kdx-problem", role: "status", hidden: true }),
    strange: el("p", { class: "kd-note kdx-strange", role: "status", hidden: true }, say("card.strange")),
    fault: el(
      "p",
      { class: "kd-line kd-error", role: "alert", hidden: true },
      el("b", {}, say("card.fault_bold")),
      " ",
      wayOut,
    ),
    told: el("p", { class: "kd-note", role: "status", hidden: true }),
  };
}

/** Store what waits whenever the page may go; the browser asks before words are lost that stand nowhere else. */
export function watchLeaving(flush, isAtRisk, signal) {
  const hidden = () => document.visibilityState === "hidden" && flush();
  const leaving = (event) => {
    flush();
    if (isAtRisk()) event.preventDefault();
  };
  const saving = (event) => event.target.closest?.("[data-kdebate-journal]") && flush(); // its buttons count and save all that was written
  globalThis.addEventListener("pagehide", flush, { signal });
  globalThis.addEventListener("beforeunload", leaving, { signal });
  document.addEventListener("click", saving, { capture: true, signal });
  document.addEventListener("visibilitychange", hidden, { signal });
}
