/**
 * The bargain played round by round: the twin of `kdebate.models.play`.
 *
 * Python is the reference; the tests keep the two equal move by move. No clock, and no chance but that of one
 * stated generator. Imports in a browser and in Node.
 *
 * @typedef {"a" | "b"} Side
 * @typedef {"deliver" | "hold"} Action
 * @typedef {(play: Play, side: Side) => Action} Strategy
 * @typedef {{slice: number | null, moves: Partial<Record<Side, Action>>, levels: number[], payoffs: number[],
 *   die: number | null, proven: boolean}} Round
 */

import { checkedDeal, margins } from "./model.js";

const WORD = 2 ** 32;
const SURELY = 1e-12; // a gap this close to 0 counts as 0, so that the twins decide alike
/** @type {Side[]} */
const SIDES = ["a", "b"];
/** @type {Record<Side, Side>} */
export const OTHER = { a: "b", b: "a" };

/**
 * Make the generator of both twins: Tommy Ettinger's mulberry32, one 32-bit word of state.
 * @param {number} seed
 * @returns {() => number} the next number, from 0 to just below 1
 */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / WORD;
  };
}

/** One bargain, played. */
export class Play {
  /** @type {Round[]} */
  history = [];
  payoffs = [0, 0];
  /** @type {Partial<Record<Side, Action>>} */
  #moves = {};
  /** @type {Record<Side, number>} */
  #levels = { a: 0, b: 0 };
  /** @type {Side | "both" | null} */
  #breach = null;
  /** @type {number | null} */
  #brokenAt = null;
  #proven = false;

  /**
   * @param {import("./model.js").Deal} deal
   * @param {number} steps  equal slices
   * @param {"both" | Side | null} [first]  who moves first in each slice; the other one sees that move
   * @param {number} [seed]  of the dice
   */
  constructor(deal, steps, first = "both", seed = 0) {
    this.deal = checkedDeal(deal);
    this.steps = steps;
    this.first = first ?? "both";
    this.roll = mulberry32(seed);
    if (!Number.isInteger(steps) || steps < 1)
      throw new RangeError(`steps = ${steps} is outside its range. Choose a whole number, 1 or more.`);
    if (!["both", ...SIDES].includes(this.first))
      throw new RangeError(`first = ${first} is not a choice. Choose one of: 'both', 'a', 'b'.`);
  }

  /** What is decided next. */
  get state() {
    return {
      round: this.history.length + 1,
      slice: this.#slice,
      to_move: this.toMove,
      levels: Object.values(this.#levels),
      breach: this.#breach,
      broken_at: this.#brokenAt,
      proven: this.#proven,
    };
  }

  /** The slice that is due, null when all are delivered or somebody broke the deal. */
  get #slice() {
    const due = this.history.length + 1;
    return this.#breach === null && due <= this.steps ? due : null;
  }

