// WavesExplorer: hold launches against exercise windows.

import { wavesChart } from "../charts/waves_chart.js";
import { mountExplorer } from "../frame/explorer.js";
import { fill } from "../page/words.js";
import { findings, note, readouts, sentence, table, verdict } from "./waves_view.js";

const waves = {
  name: "WavesExplorer",
  /** All that the page shows of a state, as plain data. */
  view(words, names, levers, before, locked) {
    const found = findings(words.record, levers);
    const key = verdict(found, locked);
    const said = sentence(words, levers, found, locked);
    const earlier = before && !locked && findings(words.record, before);
    return {
      found,
      locked,
      rule: levers.rule,
      verdict: key,
      icon: locked ? "lock" : null,
      chip: fill(words.chip[key], found),
      sentence: said,
      effect: earlier ? fill(words.change.inside, { before: earlier.inside, after: found.inside }) : "",
      marks: null,
      alt: `${fill(words.chart.alt, { sentence: said })} ${note(words, found)}`,
      readouts: readouts(words, levers, found, locked),
      table: table(words, levers, found, locked),
      short: fill(words.chart.short, { unit: words.unit[levers.rule] }),
      caption: fill(words.chart.last_good, { sentence: said }),
    };
  },
  chart: wavesChart,
};

export default { render: (context) => void mountExplorer(context, waves) };
