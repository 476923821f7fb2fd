// The explorer as most are: one store, its levers, one chart.

import { Frame } from "./frame.js";
import { leverPanel } from "./panel.js";

/**
 * Build an explorer into its place and keep it alive.
 * @param {import("../types.d.ts").Context} context
 * @param {{name: string, view: Function, chart: () => Promise<Function>}} explorer  what this explorer alone knows
 * @param {(frame: Frame, store: import("./store.js").Store) => import("../types.d.ts").Panel[]} [more]  panels below it
 */
export function mountExplorer(context, explorer, more = () => []) {
  const build = (frame) => {
    const store = frame.store();
    return [leverPanel(frame, store, explorer), ...more(frame, store)];
  };
  return new Frame(context, explorer, build).mount(context.el);
}
