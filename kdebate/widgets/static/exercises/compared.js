// What a prediction and its result come to, without a page.

const CLOSE = 0.05; // of the whole scale

/**
 * Whether a claim was right, and how to say so; null where there is nothing to compare.
 * @param {Record<string, any>} question  with its scale, where a number is asked for
 * @param {string | number | undefined} claim
 * @param {string | number | undefined} answer
 * @returns {{right: boolean, key: string, away?: number} | null}
 */
export function compared({ ask, min, max, step }, claim, answer) {
  if (answer === undefined || claim === undefined) return null;
  if (claim === answer) return { right: true, key: "predict.right" };
  if (typeof answer !== "number" || typeof claim !== "number") return { right: false, key: "predict.surprise" };
  const away = Math.abs(claim - answer);
  const near = ask === "probability" ? CLOSE : Math.max(step, CLOSE * (max - min));
  const right = away <= near + 1e-9;
  return { right, key: right ? "predict.near" : "predict.far", away };
}

/**
 * What stays of an answer on the chart: its words, and what it marks there; null where nothing was said.
 * @param {Record<string, any>} question
 * @param {Record<string, any>} answer  a claim, a skip or a room
 * @param {(claim: any) => string} textOf
 */
export function guess({ options = [], ghost = null }, { claim, room }, textOf) {
  if (room) {
    const said = Object.entries(room).map(([id, count]) => `${textOf(id)} (${count})`);
    return said.length ? { text: said.join(", "), room: true } : null;
  }
  if (claim === undefined) return null;
  const { marks = [] } = options.find(({ id }) => id === claim) ?? {};
  const number = typeof claim === "number" && ghost !== null ? { of: ghost, value: claim } : {};
  return { text: textOf(claim), room: false, marks, ...number };
}
