// Says in words what facts mean, by the tables of the word files. Twin of kdebate/widgets/teller.py.
//
// A table is a list of rows; the first row counts whose facts under `when` are all true. A placeholder {name} or
// {name.part} is another table, else a fact or a word; {name:form} writes a value in one of the FORMS, or looks it up in
// the words under `form`.

import { gapText, numberText } from "./model.js";

const FORMS = {
  gap: (x) => gapText(x),
  number: (x, words) => (x === null ? words.missing : numberText(x)),
  tenth: (x, words) => (x === null ? words.missing : numberText(x, 1)),
  count: (x, words) => x || words.none,
  amount: (x, words) => (Math.abs(x) < 0.005 ? words.tiny : numberText(Math.abs(x))),
};

/** A value that must be there. */
function given(values, key) {
  if (values?.[key] === undefined) throw new Error(`The sentences need “${key}”, and nothing gives it.`);
  return values[key];
}

/** The first row whose facts are all true. */
export function choose(rows, facts) {
  return rows.find(({ when = [] }) => when.every((fact) => given(facts, fact) === true));
}

/** What one table, or one template, of the words has for these facts. */
export function tell(words, name, facts) {
  const entry = given(words, name);
  return fill(words, typeof entry === "string" ? entry : choose(entry, facts).text, facts);
}

/** Put values into the placeholders of a template; one without a value is a mistake, not a blank. */
export function fill(words, text, facts) {
  return text.replace(/\{([\w.]+)(?::(\w+))?\}/g, (_, path, form) => {
    if (!form && !(path in facts) && path in words) return tell(words, path, facts);
    const value = path.split(".").reduce(given, { ...words, ...facts });
    if (form in FORMS) return String(FORMS[form](value, words.number));
    return String(form ? given(given(words, form), value) : value);
  });
}

/** What the words say of a state: all that an explorer shows but its chart and its table. */
export function told(words, facts, change) {
  const say = (text) => fill(words, text, facts);
  const chip = choose(words.chip, facts);
  return {
    verdict: chip.is,
    chip: say(chip.text),
    effect: change ? tell(words, "change", change) : "",
    ...Object.fromEntries(["sentence", "alt", "short", "caption"].map((name) => [name, tell(words, name, facts)])),
    readouts: words.readout.map(({ key, side, closed, label, value }) => ({
      key,
      side,
      label: say(label),
      value: closed && facts.locked ? words.closed : say(value),
    })),
  };
}
