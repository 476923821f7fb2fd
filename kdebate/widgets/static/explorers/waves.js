// WavesExplorer: hold launches against exercise windows.

import { mountExplorer } from "../frame/explorer.js";
import { told } from "../teller.js";
import { facts, table } from "./waves_view.js";

const waves = {
  name: "WavesExplorer",
  /** All that the page shows of a state, as plain data. */
  view(words, names, levers, before, locked) {
    const found = facts(words.record, levers);
    const change = before && !locked && { before: facts(words.record, before), after: found };
    return {
      found,
      locked,
      rule: levers.rule,
      icon: locked ? "lock" : null,
      marks: null,
      ...told(words, { ...found, locked }, change),
      table: table(words, found, locked),
    };
  },
  chart: async () => (await import("../charts/waves_chart.js")).wavesChart,
};

export default { render: (context) => void mountExplorer(context, waves) };
