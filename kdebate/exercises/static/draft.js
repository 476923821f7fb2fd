// What stands in a form and is not stored yet, so that a reloaded page or a restarted Python does not empty it.

/** Controls with a name; the others follow one of them, or hold what is not the learner's. */
const named = (form) => [...form.elements].filter((control) => control.name && !control.readOnly);
const isTick = (control) => control.type === "radio" || control.type === "checkbox";
const keyOf = (control) => (isTick(control) ? `${control.name}=${control.value}` : control.name);

/** Every named control's text or tick, by its name. */
export function readForm(form) {
  return Object.fromEntries(named(form).map((control) => [keyOf(control), isTick(control) ? control.checked : control.value]));
}

/** Put it back as if it were typed; what is there already is left alone. */
export function fillForm(form, values) {
  for (const control of named(form)) {
    const [value, at, event] = [values?.[keyOf(control)], ...(isTick(control) ? ["checked", "change"] : ["value", "input"])];
    if (typeof value !== typeof control[at] || control[at] === value) continue;
    control[at] = value;
    control.dispatchEvent(new Event(event, { bubbles: true }));
  }
}
