/**
 * The concession model in the browser: the twin of `kdebate.models`.
 *
 * Python is the reference. Function names are the Python ones in camelCase, and the
 * tests keep the two equal to 1e-9. A deal is a plain object with the field names of
 * `Deal`; all functions take single numbers. `docs/model.md` derives the formulas.
 *
 * No dependencies; imports in a browser and in Node.
 */

// The next block is written by `python -m tools.twin`. Do not edit it here.
// <levers.toml>
// biome-ignore format: written by tools.twin
export const SETTINGS = {
  "levers": {
    "N": {
      "min": 1,
      "max": 24,
      "step": 1,
      "default": 1
    },
    "delta": {
      "min": 0.3,
      "max": 0.99,
      "step": 0.01,
      "default": 0.9
    },
    "v_a": {
      "min": 0.5,
      "max": 5.0,
      "step": 0.05,
      "default": 2.0
    },
    "v_b_full": {
      "min": 0.5,
      "max": 5.0,
      "step": 0.05,
      "default": 2.5
    },
    "rho_a_legal": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.025,
      "default": 0.75
    },
    "rho_b": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.5
    },
    "q_b": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.5
    },
    "pressure": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.01,
      "default": 0.8
    },
    "e_china": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.8
    },
    "sigma": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.0
    },
    "h_a": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.0
    },
    "h_b": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.0
    },
    "a_a": {
      "min": 0.0,
      "max": 3.0,
      "step": 0.1,
      "default": 0.0
    },
    "a_b": {
      "min": 0.0,
      "max": 3.0,
      "step": 0.1,
      "default": 0.0
    },
    "deadline": {
      "min": 1,
      "max": 24,
      "step": 1,
      "default": 8
    },
    "p": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.01,
      "default": 0.3
    },
    "theta": {
      "min": 0.2,
      "max": 4.0,
      "step": 0.005,
      "default": 1.0
    },
    "first": {
      "default": "both",
      "choices": [
        "both",
        "a",
        "b"
      ]
    },
    "e_russia": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.8
    },
    "e_others": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 0.8
    },
    "q_a": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.05,
      "default": 1.0
    },
    "wait": {
      "min": 0,
      "max": 24,
      "step": 1,
      "default": 0
    },
    "drift": {
      "min": -0.05,
      "max": 0.05,
      "step": 0.01,
      "default": 0.0
    },
    "growth": {
      "min": 0.0,
      "max": 0.05,
      "step": 0.01,
      "default": 0.0
    },
    "clean_sincere": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.01,
      "default": 0.98
    },
    "clean_cheating": {
      "min": 0.0,
      "max": 1.0,
      "step": 0.01,
      "default": 0.4
    },
    "reports": {
      "min": 0,
      "max": 12,
      "step": 1,
      "default": 3
    }
  },
  "parties": {
    "names": [
      "China",
      "Russia",
      "others"
    ],
    "weights": [
      0.9,
      0.05,
      0.05
    ],
    "exposure": [
      0.6,
      0.2,
      0.1
    ],
    "willingness": [
      "e_china",
      "e_russia",
      "e_others"
    ]
  },
  "window": {
    "erosion": 0.03,
    "growth": 0.02
  },
  "words": {
    "just_above": "just above 0",
    "just_below": "just below 0",
    "zero": "exactly 0"
  }
};
// </levers.toml>

/**
 * @typedef {Object} Deal
 * @property {number} delta how much the next round matters
 * @property {number} v_a what Washington gains
 * @property {number} v_b what Pyongyang gains
 * @property {number} [c_a] what Washington pays
 * @property {number} [c_b] what Pyongyang pays
 * @property {number} [rho_a] share of relief that can be taken back
 * @property {number} [rho_b] share of Pyongyang's steps that can be undone
 * @property {number} [q_a] chance per round that Washington's breach is proven
 * @property {number} [q_b] chance per round that Pyongyang's breach is proven
 * @property {number} [a_a] price in Washington of breaking its word
 * @property {number} [a_b] price in Pyongyang of breaking its word
 * @property {number} [b_a] humiliation of Washington if cheated
 * @property {number} [b_b] humiliation of Pyongyang if cheated
 *
 * @typedef {Object} Side one side's view of a deal
 * @property {number} v gain
 * @property {number} c cost
 * @property {number} w net gain
 * @property {number} rho share of its own concession that it can take back
 * @property {number} stick discounted share that a breach forfeits
 * @property {number} held the stick that it holds itself
 * @property {number} alpha price of breaking its word, per round
 * @property {number} beta humiliation, per round
 * @property {number} keep what keeping the finished deal is worth
 *
 * @typedef {"both" | "a" | "b"} First who moves first inside a step
 */

