// A state as a short code that can be read aloud: "class-default,N=2,pressure=0.6". Twin of kdebate/widgets/codes.py.

import { fill } from "../page/words.js";

/** Lever values of a preset: every lever's default, then what the preset changes. */
export function presetValues(spec, preset) {
  const values = {};
  for (const [id, lever] of Object.entries(spec.levers)) values[id] = lever.default;
  return Object.assign(values, spec.presets[preset].levers);
}

/** What a code of this preset means where it says nothing: as when the preset was first published. */
function silentValues(spec, preset) {
  return withMoved(presetValues(spec, preset), spec.codes.silent[preset] ?? {});
}

/** Values with some of them moved; explorers share presets but not all levers. */
function withMoved(values, moved) {
  const known = Object.entries(moved).filter(([id]) => Object.hasOwn(values, id));
  return { ...values, ...Object.fromEntries(known) };
}

/** The code of a state: its preset, then the levers that differ from what the preset alone means. */
export function encode(spec, { preset, values }) {
  const start = silentValues(spec, preset);
  const parts = Object.keys(spec.levers).filter((id) => values[id] !== start[id]);
  return [preset, ...parts.map((id) => `${id}=${values[id]}`)].join(",");
}

/** A number inside its lever's range. */
export function clamp(lever, value) {
  const inside = Math.min(lever.max, Math.max(lever.min, value));
  return lever.step === 1 ? Math.round(inside) : inside;
}

/** The text without the spaces that a paste brings along; Python and JavaScript each strip more. */
const strip = (text) => text.replace(/^[ \t\n\r\f\v\u00a0\ufeff]+|[ \t\n\r\f\v\u00a0\ufeff]+$/g, "");

/** One "lever=value" read into `values`; returns a sentence when the value had to be moved into range. */
function readPart(spec, words, example, part, values) {
  const [id, text] = part.split(/=(.*)/s).concat("").map(strip);
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

/** The preset that a code begins with, by its present name, and what it means alone. */
function startOf(spec, words, preset) {
  const known = (id) => Object.hasOwn(spec.presets, id);
  const retired = Object.hasOwn(spec.codes.retired, preset) ? spec.codes.retired[preset] : null;
  if (retired && known(retired.now)) {
    return { preset: retired.now, values: withMoved(silentValues(spec, retired.now), retired.levers) };
  }
  if (known(preset)) return { preset, values: silentValues(spec, preset) };
  throw new RangeError(fill(words.unknown_preset, { value: preset, choices: Object.keys(spec.presets).join(", ") }));
}

/** The state of a code, with a sentence for each value that was moved into range. A code that cannot be read throws a RangeError whose message is meant for the learner. */
export function decode(spec, words, text) {
  const [named, ...parts] = text.split(",").map(strip).filter(Boolean);
  const example = spec.example ?? `${Object.keys(spec.presets)[0]},N=2`;
  if (!named) throw new RangeError(fill(words.empty, { example }));
  const { preset, values } = startOf(spec, words, named);
  const notes = parts.map((part) => readPart(spec, words, example, part, values)).filter(Boolean);
  return { state: { preset, values }, notes };
}
