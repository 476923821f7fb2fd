// Poll: one vote here, the other where the question comes back, with the first beside it. A lecturer writes down the hands.

import { el, tableNode, write } from "../page/dom.js";
import { button, choices, countField, facts, mainButton, mountExercise, opener } from "./card.js";
import { isCount, isMapOf, isOneOf, isShape, maybe } from "./shapes.js";

const ROUNDS = ["first", "second"];

/** For a lecturer: the hands of this round; those of the other one stay. */
function handsBox(ctx, store) {
  const { question, say } = ctx;
  const { round } = question;
  const counts = question.options.map(({ id, text }) => {
    const label = say("poll.hands_label", { round: say(`poll.${round}`), option: text });
    return { id, ...countField(ctx, label, { "data-hands": `${round}.${id}` }) };
  });
  const save = ctx.guard(() => {
    const counted = counts.map(({ id, read }) => [id, read()]).filter(([, count]) => count !== null);
    if (counted.length === 0) return ctx.tell(say("card.nothing_yet"));
    return store({ ...ctx.latest()?.hands, [round]: Object.fromEntries(counted) });
  });
  const box = el(
    "div",
    { class: "kdx-room", id: ctx.freshId() },
    el("p", { class: "kdx-hint" }, say("poll.hands_help")),
    ...counts.map(({ row }) => row),
    el("div", { class: "kdx-buttons" }, button(say("poll.hands_store"), "hands-store", save)),
  );
  const show = (hands) => {
    for (const { id, input } of counts) input.value = hands?.[round]?.[id] ?? "";
  };
  return { opener: opener(say("poll.hands"), "hands", box), box, show };
}

/** The hands of both rounds as a table. */
function handsTable({ question, say }, hands) {
  const head = [say("poll.option"), say("poll.first"), say("poll.second")];
  const cells = (id) => ROUNDS.map((round) => String(hands[round]?.[id] ?? "–"));
  return tableNode({
    caption: say("poll.table"),
    head,
    rows: question.options.map(({ id, text }) => [text, ...cells(id)]),
  });
}

class Poll {
  constructor(ctx) {
    const { question } = ctx;
    this.ctx = ctx;
    this.round = question.round;
    ctx.root.dataset.round = this.round;
    const { options, prompt: legend } = question;
    const row = options.length <= 4;
    this.control = choices(ctx, options, { legend, row, onchange: () => ctx.touch(), name: this.round });
    this.summary = el("div", {});
    this.talk = el("p", { class: "kdx-feedback", role: "status", hidden: true });
    this.main = mainButton(ctx.say("poll.store"));
    const change = ctx.guard(() => this.#change());
    this.change = button(ctx.say("poll.change"), "change", change, { class: "kd-link" });
    this.hands = handsBox(ctx, (hands) => this.#keep({ hands }));
    this.table = el("div", { class: "kd-panel", hidden: true });
    const isVote = isOneOf(options);
    const isHands = isMapOf((round) => ROUNDS.includes(round), isMapOf(isVote, isCount));
    this.accepts = isShape({ first: maybe(isVote), second: maybe(isVote), hands: maybe(isHands) });
  }

  get nodes() {
    const { summary, talk, control, main, change, hands, table } = this;
    const buttons = el("div", { class: "kdx-buttons" }, main, change, hands.opener);
    return [summary, talk, control.box, buttons, hands.box, table];
  }

  #keep(more) {
    const answer = { ...this.ctx.latest(), ...more };
    this.ctx.store(answer);
    this.ctx.endSitting();
    this.show(answer);
  }

  submit() {
    const vote = this.control.chosen[0];
    if (!vote) return this.ctx.tell(this.ctx.say("card.nothing_yet"));
    return this.#keep({ [this.round]: vote });
  }

  /** A slip of the finger is no vote. */
  #change() {
    this.#ask(true);
    this.control.inputs[0].focus();
  }

  #ask(is) {
    this.control.box.hidden = this.main.hidden = !is;
    this.change.hidden = is;
  }

  #textOf(id) {
    return this.ctx.question.options.find((option) => option.id === id)?.text ?? "";
  }

  #voted(answer) {
    const rounds = ROUNDS.filter((round) => answer?.[round]);
    return rounds.map((round) => [this.ctx.say(`poll.${round}`), this.#textOf(answer[round])]);
  }

  describe(answer) {
    const { say } = this.ctx;
    const label = (round, id) => say("poll.hands_label", { round: say(`poll.${round}`), option: this.#textOf(id) });
    const counted = ROUNDS.flatMap((round) =>
      Object.entries(answer.hands?.[round] ?? {}).map(([id, n]) => [label(round, id), n]),
    );
    return [...this.#voted(answer), ...counted].map((pair) => pair.join(": ")).join("\n");
  }

  /** What is said after the vote of this place. */
  #talk({ first, second }) {
    const { question, say } = this.ctx;
    if (this.round === "first") return first ? (question.discuss ?? say("poll.kept")) : "";
    if (!first) return say("poll.no_first");
    if (!second) return "";
    return say(first === second ? "poll.same" : "poll.changed");
  }

  show(answer) {
    const { control, talk, table, ctx, round } = this;
    const votes = this.#voted(answer);
    this.summary.replaceChildren(...(votes.length ? [facts(votes)] : []));
    const said = this.#talk(answer ?? {});
    talk.hidden = !said;
    write(talk, said);
    const isCast = Boolean(answer?.[round]);
    this.#ask(!isCast);
    control.choose(isCast ? [answer[round]] : []);
    const hands = answer?.hands;
    this.hands.show(hands);
    table.hidden = !hands;
    if (hands) table.replaceChildren(handsTable(ctx, hands));
    ctx.done(isCast);
  }
}

export default { render: (context) => mountExercise(context, (ctx) => new Poll(ctx)) };