export const TOLERANCE = 1e-12;
/** Most equal steps that are looked at. */
export const LIMIT = 24;
const TINY = 1e-300;
const DEAL = { c_a: 1, c_b: 1, rho_a: 0, rho_b: 0, q_a: 1, q_b: 1, a_a: 0, a_b: 0, b_a: 0, b_b: 0 };

// ---------------------------------------------------------------- checks

/**
 * Complete a deal with the defaults of `Deal` and check it.
 * @param {Deal} deal
 * @returns {Required<Deal>}
 */
export function checkedDeal(deal) {
  const full = { ...DEAL, ...deal };
  for (const name of ["delta", "v_a", "v_b", ...Object.keys(DEAL)]) checkField(name, full[name]);
  return full;
}

/** Refuse a field outside its range: shares from 0 to 1, amounts from 0, costs above 0. */
function checkField(name, value) {
  const kind = name.split("_")[0];
  const top = ["delta", "rho", "q"].includes(kind) ? 1 : Infinity;
  const good = Number.isFinite(value) && value >= 0 && value <= top && (kind !== "c" || value > 0);
  if (good) return;
  const range = top === 1 ? "0 to 1" : kind === "c" ? "above 0" : "0 or more";
  throw new RangeError(`${name} = ${value} is outside its range, ${range}.`);
}

/** Read a whole number. */
function whole(name, value, low, high = Infinity) {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  const span = high < Infinity ? `${low} to ${high}` : `${low} or more`;
  throw new RangeError(`${name} = ${value} is outside its range. Choose a whole number, ${span}.`);
}

/** Read who moves first. */
function checkFirst(first) {
  const leader = first ?? "both";
  if (["both", "a", "b"].includes(leader)) return leader;
  throw new RangeError(`first = ${first} is not a choice. Choose one of: 'both', 'a', 'b'.`);
}

// ---------------------------------------------------------------- the concession game

/** Discounted weight of the time after a breach is proven. */
function proofWeight(delta, q) {
  return (q * delta) / Math.max(1 - (1 - q) * delta, TINY);
}

/**
 * Describe a deal as each side sees it.
 * @param {Deal} deal
 * @returns {[Side, Side]} Washington's view and Pyongyang's
 */
export function sides(deal) {
  const d = checkedDeal(deal);
  const stickA = proofWeight(d.delta, d.q_a) * d.rho_b;
  const stickB = proofWeight(d.delta, d.q_b) * d.rho_a;
  const late = 1 - d.delta;
  return [
    side(d.v_a, d.c_a, d.rho_a, stickA, stickB, late * d.a_a, late * d.b_a),
    side(d.v_b, d.c_b, d.rho_b, stickB, stickA, late * d.a_b, late * d.b_b),
  ];
}

/** Fill in what follows from the rest: the net gain and the worth of keeping. */
function side(v, c, rho, stick, held, alpha, beta) {
  return { v, c, w: v - c, rho, stick, held, alpha, beta, keep: v * stick + alpha - c * rho };
}

/** Discounted number of steps still to come. */
function stepsToCome(delta, steps) {
  if (delta >= 1) return steps;
  return (-delta * Math.expm1(steps * Math.log(Math.max(delta, TINY)))) / (1 - delta);
}

/**
 * Safety gap of every equal step, then of keeping the finished deal.
 * @param {Deal} deal
 * @param {number} steps
 * @param {{first?: First | null}} [options] a leader that falls short meets a partner that has not moved yet
 * @returns {[number[], number[]]} Washington, Pyongyang
 */
