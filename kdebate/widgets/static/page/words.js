// Filling the sentences that the words files hold.

import { roundHalfAway } from "../model.js";

/** Put values into the {names} of a template. A name without a value is a mistake, not a blank. */
export function fill(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`no value for {${name}} in “${template}”`);
    return String(values[name]);
  });
}

/** First letter in capitals, for labels that open a line. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 1,750 or 0.01: grouped thousands, true minus, as many decimals as the record has. */
export function amount(value, digits) {
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return roundHalfAway(value, digits).toLocaleString("en-GB", decimals).replace("-", "−");
}
