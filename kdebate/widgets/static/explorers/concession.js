// ConcessionExplorer: slice the bargain and see which slice someone would rather break.

import { gapChart } from "../charts/gap_chart.js";
import { facts } from "../facts.js";
import { mountExplorer } from "../frame/chassis.js";
import { holdLevers } from "../frame/held_levers.js";
import { told } from "../teller.js";
import { change, table } from "./concession_view.js";

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
  chart: gapChart,
};

function render(context) {
  const destroy = mountExplorer(context, concession);
  const letGo = holdLevers(context);
  return () => {
    letGo();
    destroy();
  };
}

export default { render };