export function margins(deal, steps, { first = "both" } = {}) {
  const count = whole("steps", steps, 1);
  const leader = checkFirst(first);
  const [a, b] = sides(deal);
  return [sideMargins(a, deal.delta, count, leader === "a"), sideMargins(b, deal.delta, count, leader === "b")];
}

/** Safety gaps of one side. */
function sideMargins({ v, c, w, rho, stick, alpha, keep }, delta, count, leads) {
  const unseen = leads ? v * (1 - stick) : 0; // this step's gain, which the other still holds back
  const gaps = [];
  for (let k = 1; k <= count; k += 1) {
    const ahead = w * stepsToCome(delta, count - k) + k * (v * stick - c * rho);
    gaps.push((ahead - c * (1 - rho) + unseen) / count + alpha);
  }
  return [...gaps, keep];
}

/**
 * What the deal is worth to each side if it is kept, delay counted.
 * @param {Deal} deal
 * @param {number} steps
 * @returns {[number, number]}
 */
export function dealValue(deal, steps) {
  const count = whole("steps", steps, 1);
  const share = (1 + stepsToCome(deal.delta, count - 1)) / count;
  const [a, b] = sides(deal);
  return [a.w * share, b.w * share];
}

/**
 * Whether both sides would sign a deal in equal steps, and make every one of them.
 * @param {Deal} deal
 * @param {number} steps
 * @param {First} [first]
 * @returns {boolean}
 */
export function holds(deal, steps, first = "both") {
  return bothHold(sides(deal), deal.delta, whole("steps", steps, 1), checkFirst(first));
}

/** Whether a deal holds, its sides given. */
function bothHold(both, delta, steps, leader) {
  const toCome = stepsToCome(delta, steps - 1);
  return both.every((one, i) => {
    const gap = "ab"[i] === leader ? one.keep : weakestGap(one, toCome, steps);
    return Math.min(gap, one.w) >= -TOLERANCE * one.c;
  });
}

/** Smaller of the first and the last step's gap. */
function weakestGap({ v, c, w, rho, stick, alpha, keep }, toCome, steps) {
  const first = (w * toCome + v * stick - c) / steps + alpha;
  const last = keep - (c * (1 - rho)) / steps;
  return Math.min(first, last);
}

/**
 * Fewest equal steps that both sides would keep; 0 if none within the limit.
 * @param {Deal} deal
 * @param {{first?: First | null, limit?: number}} [options]
 * @returns {number}
 */
export function minimumSteps(deal, { first = "both", limit = LIMIT } = {}) {
  const both = sides(deal);
  const leader = checkFirst(first);
  const top = whole("limit", limit, 1);
  for (let steps = 1; steps <= top; steps += 1) {
    if (bothHold(both, deal.delta, steps, leader)) return steps;
  }
  return 0;
}

// ---------------------------------------------------------------- unequal steps

/**
 * Schedule with the fewest steps that both sides would keep.
 * @param {Deal} deal
 * @param {number} [limit]
 * @returns {number[] | null} cumulative shares from 0 to 1
 */
export function fewestStepsSchedule(deal, limit = 200) {
  const both = sides(deal);
  const top = whole("limit", limit, 1);
  if (both.some((one) => Math.min(one.w, one.keep) < -TOLERANCE * one.c)) return null;
  const left = sharesLeft(both, deal.delta, top);
  return left?.reverse().map((share) => 1 - share) ?? null;
}

/** Shares still to come, from the end of the schedule back to its start. */
function sharesLeft(both, delta, limit) {
  const left = [0];
  for (let step = 0, mean = 0; step < limit; step += 1) {
    const now = left[step];
    const more = Math.min(...both.map((one) => largestShareLeft(one, now, mean)));
    if (more >= 1 - TOLERANCE) return [...left, 1];
    if (more - now <= TOLERANCE) return null;
    left.push(more);
    mean = (1 - delta) * more + delta * mean;
  }
  return null;
}

/** Most that may still be to come one step earlier, if `left` is to come now. */
function largestShareLeft({ v, c, w, rho, stick, keep }, left, mean) {
  const stays = c * (1 - rho);
  if (stays <= TOLERANCE * c) return Infinity;
  return (keep + v * (1 - stick) * left - w * mean) / stays;
}

