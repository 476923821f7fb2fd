// The explorer as most are: one store, its levers, one chart.

import { Frame } from "./frame.js";
import { leverPanel } from "./panel.js";

/**
 * Build an explorer into its place and keep it alive.
 * @param {import("../types.d.ts").Context} context
 * @param {{name: string, view: Function, chart: () => Promise<Function>}} explorer  what this explorer alone knows
 */
export function mountExplorer(context, explorer) {
  const build = (frame) => [leverPanel(frame, frame.store(), explorer)];
  return new Frame(context, explorer, build).mount(context.el);
}
