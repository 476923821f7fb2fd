// EnforcementExplorer's view of pressure alone: who enforces, what that makes relief worth, what can be taken back.

import { facts } from "../facts.js";
import { mountExplorer } from "../frame/explorer.js";
import { told } from "../teller.js";
import { change, table } from "./enforcement_view.js";

const pressure = {
  name: "EnforcementExplorer",
  /** All that the page shows of a state, as plain data. `before` is the state that the last change left, or null. */
  view(own, names, levers, before, locked) {
    const words = { ...own, side: names };
    const found = facts(levers);
    const earlier = before && facts(before);
    const changed = earlier && change(earlier, found);
    return {
      found: { ...found, full: facts({ ...levers, e_china: 1, e_russia: 1, e_others: 1 }) },
      marks: changed?.pressure_moved ? earlier : null,
      icon: locked ? "lock" : null,
      ...told(words, { ...found, locked }, changed),
      table: table(words, found),
    };
  },
  chart: async () => (await import("../charts/pressure_chart.js")).pressureBars,
};

export default { render: (context) => void mountExplorer(context, pressure) };