// ---------------------------------------------------------------- price

/**
 * Lowest and highest price at which a number of equal steps holds.
 * @param {Deal} deal the deal at price 1
 * @param {number} steps
 * @param {{first?: First | null}} [options]
 * @returns {[number, number]} both NaN where no price holds
 */
export function priceZone(deal, steps, { first = "both" } = {}) {
  const count = whole("steps", steps, 1);
  const leader = checkFirst(first);
  const toCome = stepsToCome(deal.delta, count - 1);
  const [washington, pyongyang] = sides(deal);
  const low = lowestPrice(pyongyang, toCome, count, leader === "b");
  const high = highestPrice(washington, toCome, count, leader === "a");
  return low <= high * (1 + TOLERANCE) && high > 0 ? [low, high] : [NaN, NaN];
}

/** Least price that Pyongyang needs to sign, to start and to finish; if it leads, to keep. */
function lowestPrice({ v, c, rho, stick, alpha }, toCome, count, leads) {
  if (leads) return Math.max(over(c * rho - alpha, v * stick), over(c, v));
  const stays = c * ((1 - rho) / count + rho);
  const start = over(c * (1 + toCome) - alpha * count, v * (stick + toCome));
  return Math.max(start, over(stays - alpha, v * stick), over(c, v));
}

/** Price that covers a need: 0 if there is none, infinite if no price can. */
function over(need, perPrice) {
  return need > 0 ? need / perPrice : 0;
}

/** Most that Washington can pay and still sign, start and finish; if it leads, keep. */
function highestPrice({ v, c, rho, stick, alpha }, toCome, count, leads) {
  if (leads) return Math.min(rho > 0 ? (v * stick + alpha) / (c * rho) : Infinity, v / c);
  const stays = c * ((1 - rho) / count + rho);
  const start = (v * (stick + toCome) + alpha * count) / (c * (1 + toCome));
  return Math.min(start, (v * stick + alpha) / stays, v / c);
}

// ---------------------------------------------------------------- trust

/** Place step number `step` of `steps` equal ones. */
function placeStep(delta, steps, step) {
  const count = whole("steps", steps, 1);
  const k = whole("step", step, 1, count);
  const mean = (k + stepsToCome(delta, count - k)) / count;
  return { before: (k - 1) / count, after: k / count, mean };
}

/** Worth of breaching alone. */
function breaks({ v, c, rho, stick, alpha }, at) {
  return v * at.after * (1 - stick) - c * (1 - rho) * at.before - alpha;
}

/** What delivering is worth above breaching, if the other delivers. */
function stepGap(one, at) {
  return one.w * at.mean - breaks(one, at);
}

/** What delivering costs compared with breaching, if the other breaches. */
function stepLoss({ c, rho, held, alpha, beta }, at) {
  return c * (at.after * (1 - held) - (1 - rho) * at.before) + beta - alpha;
}

/**
 * Belief that the other delivers from which delivering is the better bet.
 * @param {Deal} deal
 * @param {number} steps
 * @param {number} [step]
 * @returns {[number, number]} NaN where no belief suffices
 */
export function trustNeeded(deal, steps, step = 1) {
  const at = placeStep(deal.delta, steps, step);
  const needed = (one) => trust(stepGap(one, at), stepLoss(one, at));
  const [a, b] = sides(deal);
  return [needed(a), needed(b)];
}

/** Belief that one side needs. */
function trust(gap, loss) {
  if (gap < -TOLERANCE || (gap <= TOLERANCE && loss > TOLERANCE)) return NaN;
  return loss <= TOLERANCE ? 0 : loss / (loss + gap);
}

/** Name the game that the two sides play in the first step. */
function firstStepGame(deal, steps) {
  const at = placeStep(deal.delta, steps, 1);
  const both = sides(deal);
  const feared = both.every((one) => stepLoss(one, at) > TOLERANCE);
  const better = both.every((one) => one.w * at.mean > -one.alpha);
  if (!(feared && better)) return "neither";
  const gaps = both.map((one) => stepGap(one, at));
  if (Math.min(...gaps) >= -TOLERANCE) return "stag_hunt";
  return Math.max(...gaps) < -TOLERANCE ? "prisoners_dilemma" : "neither";
}

