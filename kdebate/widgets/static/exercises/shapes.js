// What an answer may be made of. Answers come from files, browsers and older versions as well: a card shows only what it knows.

const MOST = 1_000_000; // tries, hands: more is no count of ours

/** An object with names, no list. */
export const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** What may be missing. */
export const maybe = (fits) => (value) => value === undefined || value === null || fits(value);

export const isText = (value) => typeof value === "string";
export const isYesNo = (value) => typeof value === "boolean";
export const isCount = (value) => Number.isInteger(value) && value >= 0 && value <= MOST;

/** A number between two ends. */
export const isWithin = (min, max) => (value) => Number.isFinite(value) && value >= min && value <= max;

/** One of the ids of these options or codes. */
export const isOneOf = (options) => (value) => options.some(({ id }) => id === value);

/** A list of these. */
export const isListOf = (fits) => (value) => Array.isArray(value) && value.every(fits);

/** An object whose names and values are these. */
export const isMapOf = (fitsName, fits) => (value) =>
  isRecord(value) && Object.entries(value).every(([name, part]) => fitsName(name) && fits(part));

/** An object in which each of these parts fits; what else it holds does not matter. */
export const isShape = (parts) => (value) =>
  isRecord(value) && Object.entries(parts).every(([name, fits]) => fits(value[name]));
