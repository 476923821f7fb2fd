// What the page gets of Python and nobody shall read in the page's text before its time.

/** A sealed value: see exercises/exercise.py. */
export function unsealed(sealed) {
  const bytes = Uint8Array.from(atob(sealed), (sign) => sign.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
