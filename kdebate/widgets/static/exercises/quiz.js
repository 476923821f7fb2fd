// Quiz: feedback for every choice, two hints, as many tries as one likes. The first try is kept for the learner.

import { el, write } from "../page/dom.js";
import { button, choices, mainButton, mountExercise, verdictLine } from "./card.js";
import { isCount, isListOf, isOneOf, isShape, isYesNo, maybe } from "./shapes.js";

const FRESH = { first: null, choice: [], tries: 0, hints: 0, solved: false, shown: false };

const line = (bold, text) => el("p", {}, el("b", {}, bold), ` ${text}`);
const verdict = (look, bold, text) => verdictLine(look, el("b", {}, bold), ` ${text}`);

/** The shape of an answer to a question. */
function shapeOf(question) {
  const isChoice = isListOf(isOneOf(question.options));
  const [first, tries, hints] = [maybe(isChoice), maybe(isCount), maybe(isCount)];
  return isShape({ choice: isChoice, first, tries, hints, solved: maybe(isYesNo), shown: maybe(isYesNo) });
}

class Quiz {
  #state = FRESH;
  #checked = false; // the feedback on screen belongs to the choice on screen

  constructor(ctx) {
    const { question, say } = ctx;
    this.ctx = ctx;
    this.rightOnes = question.options.filter(({ right }) => right);
    this.right = this.rightOnes.map(({ id }) => id);
    this.accepts = shapeOf(question);
    const { multiple, prompt: legend } = question;
    this.control = choices(ctx, question.options, { multiple, legend, onchange: ctx.guard(() => this.#picked()) });
    this.feedback = el("div", { class: "kdx-feedback", role: "status", hidden: true });
    this.hints = el("ul", { class: "kdx-hints", hidden: true });
    this.main = mainButton("");
    const hinted = () => this.#keep({ hints: Math.min(this.#state.hints + 1, question.hints.length) });
    this.hint = button("", "hint", ctx.guard(hinted));
    const show = ctx.guard(() => this.#keep({ shown: true }));
    this.answer = button(say("quiz.show"), "show", show, { class: "kd-link" });
  }

  get nodes() {
    const { control, feedback, hints, main, hint, answer } = this;
    const { question, say } = this.ctx;
    const several = question.multiple ? [el("p", { class: "kdx-hint" }, say("quiz.several"))] : [];
    const buttons = el("div", { class: "kdx-buttons" }, main, hint, answer);
    return [...several, control.box, feedback, hints, buttons];
  }

  #picked() {
    this.#checked = false;
    this.ctx.touch();
    this.#paint();
  }

  submit() {
    if (this.#checked) return this.#again();
    const [choice, { first, tries, solved }] = [this.control.chosen, this.#state];
    if (choice.length === 0) return this.ctx.tell(this.ctx.say("card.nothing_yet"));
    const fits = choice.length === this.right.length && choice.every((id) => this.right.includes(id));
    this.#checked = true;
    return this.#keep({ first: first ?? choice, choice, tries: tries + 1, solved: solved || fits });
  }

  #again() {
    this.#checked = false;
    this.control.choose([]);
    this.#paint();
    this.control.inputs[0].focus();
  }

  #keep(more) {
    this.#state = { ...this.#state, ...more };
    this.ctx.store(this.#state);
    this.ctx.endSitting();
    this.#paint();
  }

  show(stored) {
    this.#state = { ...FRESH, ...stored };
    this.control.choose(this.#state.choice);
    this.#checked = this.#state.tries > 0;
    this.#paint();
  }

  #verdict() {
    const { question, say } = this.ctx;
    const chosen = this.control.chosen;
    const wrong = question.options.filter(({ id }) => chosen.includes(id) && !this.right.includes(id));
    const open = this.right.filter((id) => !chosen.includes(id)).length;
    const why = (option) => (question.multiple ? `${option.text}: ${option.feedback}` : option.feedback);
    if (wrong.length === 0 && open === 0)
      return this.rightOnes.map((option, i) => verdict("right", say(i ? "quiz.right" : this.#word()), why(option)));
    const missing = open === 1 ? say("quiz.missing") : say("quiz.missing_more", { count: open });
    return [
      ...wrong.map((option) => verdict("wrong", say("quiz.wrong"), why(option))),
      ...(question.multiple && open ? [verdict("wrong", say("quiz.partly"), missing)] : []),
    ];
  }

  /** The word for a right answer; the first try counts when it is right, and is not recalled when it was not. */
  #word() {
    const [first, right] = [this.#state.first ?? [], this.right].map((ids) => [...ids].sort().join());
    return first === right ? "quiz.right_first" : "quiz.right";
  }

  #paint() {
    const { feedback, main, ctx } = this;
    const { solved, shown } = this.#state;
    const isDone = this.#checked && solved;
    const given = ({ text, feedback: why }) => line(`${ctx.say("quiz.answer")} ${text}.`, why);
    const nodes = [...(this.#checked ? this.#verdict() : []), ...(shown && !isDone ? this.rightOnes.map(given) : [])];
    feedback.hidden = nodes.length === 0;
    feedback.replaceChildren(...nodes);
    write(main, ctx.say(this.#checked ? "quiz.again" : "quiz.check"));
    main.classList.toggle("kdx-main", !isDone);
    this.#paintHelp();
    ctx.done(solved || shown, solved);
  }

  /** Hints, and the answer on demand. */
  #paintHelp() {
    const { question, say } = this.ctx;
    const { hints, solved, shown, tries } = this.#state;
    this.hint.hidden = hints >= question.hints.length || solved;
    write(this.hint, say("quiz.hint", { n: hints + 1, total: question.hints.length }));
    this.hints.hidden = hints === 0;
    this.hints.replaceChildren(...question.hints.slice(0, hints).map((text) => el("li", {}, text)));
    this.answer.hidden = tries === 0 || solved || shown;
  }
}

export default { render: (context) => mountExercise(context, (ctx) => new Quiz(ctx)) };