// ---------------------------------------------------------------- third parties, deadline

/** How fully each third party enforces sanctions: its will, and what secondary sanctions add. */
function enforced(values) {
  const { exposure, willingness } = SETTINGS.parties;
  return willingness.map((lever, m) => Math.min(Math.max(values[lever] + exposure[m] * values.sigma, 0), 1));
}

/** Sanctions pressure: the lever if given, else what the third parties make of it. */
export function effectivePressure(levers) {
  const values = leverValues(levers);
  if (values.pressure !== null) return values.pressure;
  const { weights } = SETTINGS.parties;
  return Math.min(
    enforced(values).reduce((sum, e, m) => sum + weights[m] * e, 0),
    1,
  );
}

/**
 * Pressure at which a bargain changes its kind; infinite where no pressure is enough, or too much.
 * @param {Deal} deal the bargain under full pressure
 * @returns {{s_1: number, s_K: number, s_F: number, s_max: number}}
 */
export function thresholds(deal) {
  const d = checkedDeal(deal);
  const late = 1 - d.delta;
  const stick = proofWeight(d.delta, d.q_b) * d.rho_a * d.v_b;
  const held = d.v_a * proofWeight(d.delta, d.q_a) * d.rho_b + late * d.a_a;
  const taken = d.rho_a * d.c_a;
  const ahead = d.delta * d.v_b;
  const root = Math.sqrt(ahead ** 2 + 4 * late * stick * d.c_b);
  return {
    s_1: Math.sqrt(over(d.c_b - late * d.a_b, stick)),
    s_K: Math.sqrt(over(d.c_b * d.rho_b - late * d.a_b, stick)),
    s_F: d.a_b > 0 ? over(d.c_b, d.v_b) : over(2 * d.c_b, ahead + root),
    s_max: taken > 0 ? over(held, taken) : Infinity,
  };
}

/**
 * What lies between the wills of the third parties and the bargain.
 * @param {Object} levers
 * @returns {Object} the keys of Python's `third_party_read_out`; null where no pressure is meant
 */
export function thirdPartyReadOut(levers = {}) {
  const values = leverValues(levers);
  const deal = effectiveDeal(values);
  const found = Object.entries(thresholds(underFullPressure(values)));
  return {
    willingness: SETTINGS.parties.willingness.map((lever) => values[lever]),
    enforcement: enforced(values),
    pressure: effectivePressure(values),
    relief_worth: deal.v_b,
    snapback: deal.rho_a,
    ...Object.fromEntries(found.map(([key, s]) => [key, plain(s)])),
  };
}

/**
 * Fewest slices that hold at every pressure from none to full; 0 where none within 24 hold.
 * @param {Object} levers those of the third parties do not matter here
 * @param {number} [points]
 * @returns {number[]}
 */
export function slicesByPressure(levers = {}, points = 101) {
  const values = leverValues(levers);
  const full = underFullPressure(values);
  return Array.from({ length: points }, (_, i) => {
    const s = i / (points - 1);
    return minimumSteps({ ...full, v_b: full.v_b * s, rho_a: full.rho_a * s }, { first: values.first });
  });
}

/** Deal that a set of levers would mean if everyone enforced sanctions fully when it starts. */
function underFullPressure(values) {
  return effectiveDeal({ ...values, pressure: 1, drift: 0 });
}

/** Largest share of the package that can be reached in equal steps by a deadline. */
function largestShare(deal, deadline, first) {
  const rounds = whole("deadline", deadline, 1);
  if (holds(deal, rounds, first)) return 1;
  const toCome = stepsToCome(deal.delta, rounds - 1);
  return Math.min(...sides(deal).map((one, i) => reachable(one, toCome, rounds, "ab"[i] === first)));
}

/** Share of the package that one side's first and last step allow; a leader's, keeping. */
function reachable({ v, c, w, rho, stick, alpha, keep }, toCome, rounds, leads) {
  if (w < -TOLERANCE * c) return 0;
  if (leads) return cap(alpha, alpha - keep, c);
  const last = cap(alpha, (c * (1 - rho)) / rounds - (keep - alpha), c);
  return Math.min(cap(alpha * rounds, c - v * stick - w * toCome, c), last);
}

