// Forecast: a probability, with the rule that decides it and the day.

import { el } from "../page/dom.js";
import { facts, mainButton, mountExercise, numberField, textField } from "./card.js";
import { isShape, isText, isWithin, maybe } from "./shapes.js";

/** What a stranger needs to score it: the rule, the two days, the source; a rule that is vague on purpose says so. */
function ruleLines(question, say) {
  const lines = [[say(question.vague ? "forecast.vague" : "forecast.resolves"), question.resolves]];
  for (const name of ["opens", "date", "source"])
    if (question[name]) lines.push([say(`forecast.${name}`), question[name]]);
  return lines;
}

function create(ctx) {
  const { question, say } = ctx;
  const chance = numberField(ctx, {
    label: say("forecast.probability"),
    min: 0,
    max: 100,
    step: 1,
    unit: "%",
    name: `${question.id}.probability`,
    oninput: () => ctx.touch(),
  });
  const because = textField(ctx, "", question.because ?? say("forecast.because"), {
    rows: 1,
    oninput: () => ctx.touch(),
  });

  const read = () => ({
    probability: chance.value === null ? null : chance.value / 100,
    reason: because.field.value.trim(),
  });
  const accepts = isShape({ probability: maybe(isWithin(0, 1)), reason: maybe(isText) });
  const percent = ({ probability }) => Number((probability * 100).toFixed(6));
  const describe = (answer) =>
    [Number.isFinite(answer.probability) ? say("card.percent", { value: percent(answer) }) : "", answer.reason ?? ""]
      .filter(Boolean)
      .join("\n");

  function submit() {
    if (chance.value === null) return ctx.tell(say("card.nothing_yet"));
    if (!ctx.store(read())) return undefined;
    ctx.endSitting();
    ctx.done(true);
    return ctx.tell(say("forecast.stored", { value: chance.value }));
  }

  function show(answer) {
    chance.set(typeof answer?.probability === "number" ? percent(answer) : null);
    because.field.value = answer?.reason ?? "";
    ctx.done(answer !== null);
  }

  return {
    nodes: [
      facts(ruleLines(question, say)),
      chance.row,
      because.row,
      el("div", { class: "kdx-buttons" }, mainButton(say("forecast.store"))),
    ],
    accepts,
    describe,
    read,
    show,
    submit,
  };
}

export default { render: (context) => mountExercise(context, create) };
