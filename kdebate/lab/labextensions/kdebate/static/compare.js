// What differs between a page and the published chapter. Pure: cells in, counts out.
//
// A cell is `{ id, cell_type, source, attachments }`. Ids, outputs, counts and metadata are not compared.

const text = (source) => (Array.isArray(source) ? source.join("") : (source ?? ""));

/** An object as a list in a fixed order, all the way down. */
const ordered = (value) =>
  value && typeof value === "object"
    ? Object.keys(value)
        .sort()
        .map((key) => [key, ordered(value[key])])
    : value;

/** All that a cell says, as one text. */
const spoken = (cell) => JSON.stringify([cell.cell_type, text(cell.source), ordered(cell.attachments ?? {})]);

/** The cells of `some` that are not in `others`, each counted as often as it stands there. */
function without(some, others) {
  const left = new Map();
  for (const cell of others) left.set(spoken(cell), (left.get(spoken(cell)) ?? 0) + 1);
  return some.filter((cell) => {
    const count = left.get(spoken(cell)) ?? 0;
    left.set(spoken(cell), count - 1);
    return count <= 0;
  });
}

/** Take from `lacking` what `cell` was before it was changed: the cell of its id, else the next of its kind. */
function before(cell, lacking) {
  const sameKind = (other) => other.cell_type === cell.cell_type;
  let index = lacking.findIndex((other) => other.id === cell.id && sameKind(other));
  if (index < 0) index = lacking.findIndex((other) => sameKind(other));
  return index < 0 ? null : lacking.splice(index, 1)[0];
}

/**
 * What differs: `counts` by kind ("markdown", "code", "raw", "added", "removed", "order"), empty where the cells
 * are the same, and the `cells` of the page that are not published.
 */
export function differences(mine, original) {
  const extra = without(mine, original);
  const lacking = without(original, mine);
  const counts = {};
  const count = (kind, by = 1) => {
    if (by) counts[kind] = (counts[kind] ?? 0) + by;
  };
  const known = extra.filter((cell) => original.some((other) => other.id === cell.id));
  for (const cell of [...known, ...extra.filter((cell) => !known.includes(cell))]) {
    count(before(cell, lacking) ? cell.cell_type : "added");
  }
  count("removed", lacking.length);
  const same = mine.length === original.length && mine.every((cell, i) => spoken(cell) === spoken(original[i]));
  if (!same && !Object.keys(counts).length) count("order");
  return { counts, cells: extra };
}
