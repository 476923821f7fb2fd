// ConcessionExplorer: slice the bargain and see which slice someone would rather break.

import { gapChart } from "../charts/gap_chart.js";
import { mountExplorer } from "../frame/explorer.js";
import { numberText } from "../model.js";
import { fill } from "../page/words.js";
import { altText, effect, findings, LIMIT, readouts, sentence, slicesText, table, verdict } from "./concession_view.js";

const concession = {
  name: "ConcessionExplorer",
  /** All that the page shows of a state, as plain data. `before` is the state that the last change left, or null. */
  view(words, names, levers, before, locked) {
    const found = findings(levers);
    const key = verdict(found, locked);
    const said = sentence(words, names, found, locked);
    const earlier = before && findings(before);
    return {
      found,
      verdict: key,
      chip: fill(words.chip[key], { limit: LIMIT }),
      sentence: said,
      effect: earlier ? effect(words, earlier, found) : "",
      marks: earlier && earlier.n === found.n ? earlier.gaps : null,
      alt: altText(words, names, found, said),
      readouts: readouts(words, names, found, locked),
      table: table(words, names, found),
      short: slicesText(words, names, found),
      caption: fill(words.chart.last_good, {
        slices: slicesText(words, names, found),
        pressure: numberText(found.read.pressure),
      }),
    };
  },
  chart: gapChart,
};

export default { render: (context) => void mountExplorer(context, concession) };
