// What a learner changed, over all stores of a page: undo, redo, reset, replay, and the code of the whole.

import { quiet } from "../page/sight.js";
import { toolButton } from "./card.js";

const GLIDE = 200; // ms of a replay or a preset
const HOLD = 500; // ms that a replay shows the state before
const DEEPEST = 200; // steps whose store is remembered
const APART = "|"; // between the codes of two states

/** A state between two, for replays: numbers glide and counts step; the first one stands whole while it is held. */
export function between(levers, from, to, share) {
  if (share === 0) return from;
  const values = { ...to.values };
  for (const [id, lever] of Object.entries(levers)) {
    const [start, end] = [from.values[id], to.values[id]];
    if (typeof end !== "number" || start === end) continue;
    const value = start + (end - start) * share;
    values[id] = lever.step === 1 ? Math.round(value) : value;
  }
  return { ...to, values };
}

/** The steps of all stores, in the order in which they were made. */
export class History {
  #past = []; // the store of each step
  #ahead = [];

  /** @param {import("./store.js").Store[]} stores */
  constructor(stores) {
    this.stores = stores;
  }

  /** A store made one more step. */
  note(store) {
    this.#past = [...this.#past, store].slice(-DEEPEST);
    this.#ahead = [];
  }

  undo() {
    this.#move(this.#past, this.#ahead, "canUndo", "undo");
  }

  redo() {
    this.#move(this.#ahead, this.#past, "canRedo", "redo");
  }

  /** The store whose step it is moves; after a reload the order is not known, and any will do. */
  #move(from, to, can, way) {
    const store = [from.pop(), ...this.stores].find((one) => one?.[can]);
    if (!store) return;
    store[way]();
    to.push(store);
  }

  reset(preset) {
    for (const store of this.stores) store.reset(preset);
  }

  get code() {
    return this.stores.map((store) => store.code).join(APART);
  }

  /** Restore a code; returns the sentences about values that had to be moved into range. */
  load(text) {
    const codes = this.stores.length > 1 ? text.split(APART) : [text];
    return this.stores.flatMap((store, i) => store.load(codes[i] ?? ""));
  }
}

/** Moves what is shown from one state to the next, frame by frame. */
export class Glide {
  #running = null;

  /**
   * @param {import("./store.js").Store[]} stores
   * @param {(stateOf: (store: any) => object) => void} show  shows each store in a state
   * @param {() => void} paint  shows the stores' own
   * @param {(work: Function) => (...args: any[]) => any} guard
   */
  constructor(stores, show, paint, guard) {
    this.stores = stores;
    this.show = show;
    this.paint = paint;
    this.guard = guard;
  }

  get isRunning() {
    return this.#running !== null;
  }

  stop() {
    if (!this.#running) return;
    cancelAnimationFrame(this.#running.frame);
    clearTimeout(this.#running.timer);
    this.#running = null;
  }

  /** Do something that changes the stores, and glide there. */
  over(work, time = GLIDE) {
    const from = new Map(this.stores.map((store) => [store, store.state]));
    work();
    this.#start(from, 0, time);
  }

  replay() {
    this.stop();
    this.#start(new Map(this.stores.map((store) => [store, store.before ?? store.state])), HOLD);
  }

  #start(from, hold, time = GLIDE) {
    if (quiet()) return;
    const start = performance.now() + hold;
    const step = this.guard((now) => {
      const share = Math.min(1, Math.max(0, (now - start) / time));
      if (share === 1) return this.paint();
      this.show((store) => between(store.spec.levers, from.get(store), store.state, 1 - (1 - share) ** 2));
      this.#running.frame = requestAnimationFrame(step);
    });
    // A page that is not on screen gets no frames: the end is painted all the same.
    this.#running = { frame: requestAnimationFrame(step), timer: setTimeout(this.paint, hold + time + 3 * GLIDE) };
  }
}

/** The buttons that walk the history, and how they are switched off. */
export function historyTools(words, history, glide, guard) {
  const { stores } = history;
  const tools = {
    undo: toolButton(
      words,
      "undo",
      guard(() => history.undo()),
    ),
    redo: toolButton(
      words,
      "redo",
      guard(() => history.redo()),
    ),
    replay: toolButton(
      words,
      "replay",
      guard(() => glide.replay()),
    ),
    reset: toolButton(
      words,
      "reset",
      guard(() => glide.over(() => history.reset())),
    ),
  };
  const can = {
    undo: () => stores.some(({ canUndo }) => canUndo),
    redo: () => stores.some(({ canRedo }) => canRedo),
    replay: () => stores.some(({ before }) => before),
    reset: () => !stores.every(({ atStart }) => atStart),
  };
  const paint = (locked) => {
    for (const [action, button] of Object.entries(tools)) button.disabled = locked || !can[action]();
  };
  return { buttons: Object.values(tools), paint };
}
