// The lines that learners drew: one set per page, kept in this browser, so that a line stays stored with a dead Python.

const page = (globalThis.__kdebate ??= {});
const PLACE = "kdebate/lines/1/";

function read() {
  const kept = new Map();
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i);
      if (key.startsWith(PLACE)) kept.set(key.slice(PLACE.length), JSON.parse(localStorage.getItem(key)));
    }
  } catch (error) {
    console.warn("lines in this browser cannot be read", error);
  }
  return kept;
}

const memory = () => (page.lines ??= { kept: read(), listeners: new Set() });

/** A stored line or a noted skip; null where there is none. */
export function storedLine(id) {
  return memory().kept.get(id) ?? null;
}

/** Keep a line; says whether this browser will still have it tomorrow. */
export function keepLine(id, answer) {
  const { kept, listeners } = memory();
  kept.set(id, answer);
  listeners.forEach((tell) => tell());
  try {
    localStorage.setItem(PLACE + id, JSON.stringify(answer));
    return true;
  } catch (error) {
    console.warn("this browser keeps nothing more", error);
    return false;
  }
}

/** Call `tell` whenever a line is stored anywhere on the page; returns the way to stop. */
export function watchLines(tell) {
  const { listeners } = memory();
  listeners.add(tell);
  return () => listeners.delete(tell);
}