/** Share at which a need per unit of the deal is just covered, 1 at most. */
function cap(cover, need, cost) {
  return need > TOLERANCE * cost ? Math.min(cover / need, 1) : 1;
}

/**
 * Rounds of stalemate after which Pyongyang would no longer keep any deal. `room` is how often
 * today's pressure goes into full pressure, beyond which it cannot grow.
 */
function roundsLeft(deal, { erosion, growth }, room) {
  const d = checkedDeal(deal);
  const forfeits = proofWeight(d.delta, d.q_b) * d.rho_a * d.v_b;
  const regains = d.c_b * d.rho_b;
  if (forfeits <= 0) return 0;
  const slack = regains > 0 ? Math.log(forfeits) - Math.log(regains) : Infinity;
  const growing = until(slack, Math.log1p(growth) - 2 * Math.log1p(-erosion));
  const atFull = erosion < 0 ? until(slack + 2 * Math.log(room), Math.log1p(growth)) : Infinity;
  return Math.min(growing, atFull);
}

/** Whole rounds until a slack that shrinks by `speed` a round is used up. */
function until(slack, speed) {
  if (!(slack >= 0 && slack < Infinity)) return slack < 0 ? 0 : Infinity;
  return speed > 0 ? Math.max(0, Math.floor(slack / speed + 1e-9)) : Infinity;
}

// ---------------------------------------------------------------- read-outs

/**
 * Check lever values and fill in the defaults of those that are missing.
 * @param {Object} levers lever id -> value; null and undefined count as missing
 * @returns {Object} a value for every lever; a missing `pressure` is null
 */
export function leverValues(levers) {
  const known = SETTINGS.levers;
  const given = Object.entries(levers).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of given) checkLever(name, value);
  const full = Object.fromEntries(Object.entries(known).map(([name, one]) => [name, one.default]));
  return { ...full, pressure: null, ...Object.fromEntries(given) };
}

/** Refuse a lever that does not exist, or a value outside its range. */
function checkLever(name, value) {
  if (!Object.hasOwn(SETTINGS.levers, name)) {
    const names = Object.keys(SETTINGS.levers).join(", ");
    throw new RangeError(`No lever named '${name}'. Choose one of: ${names}.`);
  }
  const { choices, min, max, step } = SETTINGS.levers[name];
  if (choices) return void checkFirst(value);
  if (step === 1) return void whole(name, value, min, max);
  if (typeof value === "number" && value >= min && value <= max) return undefined;
  throw new RangeError(`${name} = ${value} is outside its range. Choose a number from ${min} to ${max}.`);
}

/** Sanctions pressure when the bargain starts, after the wait. */
export function pressureThen(levers) {
  const x = leverValues(levers);
  return Math.min(1, effectivePressure(x) * (1 + x.drift) ** x.wait);
}

/**
 * Deal that a set of levers means: pressure, price, resistance at home and waiting counted in.
 * @param {Object} levers
 * @returns {Deal}
 */
export function effectiveDeal(levers) {
  const x = leverValues(levers);
  const s = pressureThen(x);
  return {
    delta: x.delta,
    v_a: x.v_a,
    v_b: x.v_b_full * s * x.theta,
    c_a: (1 + x.h_a) * x.theta,
    c_b: (1 + x.h_b) * (1 + x.growth) ** x.wait,
    rho_a: x.rho_a_legal * s,
    rho_b: x.rho_b,
    q_a: x.q_a,
    q_b: x.q_b,
    a_a: x.a_a,
    a_b: x.a_b,
  };
}

/**
 * Find the slice that is most likely to break; of equal gaps the earliest, then Washington's.
 * @param {[number[], number[]]} gaps from `margins`
 * @returns {{side: "a" | "b", slice: number, gap: number}}
 */
