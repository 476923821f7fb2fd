// What this browser remembers of a page. Storage can be switched off: then nothing is remembered, which does no harm.

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function note(key, value = "yes") {
  try {
    localStorage.setItem(key, value);
  } catch {
    // as above
  }
}