  /** Who has a choice now; nobody once the deal is broken or complete. */
  get toMove() {
    if (!this.#slice) return [];
    const left = SIDES.filter((side) => !(side in this.#moves));
    return left.length === 2 && this.first !== "both" ? left.filter((side) => side === this.first) : left;
  }

  /**
   * Make one side's choice; the round is over when nobody is left to choose.
   * @param {Side} side
   * @param {Action} action
   */
  move(side, action) {
    if (!this.toMove.includes(side))
      throw new RangeError(
        `It is not the turn of '${side}'. To move: ${this.toMove.join(" or ") || "nobody: call wait()"}.`,
      );
    if (action !== "deliver" && action !== "hold")
      throw new RangeError(`'${action}' is no move. Choose one of: deliver, hold.`);
    this.#moves[side] = action;
    if ((action === "hold" && side === this.first) || !this.toMove.length) this.#settle();
  }

  /** Play a round without a choice: the deal is kept, or its breach goes on. */
  wait() {
    if (this.toMove.length) throw new RangeError(`${this.toMove.join(" and ")} must move first: call move().`);
    this.#pay(null, {});
  }

  /** Turn over the moves of one slice. */
  #settle() {
    const [due, moves] = [this.#slice, this.#moves];
    const [now, before] = [due / this.steps, (due - 1) / this.steps];
    const holders = SIDES.filter((side) => moves[side] === "hold");
    for (const side of SIDES) {
      const delivered = moves[side] === "deliver" ? now : before;
      this.#levels[side] = holders.includes(side) ? (1 - this.deal[`rho_${side}`]) * before : delivered;
    }
    this.#moves = {};
    if (holders.length) {
      this.#breach = holders.length === 2 ? "both" : holders[0];
      this.#brokenAt = due;
    }
    this.#pay(due, moves);
  }

  /** Add what a round brings; then the die says whether a breach is proven. */
  #pay(due, moves) {
    const isBreak = due !== null && due === this.#brokenAt;
    const paid = SIDES.map((side) => this.#flow(side) - (isBreak ? this.#oneOff(side) : 0));
    this.payoffs = this.payoffs.map((sum, i) => sum + paid[i]);
    const levels = Object.values(this.#levels);
    const die = this.#prove();
    this.history.push({ slice: due, moves, levels, payoffs: paid, die, proven: this.#proven });
  }

  /** What one round brings at the present levels. */
  #flow(side) {
    return this.deal[`v_${side}`] * this.#levels[OTHER[side]] - this.deal[`c_${side}`] * this.#levels[side];
  }

  /** What the round of the breach costs at home: a broken word, or being cheated. */
  #oneOff(side) {
    return this.deal[`${[side, "both"].includes(this.#breach) ? "a" : "b"}_${side}`];
  }

  /** Roll the die while a breach is unproven; once it is proven, the victim takes back. */
  #prove() {
    if (this.#breach === null || this.#breach === "both" || this.#proven) return null;
    const die = this.roll();
    this.#proven = die < this.deal[`q_${this.#breach}`];
    if (this.#proven) this.#levels[OTHER[this.#breach]] *= 1 - this.deal[`rho_${OTHER[this.#breach]}`];
    return die;
  }
}

// ---------------------------------------------------------------- who plays

/** Delivers while the other one does. @type {Strategy} */
export const keeper = () => "deliver";

/** Holds back at the last slice. @type {Strategy} */
export const taker = (play) => (play.state.slice === play.steps ? "hold" : "deliver");

/** Holds back at a slice whose safety gap, with all that is still to come kept, is below 0. @type {Strategy} */
export function reckoner(play, side) {
  const gaps = margins(play.deal, play.steps, { first: play.first })[SIDES.indexOf(side)];
  return gaps[play.state.slice - 1] < -SURELY ? "hold" : "deliver";
}

/**
 * Make a strategy that delivers until one slice and holds that one back.
 * @param {number} at
 * @returns {Strategy}
 */
export const holder = (at) => (play) => (play.state.slice === at ? "hold" : "deliver");

/**
 * Go on with a play until it has so many rounds.
 * @param {Play} play
 * @param {Record<Side, Strategy>} plan
 * @param {number} rounds
 */
export function run(play, plan, rounds) {
  while (play.history.length < rounds) {
    const [side] = play.toMove;
    if (side) play.move(side, plan[side](play, side));
    else play.wait();
  }
  return play;
}

/**
 * Play many times, each time until the talks end by chance; the seed alone gives lengths and dice.
 * @param {import("./model.js").Deal} deal
 * @param {number} steps
 * @param {"both" | Side | null} first
 * @param {Record<Side, Strategy>} plan
 * @param {number} plays
 * @param {number} seed
 * @returns {{totals: number[][], rounds: number[], worth: number[]}} `worth` is the sum of pay-offs over that of rounds
 */
export function average(deal, steps, first, plan, plays, seed) {
  if (deal.delta >= 1) throw new RangeError("delta = 1: such talks never end. Choose a delta below 1.");
  const draw = mulberry32(seed);
  const [totals, rounds] = [[], []];
  for (let n = 0; n < plays; n += 1) {
    let length = 1;
    while (draw() < deal.delta) length += 1;
    totals.push(run(new Play(deal, steps, first, draw() * WORD), plan, length).payoffs);
    rounds.push(length);
  }
  const all = rounds.reduce((sum, one) => sum + one, 0);
  return { totals, rounds, worth: SIDES.map((_, i) => totals.reduce((sum, one) => sum + one[i], 0) / all) };
}
