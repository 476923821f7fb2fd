// EnforcementExplorer: who enforces, how hard that presses, and the dated events below.

import { pressureChart } from "../charts/enforcement_chart.js";
import { mountExplorer } from "../frame/explorer.js";
import { numberText } from "../model.js";
import { fill } from "../page/words.js";
import { eventsStrip } from "./enforcement_events.js";
import { altText, effect, findings, LIMIT, readouts, sentence, table, verdict } from "./enforcement_view.js";

const CHIPS = { once: "holds", slices: "holds" };

/** All that the model view shows of a state, as plain data. */
function view(words, names, levers, before, locked) {
  const found = findings(levers);
  const key = verdict(found, locked);
  const said = sentence(words, names, found, locked);
  const earlier = before && findings(before);
  const s = numberText(found.parties.pressure);
  const moved = earlier && Math.abs(earlier.parties.pressure - found.parties.pressure) > 1e-9;
  return {
    found,
    locked,
    verdict: CHIPS[key] ?? key,
    chip: fill(words.chip[key], { limit: LIMIT }),
    sentence: said,
    effect: earlier ? effect(words, earlier, found) : "",
    marks: moved ? earlier.parties.pressure : null,
    alt: altText(words, found, said, locked),
    readouts: readouts(words, names, found, locked),
    table: table(words, found),
    short: fill(words.chart.short, { s }),
    caption: fill(words.chart.last_good, { s }),
  };
}

function render(context) {
  const explorer = { name: "EnforcementExplorer", view, chart: pressureChart };
  const frame = mountExplorer(context, explorer);
  frame.body.append(eventsStrip(frame));
}

export default { render };
