// ConcessionExplorer: slice the bargain and see which slice someone would rather break.

import { facts } from "../facts.js";
import { mountExplorer } from "../frame/explorer.js";
import { told } from "../teller.js";
import { change, table } from "./concession_view.js";
import { taskPanel } from "./tasks.js";

const concession = {
  name: "ConcessionExplorer",
  /** All that the page shows of a state, as plain data. `before` is the state that the last change left, or null. */
  view(own, names, levers, before, locked) {
    const words = { ...own, side: names };
    const found = facts(levers);
    const earlier = before && facts(before);
    return {
      found,
      marks: earlier && earlier.n === found.n ? earlier.gaps : null,
      ...told(words, { ...found, locked }, earlier && change(earlier, found)),
      table: table(words, found),
    };
  },
  chart: async () => (await import("../charts/gap_chart.js")).gapChart,
};

export default { render: (context) => void mountExplorer(context, concession, taskPanel) };
