// EnforcementExplorer: who enforces, how hard that presses, and the dated events below.

import { facts } from "../facts.js";
import { mountExplorer } from "../frame/explorer.js";
import { slicesByPressure } from "../model.js";
import { told } from "../teller.js";
import { eventsStrip } from "./enforcement_events.js";
import { change, POINTS, table } from "./enforcement_view.js";

/** All that the model view shows of a state, as plain data. */
function view(own, names, levers, before, locked) {
  const words = { ...own, side: names };
  const found = facts(levers);
  const earlier = before && facts(before);
  const moved = earlier && Math.abs(earlier.pressure - found.pressure) > 1e-9;
  return {
    found: { parties: found, curve: slicesByPressure(levers, POINTS) },
    locked,
    marks: moved ? earlier.pressure : null,
    ...told(words, { ...found, locked }, earlier && change(earlier, found)),
    table: table(words, found),
  };
}

const chart = async () => (await import("../charts/enforcement_chart.js")).pressureChart;

function render(context) {
  const explorer = { name: "EnforcementExplorer", view, chart };
  const frame = mountExplorer(context, explorer);
  frame.body.append(eventsStrip(frame));
}

export default { render };
