// BargainGame: be one side of the bargain, deliver or hold back, and see what it brings, before any chart.

import { Card, freshPrefix } from "../frame/card.js";
import { dealValue, effectiveDeal, margins } from "../model.js";
import { arrive, tie } from "../page/asked.js";
import { el, icon, sideMark, tableNode, write } from "../page/dom.js";
import { closed, watchGates } from "../page/gate.js";
import { bringIntoSight } from "../page/sight.js";
import { fill } from "../page/words.js";
import { average, holder, keeper, OTHER, Play, run } from "../play.js";
import { createMemory } from "./game_memory.js";
import { amount, dieNodes, FACES, face, lane, logRows, ownTable, row, thousandParts } from "./game_view.js";

const ROUNDS = 10; // as long as talks last on average
const PLAYS = 1000;
const SEED = 20190228; // the day of Hanoi; all who play see the same dice
const RUN = 1500; // ms for the rounds that run by themselves
const PLAY = { one_swap: { steps: 1 }, two_slices: { steps: 2 }, who_first: { steps: 1, ordered: true } };
const DEAL = effectiveDeal({});
const plays = PLAYS.toLocaleString("en-GB");

/** Which of the plays a stored one was. */
const kindOf = ({ steps, first }) => (first !== "both" ? "who_first" : steps === 1 ? "one_swap" : "two_slices");

/** Who does what: one side as told, the other as a partner who keeps its word. */
const plan = (side, strategy) => /** @type {any} */ ({ [side]: strategy, [OTHER[side]]: keeper });

/** The game of one widget: what is chosen, the play that runs, and how much of it is shown. */
class Game {
  side = null;
  leads = true; // where there is an order: whether the learner moves first
  moves = [];
  shown = 0; // rounds on the screen; those that run by themselves are played already
  many = null; // the result of many plays
  #timer = 0;

  constructor(kinds, memory, paint) {
    this.memory = memory;
    this.paint = paint;
    this.kind = kinds[0];
  }

  get steps() {
    return PLAY[this.kind].steps;
  }

  get first() {
    if (!PLAY[this.kind].ordered) return "both";
    return this.leads ? this.side : OTHER[this.side];
  }

  get slice() {
    return sliceOf(this);
  }

  get isOver() {
    return this.play !== undefined && this.play.toMove.length === 0;
  }

  /** Whether the learner has a move to make. */
  get isWaiting() {
    return this.play !== undefined && !this.isOver;
  }

  get isShown() {
    return this.isOver && this.shown === ROUNDS;
  }

  get index() {
    return "ab".indexOf(this.side);
  }

  /** Begin again, with another kind, side or order where one is given. */
  start(change = {}) {
    this.stop();
    Object.assign(this, change, { moves: [], shown: 0, many: null, play: undefined });
    if (this.side) {
      this.seed = SEED + this.memory.plays().length;
      this.play = new Play(DEAL, this.steps, this.first, this.seed);
      this.#answer();
    }
    this.paint();
  }

  /** The partner moves when it is its turn alone. */
  #answer() {
    const [side, both] = this.play.toMove;
    if (side === OTHER[this.side] && !both) this.play.move(side, keeper(this.play, side));
  }

  choose(action) {
    this.play.move(this.side, action);
    this.moves.push(action);
    this.#answer();
    this.shown = this.play.history.length;
    if (this.isOver) this.#finish();
    this.paint();
  }

  /** Play the rest at once, keep it, and show it round by round. */
  #finish() {
    run(this.play, plan(this.side, keeper), ROUNDS);
    this.other = this.#otherwise();
    this.memory.put({
      side: this.side,
      steps: this.steps,
      first: this.first,
      moves: this.moves,
      dice: this.play.history.flatMap(({ die }) => (die === null ? [] : [face(die)])),
      got: Number(this.play.payoffs[this.index].toFixed(2)),
      other: Number(this.other.toFixed(2)),
    });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.shown = ROUNDS;
    else this.#timer = setInterval(() => this.#next(), RUN / (ROUNDS - 1));
  }

  #next() {
    this.shown += 1;
    if (this.shown === ROUNDS) this.stop();
    this.paint();
  }

  /** What the other choice would have brought with the same dice. */
  #otherwise() {
    const strategy = this.moves.includes("hold") ? keeper : holder(this.steps);
    const play = new Play(DEAL, this.steps, this.first, this.seed);
    return run(play, plan(this.side, strategy), ROUNDS).payoffs[this.index];
  }

  /** Many plays: keeping, and holding back where the learner did or could have, on the same lengths and dice; or back. */
  playMany() {
    this.many = this.many ? null : this.#average();
    this.paint();
  }

  #average() {
    const [keep, hold] = [keeper, holder(this.slice)].map((strategy) =>
      average(DEAL, this.steps, this.first, plan(this.side, strategy), PLAYS, SEED),
    );
    const worth = dealValue(DEAL, this.steps)[this.index];
    return { keep, hold, worth, broken: worth - DEAL.delta ** (this.slice - 1) * gapOf(this) };
  }

  stop() {
    clearInterval(this.#timer);
  }
}

