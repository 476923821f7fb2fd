// Forecast: a probability, with the rule that decides it and the day.

import { el } from "../page/dom.js";
import { facts, mainButton, mountExercise, numberField, textField } from "./card.js";
import { isShape, isText, isWithin, isYesNo, maybe } from "./shapes.js";

/** What an answer may be; `knew` is there where the learner remembered what happened. */
export const isForecast = isShape({ probability: maybe(isWithin(0, 1)), reason: maybe(isText), knew: maybe(isYesNo) });

/** A probability as a number of percent; null where there is none. */
export const percentOf = (answer) =>
  Number.isFinite(answer?.probability) ? Number((answer.probability * 100).toFixed(6)) : null;

/** An answer in lines. */
export function describe(say, answer) {
  const value = percentOf(answer);
  const knew = answer.knew ? say("forecast.knew") : "";
  return [value === null ? "" : say("card.percent", { value }), knew, answer.reason ?? ""].filter(Boolean).join("\n");
}

/** What a stranger needs to score it: the rule, the two days, the source; a rule that is vague on purpose says so. */
export function ruleLines(question, say) {
  const lines = [[say(question.vague ? "forecast.vague" : "forecast.resolves"), question.resolves]];
  for (const name of ["opens", "date", "source"])
    if (question[name]) lines.push([say(`forecast.${name}`), question[name]]);
  return lines;
}

function create(ctx) {
  const { question, say } = ctx;
  const oninput = () => ctx.touch();
  const name = `${question.id}.probability`;
  const limits = { min: 0, max: 100, step: 1, unit: "%" };
  const chance = numberField(ctx, { ...limits, label: say("forecast.probability"), name, oninput });
  const because = textField(ctx, "", question.because ?? say("forecast.because"), { rows: 1, oninput });
  const knew = () => (ctx.latest()?.knew ? { knew: true } : {}); // ticked in a table of forecasts
  const read = () => ({
    probability: chance.value === null ? null : chance.value / 100,
    reason: because.field.value.trim(),
    ...knew(),
  });

  function submit() {
    if (chance.value === null) return ctx.tell(say("card.nothing_yet"));
    if (!ctx.store(read())) return undefined;
    ctx.endSitting();
    ctx.done(true);
    return ctx.tell(say("forecast.stored", { value: chance.value }));
  }

  function show(answer) {
    chance.set(percentOf(answer));
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
    accepts: isForecast,
    describe: (answer) => describe(say, answer),
    read,
    show,
    submit,
  };
}

export default { render: (context) => mountExercise(context, create) };
