// Quiz: feedback for every choice, two hints, as many tries as one likes. The first try is kept for the learner.

import { el, write } from "../page/dom.js";
import { button, choices, mountExercise } from "./card.js";
import { isCount, isListOf, isOneOf, isShape, isYesNo, maybe } from "./shapes.js";

function create(ctx) {
  const { question, say } = ctx;
  const rightOnes = question.options.filter((option) => option.right);
  const right = rightOnes.map((option) => option.id);
  const textOf = (ids) =>
    question.options
      .filter(({ id }) => ids.includes(id))
      .map(({ text }) => text)
      .join("; ");
  const control = choices(ctx, question.options, {
    multiple: question.multiple,
    legend: question.prompt,
    onchange: ctx.guard(picked),
  });
  const feedback = el("div", { class: "kdx-feedback", role: "status", hidden: true });
  const hints = el("ul", { class: "kdx-hints", hidden: true });
  const first = el("p", { class: "kdx-first", hidden: true });
  const mainText = el("span", {});
  const main = el("button", { type: "submit", class: "kd-button kdx-main", "data-action": "store" }, mainText);
  const hint = button("", "hint", ctx.guard(giveHint));
  const answer = button(say("quiz.show"), "show", ctx.guard(giveAnswer), { class: "kd-link" });
  let state = fresh();
  let checked = false; // the feedback on screen belongs to the choice on screen

  function fresh() {
    return { first: null, choice: [], tries: 0, hints: 0, solved: false, shown: false };
  }

  function picked() {
    checked = false;
    ctx.touch();
    paint();
  }

  function submit() {
    if (checked) return again();
    const choice = control.chosen;
    if (choice.length === 0) return ctx.tell(say("card.nothing_yet"));
    const solved = choice.length === right.length && choice.every((id) => right.includes(id));
    state = { ...state, first: state.first ?? choice, choice, tries: state.tries + 1, solved: state.solved || solved };
    checked = true;
    keep();
    return paint();
  }

  function again() {
    checked = false;
    control.choose([]);
    paint();
    control.inputs[0].focus();
  }

  function giveHint() {
    state = { ...state, hints: Math.min(state.hints + 1, question.hints.length) };
    keep();
    paint();
  }

  function giveAnswer() {
    state = { ...state, shown: true };
    keep();
    paint();
  }

  function keep() {
    ctx.store(state);
    ctx.endSitting();
  }

  function verdictNodes() {
    const chosen = control.chosen;
    const wrong = question.options.filter(({ id }) => chosen.includes(id) && !right.includes(id));
    const open = right.filter((id) => !chosen.includes(id)).length;
    const line = (bold, text) => el("p", {}, el("b", {}, bold), ` ${text}`);
    if (wrong.length === 0 && open === 0) {
      return rightOnes.map(({ text, feedback: why }) =>
        line(say("quiz.right"), question.multiple ? `${text}: ${why}` : why),
      );
    }
    const nodes = wrong.map(({ text, feedback: why }) =>
      line(say("quiz.wrong"), question.multiple ? `${text}: ${why}` : why),
    );
    if (question.multiple && open)
      nodes.push(
        line(say("quiz.partly"), open === 1 ? say("quiz.missing") : say("quiz.missing_more", { count: open })),
      );
    return nodes;
  }

  function paint() {
    const answerNodes = () =>
      rightOnes.map(({ text, feedback: why }) => el("p", {}, el("b", {}, `${say("quiz.answer")} ${text}.`), ` ${why}`));
    const nodes = [
      ...(checked ? verdictNodes() : []),
      ...(state.shown && !(checked && state.solved) ? answerNodes() : []),
    ];
    feedback.hidden = nodes.length === 0;
    feedback.replaceChildren(...nodes);
    write(mainText, checked ? say("quiz.again") : say("quiz.check"));
    main.classList.toggle("kdx-main", !(checked && state.solved));
    hint.hidden = state.hints >= question.hints.length || state.solved;
    write(hint, say("quiz.hint", { n: state.hints + 1, total: question.hints.length }));
    hints.hidden = state.hints === 0;
    hints.replaceChildren(...question.hints.slice(0, state.hints).map((text) => el("li", {}, text)));
    answer.hidden = state.tries === 0 || state.solved || state.shown;
    first.hidden = !state.solved;
    if (state.solved) {
      const told =
        textOf(state.first ?? []) === textOf(right)
          ? say("quiz.first_right")
          : say("quiz.first_wrong", { choice: textOf(state.first ?? []) });
      write(first, `${told} ${say("quiz.first_note")}`);
    }
    ctx.done(state.solved || state.shown);
  }

  const isChoice = isListOf(isOneOf(question.options));
  const accepts = isShape({
    choice: isChoice,
    first: maybe(isChoice),
    tries: maybe(isCount),
    hints: maybe(isCount),
    solved: maybe(isYesNo),
    shown: maybe(isYesNo),
  });

  function show(stored) {
    state = { ...fresh(), ...stored };
    control.choose(state.choice);
    checked = state.tries > 0;
    paint();
  }

  const several = question.multiple ? el("p", { class: "kdx-hint" }, say("quiz.several")) : null;
  return {
    nodes: [
      ...(several ? [several] : []),
      control.box,
      feedback,
      hints,
      el("div", { class: "kdx-buttons" }, main, hint, answer),
      first,
    ],
    accepts,
    show,
    submit,
  };
}

export default { render: (context) => mountExercise(context, create) };
