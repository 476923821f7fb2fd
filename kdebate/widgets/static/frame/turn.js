// Which of the predictions tied to an explorer has its turn, how far its levers may go until the next one is made, and
// whether they stand where it asks. Pure: what is answered, and where the levers stand, comes from outside.

/** @typedef {{ids: string[], asks: Record<string, Record<string, any>>, start: {preset: string, values: Record<string, any>}}} Tied  questions in their order, what each asks for, and where the levers began */

/**
 * Whether nothing may be moved yet, and the question whose setting the levers may not pass; null where they are free.
 * A question that asks for no setting must be answered before anything moves.
 * @param {Tied} tied
 * @param {(id: string) => boolean} isAnswered
 */
export function turn({ ids, asks }, isAnswered) {
  const next = ids.findIndex((id) => !isAnswered(id));
  if (next === -1) return { locked: false, stop: null };
  const stop = ids[next - 1];
  const locked = stop === undefined || ids.slice(next - 1).some((id) => !asks[id]);
  return { locked, stop: locked ? null : stop };
}

/** Where a question's way began: at the setting that the one before it asked for. */
function wayFrom({ ids, asks, start }, stop, lever) {
  const before = asks[ids[ids.indexOf(stop) - 1]] ?? {};
  if (lever === "preset") return before.preset ?? start.preset;
  return before[lever] ?? start.values[lever];
}

/** Whether a later question asks for this lever: until then it stands still. */
const isLater = ({ ids, asks }, stop, lever) =>
  ids.slice(ids.indexOf(stop) + 1).some((id) => Object.hasOwn(asks[id], lever));

/**
 * The value nearest to `value` that a lever may take now.
 * @param {Tied} tied
 * @param {string | null} stop
 * @param {string} lever  or "preset"
 */
export function held(tied, stop, lever, value) {
  if (stop === null) return value;
  const from = wayFrom(tied, stop, lever);
  const to = tied.asks[stop][lever] ?? (isLater(tied, stop, lever) ? from : undefined);
  if (to === undefined) return value;
  if (typeof to !== "number") return value === to ? to : from;
  return Math.min(Math.max(from, to), Math.max(Math.min(from, to), value));
}

/** Whether a state stands at a setting: within half a step of each lever. */
export function standsAt(levers, asked, { preset, values }) {
  return Object.entries(asked).every(([id, wanted]) => {
    if (id === "preset") return preset === wanted;
    if (typeof wanted !== "number") return values[id] === wanted;
    return Math.abs(values[id] - wanted) <= levers[id].step / 2 + 1e-9;
  });
}
