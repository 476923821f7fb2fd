// A coder's choices as a short code to pass on: "K" + 4 signs for the exercise, one digit per item, one check digit.

import { sha256 } from "../journal/sha256.js";

const NONE = "0";

function exerciseTag(question) {
  const what = [question.id, question.items.length, ...question.codes.map(({ id }) => id)].join("|");
  return sha256(new TextEncoder().encode(what)).slice(0, 4);
}

function checkDigit(tag, digits) {
  const sum = [...digits].reduce((total, digit, i) => total + (i + 1) * Number(digit), parseInt(tag, 16));
  return (sum % 36).toString(36);
}

/** A learner's choices as a short code: a code's id or null for each item. */
export function encodeChoices(question, chosen) {
  const ids = question.codes.map(({ id }) => id);
  const digits = question.items.map((_, i) => String(ids.indexOf(chosen[i]) + 1)).join("");
  const tag = exerciseTag(question);
  return `K${tag}-${digits}-${checkDigit(tag, digits)}`;
}

/** The choices that a partner's code holds, as a list of ids and nulls; null when it is no code of this exercise. */
export function decodeChoices(question, text) {
  const found = /^k([0-9a-f]{4})-(\d+)-([0-9a-z])$/i.exec(text.replace(/\s/g, "").toLowerCase());
  if (!found) return null;
  const [, tag, digits, check] = found;
  const fits =
    tag === exerciseTag(question) && digits.length === question.items.length && check === checkDigit(tag, digits);
  if (!fits || [...digits].some((digit) => Number(digit) > question.codes.length)) return null;
  return [...digits].map((digit) => (digit === NONE ? null : question.codes[Number(digit) - 1].id));
}

/** Agreement of two coders on what both have coded: share, chance, Cohen's kappa (null where undefined). */
export function agreement(ours, theirs) {
  const both = ours.map((code, i) => [code, theirs[i]]).filter(([a, b]) => a && b);
  const same = both.filter(([a, b]) => a === b).length;
  const share = (list, code) => list.filter((one) => one === code).length / both.length;
  const [left, right] = [both.map(([a]) => a), both.map(([, b]) => b)];
  const chance = [...new Set(left)].reduce((sum, code) => sum + share(left, code) * share(right, code), 0);
  const observed = same / both.length;
  return {
    both: both.length,
    same,
    observed,
    chance,
    kappa: chance > 1 - 1e-12 ? null : (observed - chance) / (1 - chance),
  };
}
