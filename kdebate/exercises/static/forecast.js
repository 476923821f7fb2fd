// Forecast: a probability, with the rule that decides it and the day.

import { button, facts, mountExercise, numberField, textField } from "./card.js";
import { el } from "./dom.js";

/** What a stranger needs to score it: the rule, the two days, the source; a rule that is vague on purpose says so. */
function ruleLines(question, say) {
  const lines = [[say(question.vague ? "forecast.vague" : "forecast.resolves"), question.resolves]];
  for (const name of ["opens", "date", "source"]) if (question[name]) lines.push([say(`forecast.${name}`), question[name]]);
  return lines;
}

function create(ctx) {
  const { question, say } = ctx;
  const chance = numberField(ctx, { label: say("forecast.probability"), min: 0, max: 100, step: 1, unit: "%", name: `${question.id}.probability`, oninput: () => ctx.touch() });
  const because = textField(ctx, "", question.because ?? say("forecast.because"), { rows: 1, oninput: () => ctx.touch() });

  function submit() {
    if (chance.value === null) return ctx.tell(say("card.nothing_yet"));
    ctx.store({ probability: chance.value / 100, reason: because.field.value.trim() });
    ctx.endSitting();
    ctx.done(true);
    return ctx.tell(say("forecast.stored", { value: chance.value }));
  }

  function show(answer) {
    chance.set(typeof answer?.probability === "number" ? Number((answer.probability * 100).toFixed(6)) : null);
    because.field.value = answer?.reason ?? "";
    ctx.done(answer !== null);
  }

  return {
    nodes: [
      facts(ruleLines(question, say)),
      chance.row, because.row,
      el("div", { class: "kdx-buttons" }, button(say("forecast.store"), "store", null, { type: "submit", class: "kd-button kdx-main" })),
    ],
    show,
    submit,
  };
}

export default { render: (context) => mountExercise(context, create) };
