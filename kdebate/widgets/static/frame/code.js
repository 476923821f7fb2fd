// The panel behind "Link": the code of the present state, to copy or to replace.

import { el, opens, write } from "../page/dom.js";
import { toolButton } from "./card.js";

/** Read what was typed; a code that cannot be read is answered in words. */
function apply(words, text, load) {
  try {
    return [words.code.applied, ...load(text)].join(" ");
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** Copy to the clipboard, or select for the learner's own hand where that is not allowed. */
async function copy(words, input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return words.code.copied;
  } catch {
    input.select();
    return words.code.copy_failed;
  }
}

/**
 * @param {import("./history.js").History} history  whose code it is
 * @param {(work: Function) => (...args: any[]) => any} guard
 */
export function codePanel(words, prefix, history, guard) {
  const input = el("input", {
    type: "text",
    name: "code",
    id: `${prefix}-code`,
    spellcheck: "false",
    autocomplete: "off",
  });
  const said = el("p", { class: "kd-note", role: "status" });
  const use = guard(() =>
    write(
      said,
      apply(words, input.value, (text) => history.load(text)),
    ),
  );
  const textButton = (action, name, onclick) =>
    el("button", { class: "kd-button", "data-action": action, onclick }, name);
  input.addEventListener("keydown", (event) => event.key === "Enter" && use());
  const panel = el(
    "div",
    { class: "kd-panel kd-code-panel", id: `${prefix}-share` },
    el("label", { for: input.id }, words.code.label),
    el(
      "div",
      { class: "kd-code-row" },
      input,
      textButton(
        "copy",
        words.buttons.copy,
        guard(async () => write(said, await copy(words, input))),
      ),
      textButton("use-code", words.buttons.use_code, use),
    ),
    el("p", { class: "kd-hint" }, words.code.help),
    said,
  );
  const paint = (locked) => {
    input.disabled = locked;
    if (!panel.hidden && document.activeElement !== input) input.value = history.code;
  };
  const button = opens(
    toolButton(words, "share"),
    panel,
    guard(() => paint(input.disabled)),
  );
  return { panel, button, paint };
}