/** The slice that was held back, or the last one: where the other choice would differ. */
const sliceOf = ({ moves, steps }) => (moves.includes("hold") ? moves.length : steps);

/** The model's safety gap there. */
const gapOf = (one) => margins(DEAL, one.steps, { first: one.first })["ab".indexOf(one.side)][sliceOf(one) - 1];

/** The sentence that says where the play stands. */
function said(game, words, names) {
  const { side, play, shown } = game;
  if (!side) return words.said.choose;
  const other = names[OTHER[side]];
  if (!game.isOver && game.first === side) return fill(words.said.lead, { other });
  if (!game.isOver && game.first !== "both") return fill(words.said.follow, { other });
  if (!game.isOver && game.steps > 1) return sliceWords(game, words);
  if (!game.isOver) return words.said.together;
  if (shown < ROUNDS) return `${turned(game, words, other)} ${fill(words.said.running, runs(game))}`;
  return over(game, words, play.payoffs[game.index]);
}

const runs = ({ moves }) => ({ from: moves.length + 1, rounds: ROUNDS });

/** Before a slice: what the one before it brought, and which comes now. */
function sliceWords(game, words) {
  const now = fill(words.said.slice, { slice: game.play.state.slice, steps: game.steps });
  return game.moves.length ? `${turned(game, words, "")} ${now}` : now;
}

/** What the learner's last move brought. */
function turned({ moves, play, side, index }, words, other) {
  const round = play.history[moves.length - 1];
  const key = moves.at(-1) === "deliver" ? "deliver" : round.moves[OTHER[side]] ? "hold" : "hold_first";
  return fill(words.said[key], { round: moves.length, other, got: amount(round.payoffs[index]) });
}

/** How it ended, and how the other choice would have. */
function over(game, words, got) {
  const key = game.moves.includes("hold") ? "held" : game.steps > 1 ? "kept_slices" : "kept";
  const values = { rounds: ROUNDS, got: amount(got), other: amount(game.other), slice: game.steps };
  const isChance = DEAL[`q_${game.side}`] < 1 && game.first !== game.side;
  const end = isChance ? ` ${fill(words.said.die, { plays })}` : "";
  return fill(words.said[key], values) + end;
}

/** A button that may stay pressed. */
function button(data, onclick, ...inner) {
  return el("button", { class: "kd-button", onclick, ...data }, ...inner);
}

/** The rows of buttons above the piles: which play, which side, which order. */
function setup(game, kinds, words, names, guard) {
  const start = (change) => guard(() => game.start(change));
  const some = (data, change, ...inner) => ({ change, node: button(data, start(change), ...inner) });
  const all = [
    ...kinds.map((kind) => some({ "data-play": kind }, { kind }, words.plays[kind])),
    ...["a", "b"].map((side) => some({ "data-side": side }, { side }, sideMark(side), names[side])),
    ...[true, false].map((leads) =>
      some({ "data-first": leads ? "me" : "other" }, { leads }, words.sides[leads ? "me" : "other"]),
    ),
  ];
  const of = (name) => all.filter(({ change }) => name in change).map(({ node }) => node);
  const order = row(words.sides.order, of("leads"));
  const nodes = [
    row(words.plays.legend, of("kind"), { hidden: kinds.length < 2 }),
    row(words.sides.legend, of("side")),
    order,
  ];
  const paint = () => {
    order.hidden = !PLAY[game.kind].ordered;
    for (const { change, node } of all) {
      const [[name, value]] = Object.entries(change);
      node.setAttribute("aria-pressed", String(game[name] === value));
    }
  };
  return { node: el("div", { class: "kdg-setup" }, ...nodes), paint };
}

