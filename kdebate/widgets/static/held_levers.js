// Levers that a preset holds where they are (`locked` in presets.toml): shown, but not to be moved, with the reason.

import { el } from "./dom.js";

/**
 * Hold the levers of the chosen preset for as long as it is chosen.
 * @param {{model: object, el: HTMLElement}} context  of an explorer that stands in `el` already
 * @returns {() => void} stop watching
 */
export function holdLevers({ model, el: place }) {
  const { levers, presets } = model.get("_spec");
  const reasons = {};

  /** The line with the reason, made once, below the lever that it is about. */
  function reasonOf(id, row) {
    reasons[id] ??= el("p", { class: "kd-note", role: "status", hidden: true });
    if (!reasons[id].isConnected) row.append(reasons[id]);
    return reasons[id];
  }

  function paint() {
    const { locked = [], locked_why: why = "" } = presets[model.get("preset")];
    for (const id of Object.keys(levers)) {
      const controls = place.querySelectorAll(`.kd-lever [name="${id}"]`);
      if (!controls.length) continue;
      const held = locked.includes(id);
      const row = controls[0].closest(".kd-lever");
      for (const control of controls) control.disabled = held;
      row.classList.toggle("kd-held", held);
      const reason = reasonOf(id, row);
      reason.hidden = !held;
      reason.textContent = held ? why : "";
    }
  }

  model.on("change:preset", paint);
  paint();
  return () => model.off("change:preset", paint);
}
