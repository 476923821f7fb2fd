// A state as a short code that can be read aloud: "class-default,N=2,pressure=0.6". Twin of kdebate/widgets/codes.py.

import { fill } from "../page/words.js";

/** Lever values of a preset: every lever's default, then what the preset changes. */
export function presetValues(spec, preset) {
  const values = {};
  for (const [id, lever] of Object.entries(spec.levers)) values[id] = lever.default;
  return Object.assign(values, spec.presets[preset].levers);
}

/** The code of a state: its preset, then the levers that differ from it. */
export function encode(spec, { preset, values }) {
  const start = presetValues(spec, preset);
  const parts = Object.keys(spec.levers).filter((id) => values[id] !== start[id]);
  return [preset, ...parts.map((id) => `${id}=${values[id]}`)].join(",");
}

/** A number inside its lever's range. */
export function clamp(lever, value) {
  const inside = Math.min(lever.max, Math.max(lever.min, value));
  return lever.step === 1 ? Math.round(inside) : inside;
}

/** One "lever=value" read into `values`; returns a sentence when the value had to be moved into range. */
function readPart(spec, words, example, part, values) {
  const [id, text = ""] = part.split("=").map((piece) => piece.trim());
  const lever = Object.hasOwn(spec.levers, id) ? spec.levers[id] : null;
  if (!lever) throw new RangeError(fill(words.unknown_lever, { value: id, example }));
  const label = lever.label;
  if (lever.choices) {
    if (!lever.choices.includes(text)) throw new RangeError(fill(words.not_a_number, { value: text, label, example }));
    values[id] = text;
    return null;
  }
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(number)) throw new RangeError(fill(words.not_a_number, { value: text, label, example }));
  values[id] = clamp(lever, number);
  if (values[id] === number) return null;
  return fill(words.clamped, { label, min: lever.min, max: lever.max, value: values[id] });
}

/** The state of a code, with a sentence for each value that was moved into range. A code that cannot be read throws a RangeError whose message is meant for the learner. */
export function decode(spec, words, text) {
  const [preset, ...parts] = text.trim().split(/\s*,\s*/).filter(Boolean);
  const first = Object.keys(spec.presets)[0];
  const example = spec.example ?? `${first},N=2`;
  if (!preset) throw new RangeError(fill(words.empty, { example }));
  if (!Object.hasOwn(spec.presets, preset)) {
    throw new RangeError(fill(words.unknown_preset, { value: preset, choices: Object.keys(spec.presets).join(", ") }));
  }
  const values = presetValues(spec, preset);
  const notes = parts.map((part) => readPart(spec, words, example, part, values)).filter(Boolean);
  return { state: { preset, values }, notes };
}