/** The learner's two moves. */
function moveRow(game, words, act) {
  const what = { deliver: el("small", {}), hold: el("small", {}) };
  const moves = ["deliver", "hold"].map((action) =>
    button({ "data-action": action }, () => act(action), el("b", {}, words.moves[action]), what[action]),
  );
  const node = row(words.moves.legend, moves, { class: "kdg-row kdg-moves" });
  const paint = () => {
    const { side, steps, isOver } = game;
    node.hidden = isOver;
    for (const move of moves) move.disabled = !side;
    const later = game.moves.length ? "_later" : "";
    write(what.deliver, side ? words.moves[`deliver${steps > 1 ? "_slice" : ""}_${side}`] : "");
    write(what.hold, side ? words.moves[`hold${later}_${side}`] : "");
  };
  return { node, paint, focus: () => moves[0].focus({ preventScroll: true }) };
}

/** What can be done when a play is over. */
function afterRow(game, words, restart, playMany) {
  const again = button({ "data-action": "again" }, restart, words.buttons.again);
  const thousand = button({ "data-action": "thousand" }, playMany, fill(words.buttons.thousand, { plays }));
  const node = row(words.buttons.legend, [again, thousand], { class: "kdg-row kdg-after" });
  const paint = () => {
    node.hidden = !game.isOver;
    thousand.disabled = !game.isShown;
    thousand.setAttribute("aria-pressed", String(game.many !== null));
  };
  return { node, paint, focus: () => again.focus({ preventScroll: true }) };
}

/** Both rows, of which one shows; the keyboard goes on where there is something to press. */
function controls(game, words, guard) {
  const act = guard((action) => {
    game.choose(action);
    if (game.isOver) after.focus();
  });
  const restart = guard(() => {
    game.start();
    moves.focus();
  });
  const moves = moveRow(game, words, act);
  const many = guard(() => game.playMany());
  const after = afterRow(game, words, restart, many);
  const paint = () => [moves, after].forEach((one) => one.paint());
  return { nodes: [moves.node, after.node], paint };
}

/** The piles, and beside them the same in a table. */
function board(game, words, names) {
  const lanes = ["a", "b"].map((side) => lane(side, words, names));
  const die = el("p", { class: "kdg-die" });
  const log = el("div", { class: "kdg-log" });
  const paint = () => {
    const { play, side, shown } = game;
    const history = play?.history.slice(0, shown) ?? [];
    const sums = history.reduce((sum, { payoffs }) => sum.map((one, i) => one + payoffs[i]), [0, 0]);
    const rows = history.length ? logRows(history, side, words, play) : [];
    lanes.forEach(({ show }, i) => {
      const hasLed = game.isWaiting && "ab"[i] === game.first && game.first !== side;
      const level = hasLed ? play.state.slice / game.steps : (history.at(-1)?.levels[i] ?? 0);
      show({ level, got: sums[i], me: side, did: hasLed ? words.log.deliver : (rows.at(-1)?.[i + 1] ?? "") });
    });
    die.replaceChildren(...dieNodes(history, play?.state.breach, DEAL, words));
    log.replaceChildren(tableNode({ ...words.log, rows }));
    log.hidden = game.many !== null || rows.length === 0;
  };
  return { nodes: [...lanes.map(({ node }) => node), die], log, paint };
}

/** The lines of many plays, and the learner's own plays. */
function results(game, words, names, isOwn) {
  const many = el("div", { class: "kdg-many", hidden: true });
  const own = el("div", { class: "kdg-own", hidden: true });
  let drawn = null;
  const paint = () => {
    const mine = game.memory.plays().filter(isOwn);
    own.hidden = mine.length === 0 || (game.isOver && !game.isShown);
    if (!own.hidden) own.replaceChildren(ownTable(mine, gapOf, words, names), el("p", {}, words.yours.named));
    many.hidden = !game.many;
    if (drawn === game.many) return;
    drawn = game.many;
    if (drawn) many.replaceChildren(...manyNodes(game, words));
  };
  return { many, own, paint };
}

function manyNodes({ many, steps, slice, index, side }, words) {
  const hold = steps > 1 ? fill(words.thousand.hold_slice, { slice }) : words.thousand.hold;
  const lines = [
    { name: "hold", label: hold, found: many.hold, exact: many.broken },
    { name: "keep", label: words.thousand.keep, found: many.keep, exact: many.worth },
  ];
  const told = fill(words.thousand.told, { mean: Math.round(1 / (1 - DEAL.delta)) });
  return [el("p", {}, told), ...thousandParts(lines, index, side, words, plays)];
}