export function weakest(gaps) {
  const slices = gaps.map((row) => row.slice(0, -1));
  const least = Math.min(...slices.flat());
  const near = (gap) => gap <= least + TOLERANCE;
  const k = slices[0].findIndex((gap, j) => near(gap) || near(slices[1][j]));
  const i = near(slices[0][k]) ? 0 : 1;
  return { side: i === 0 ? "a" : "b", slice: k + 1, gap: slices[i][k] };
}

/**
 * Compute every number that an explorer shows.
 * @param {Object} levers lever id -> value; what is missing takes its default
 * @returns {Object} the keys of Python's `read_out`; null where undefined
 */
export function readOut(levers = {}) {
  const x = leverValues(levers);
  const deal = effectiveDeal(x);
  const gaps = margins(deal, x.N, { first: x.first });
  const [valueA, valueB] = dealValue(deal, x.N).map((worth) => worth * x.delta ** x.wait);
  const [nowA, nowB] = dealValue(effectiveDeal({ ...x, wait: 0 }), x.N);
  return {
    margins: gaps,
    weakest: weakest(gaps),
    holds: holds(deal, x.N, x.first),
    value_a: valueA,
    value_b: valueB,
    minimum_steps: minimumSteps(deal, { first: x.first }),
    ...zone(x),
    ...firstTrust(deal, x),
    pressure: effectivePressure(x),
    largest_share_by_deadline: largestShare(deal, x.deadline, x.first),
    window_rounds_left: windowLeft(deal, x),
    value_now_a: nowA,
    value_now_b: nowB,
    pressure_then: pressureThen(x),
  };
}

/** Trust needed and the game of the first step, while both move at once; a leader makes it another game. */
function firstTrust(deal, { N, first }) {
  if (first !== "both") return { trust_a: null, trust_b: null, game: null };
  const [a, b] = trustNeeded(deal, N);
  return { trust_a: plain(a), trust_b: plain(b), game: firstStepGame(deal, N) };
}

/** Rounds left from the start of the bargain, at the speed that is set or else assumed. */
function windowLeft(deal, x) {
  const speed = x.drift || x.growth ? { erosion: -x.drift, growth: x.growth } : SETTINGS.window;
  const s = pressureThen(x);
  return plain(roundsLeft(deal, speed, s ? 1 / s : 1));
}

/** Give the price zone at price 1, before any audience cost. */
function zone(values) {
  const deal = { ...effectiveDeal({ ...values, theta: 1 }), a_a: 0, a_b: 0 };
  const [low, high] = priceZone(deal, values.N, { first: values.first });
  return { zone_low: plain(low), zone_high: plain(high) };
}

/** Give a finite number, anything else as null. */
function plain(x) {
  return Number.isFinite(x) ? x : null;
}

// ---------------------------------------------------------------- numbers on the screen

/** Write the size of a number, rounded half up after 1e-9 is added. */
function sizeText(x, digits) {
  return (Math.abs(x) + 1e-9).toFixed(digits);
}

/**
 * Round half away from zero, after 1e-9 is added in the number's own direction.
 * @param {number} x
 * @param {number} [digits]
 * @returns {number} never -0
 */
export function roundHalfAway(x, digits = 2) {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e21) return x;
  const size = Number(sizeText(x, digits));
  return x < 0 && size ? -size : size;
}

/**
 * Write a number for the screen, with a true minus sign.
 * @param {number} x
 * @param {number} [digits]
 * @returns {string}
 */
export function numberText(x, digits = 2) {
  return (roundHalfAway(x, digits) < 0 ? "\u2212" : "") + sizeText(x, digits);
}

/**
 * Write a number with its sign: "+0.10", "−0.02", "0.00".
 * @param {number} x
 * @param {number} [digits]
 * @returns {string}
 */
export function signedText(x, digits = 2) {
  return (roundHalfAway(x, digits) > 0 ? "+" : "") + numberText(x, digits);
}

/**
 * Write a safety gap, so that it never looks like 0 when it is not.
 * @param {number} x
 * @returns {string} "+0.10", or "just above 0" for what would show as 0.00
 */
export function gapText(x) {
  if (roundHalfAway(x)) return signedText(x);
  const { just_above: above, just_below: below, zero } = SETTINGS.words;
  if (Math.abs(x) <= 1e-12) return zero;
  return x > 0 ? above : below;
}
