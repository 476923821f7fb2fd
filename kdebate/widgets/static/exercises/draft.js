// What stands in a form and is not stored yet, so that a reloaded page or a restarted Python does not empty it.

/** Controls with a name; the others follow one of them, or hold what is not the learner's. */
const named = (form) => [...form.elements].filter((control) => control.name && !control.readOnly);
const isTick = (control) => control.type === "radio" || control.type === "checkbox";
const keyOf = (control) => (isTick(control) ? `${control.name}=${control.value}` : control.name);

/** Every named control's text or tick, by its name. */
export function readForm(form) {
  return Object.fromEntries(
    named(form).map((control) => [keyOf(control), isTick(control) ? control.checked : control.value]),
  );
}

/** Put it back as if it were typed; what is there already is left alone. */
export function fillForm(form, values) {
  for (const control of named(form)) {
    const [value, at, event] = [
      values?.[keyOf(control)],
      ...(isTick(control) ? ["checked", "change"] : ["value", "input"]),
    ];
    if (typeof value !== typeof control[at] || control[at] === value) continue;
    control[at] = value;
    control.dispatchEvent(new Event(event, { bubbles: true }));
  }
}

/**
 * What was typed on one card and is not stored yet.
 * @param {import("../types.d.ts").Book} book  the journal
 * @param {string} questionId
 * @param {HTMLFormElement} form  where it stands
 */
export function createDraft(book, questionId, form) {
  return {
    dirty: false,
    kept: true, // whether this browser holds it
    adrift: false, // it outlived a clearing in another tab: it stands on the screen alone until the reader goes on
    reset() {
      [this.dirty, this.kept, this.adrift] = [false, true, false];
    },
    /** Keep it, with the `answered_at` of the answer that it changes. */
    keep(base) {
      try {
        this.kept = book.keepDraft(questionId, { base, values: readForm(form) });
      } catch (error) {
        console.error(error);
        this.kept = false;
      }
      return this.kept;
    },
    touch(base, isAdrift) {
      [this.dirty, this.kept, this.adrift] = [true, false, isAdrift];
      if (!isAdrift) this.keep(base);
    },
    drop() {
      this.reset();
      book.keepDraft(questionId, null);
    },
  };
}