/** The rules in words; how a breach is proven depends on whose it is. */
function rules(game, words, names) {
  const proof = el("span", {});
  const intro = fill(words.intro, { gain: amount(DEAL.v_a), cost: amount(DEAL.c_a) });
  const paint = () => {
    const { side } = game;
    const q = DEAL[`q_${side}`];
    const told = q < 1 ? words.proof.die : words.proof.at_once;
    write(proof, side ? ` ${fill(told, { side: names[side], faces: FACES, limit: Math.round(q * FACES) })}` : "");
  };
  return { node: el("p", { class: "kdg-rules" }, `${intro} ${words.rule}`, proof), paint };
}

/** Title, with where the plays are kept. */
function head(game, words, title, root) {
  const saved = el("p", { class: "kdg-saved" });
  const time = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const paint = () => {
    const { state, at } = game.memory.saved();
    root.dataset.saved = state;
    write(title, words.titles[game.kind]);
    write(saved, game.memory.plays().length ? fill(words.saved[state], { time: at ? time(at) : "" }) : "");
  };
  return { node: el("div", { class: "kdg-head" }, title, saved), paint };
}

class GameCard extends Card {
  /** @param {import("../types.d.ts").Context} context */
  constructor(context) {
    const { model, signal } = context;
    const { words, names } = model.get("_spec");
    const kinds = model.get("plays");
    const title = el("div", { class: "kd-title", id: freshPrefix() });
    super(title, { role: "group", "data-kdebate": "BargainGame", "data-state": "loading" });
    this.root.classList.add("kdg");
    this.isLocked = () => closed(model.get("predict"));
    this.words = words;
    this.asks = model.get("asks") ?? {};
    const memory = createMemory(context, () => this.paint());
    const game = new Game(kinds, memory, () => this.paint());
    this.#assemble(game, kinds, names, head(game, words, title, this.root));
    this.#tie(memory, game, signal);
    watchGates(this.paint, signal);
    signal.addEventListener("abort", () => game.stop());
  }

  /** Say to the cards of predictions which play answers them, and when it is over. */
  #tie(memory, game, signal) {
    const { asks, words } = this;
    const go = this.guard((id) => {
      bringIntoSight(this.root);
      arrive(id);
    });
    tie(Object.keys(asks), { says: (id) => words.asked[asks[id]], mayGo: () => !this.isLocked(), go }, signal);
    this.answer = () => {
      if (this.isLocked() || (game.isOver && !game.isShown)) return;
      const played = memory.plays().map(kindOf);
      for (const [id, kind] of Object.entries(asks)) if (played.includes(kind)) arrive(id);
    };
  }

  #assemble(game, kinds, names, top) {
    const { words, guard } = this;
    const [rule, choice] = [rules(game, words, names), setup(game, kinds, words, names, guard)];
    const [piles, keys] = [board(game, words, names), controls(game, words, guard)];
    const found = results(game, words, names, isOwn(kinds));
    const status = el("p", { class: "kdg-said", role: "status" });
    const left = el("div", {}, ...piles.nodes, status, ...keys.nodes);
    const main = el("div", { class: "kdg-main" }, left, el("div", {}, piles.log, found.many));
    const lock = el("p", { class: "kd-lock" }, icon("lock"), el("span", {}, words.locked));
    const open = el("div", {}, rule.node, choice.node, main, found.own);
    this.add(top.node, lock, open);
    this.paint = guard(() => {
      lock.hidden = !(open.hidden = this.isLocked());
      for (const part of [top, rule, choice, piles, keys, found]) part.paint();
      write(status, said(game, words, names));
      this.root.dataset.state = "ready";
      this.answer();
    });
  }

  failed() {
    this.root.dataset.state = "error";
  }
}

/** The last of the games shows all plays; the others do not grow when those below them are played. */
function isOwn(kinds) {
  const steps = kinds.map((kind) => PLAY[kind].steps);
  return kinds.includes("who_first") ? () => true : (one) => one.first === "both" && steps.includes(one.steps);
}

/** @param {import("../types.d.ts").Context} context */
function render(context) {
  const card = new GameCard(context);
  context.el.replaceChildren(card.root);
  card.paint();
}

export default { render };
