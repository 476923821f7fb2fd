// What the predictions tied to an explorer do to it: they lock it, stop its levers, leave their guesses on the chart, and
// are told when a lever gets to where they asked for it.

import { arrive, guessOf, isReached, tie, watchAsked } from "../page/asked.js";
import { el, write } from "../page/dom.js";
import { isAnswered } from "../page/gate.js";
import { bringIntoSight, keepStill } from "../page/sight.js";
import { fill } from "../page/words.js";
import { decode } from "./codes.js";
import { leverText } from "./levers.js";
import { held, standsAt, turn } from "./turn.js";

const SLOWLY = 900; // ms in which "Show me" moves a lever

export class Predictions {
  #hidden = false; // the reader took the guesses off the chart
  #guesses = []; // those that stay on the chart, in the order of their questions

  /** @param {any} frame  the explorer's */
  constructor(frame) {
    const { model, spec, words } = frame;
    this.frame = frame;
    this.words = words.asked;
    const ids = model.get("predict").split(" ").filter(Boolean);
    const began = model.get("_began");
    const start = began ? decode(spec, words.code, began).state : { preset: model.get("preset"), values: {} };
    this.tied = { ids, asks: model.get("asks") ?? {}, start };
    this.list = el("ul", {});
    const turned = frame.guard(() => {
      this.#hidden = !this.#hidden;
      frame.paint();
    });
    this.toggle = el("button", { class: "kd-link", "data-action": "guesses", onclick: turned });
    this.node = el("div", { class: "kd-guesses", hidden: true }, this.list, this.toggle);
  }

  /** Listen, and say to the cards who answers them. */
  start() {
    const { frame } = this;
    watchAsked(frame.paint, frame.signal);
    const says = (id) => this.#settings(this.tied.asks[id]);
    const go = frame.guard((id) => this.#go(id));
    const asking = this.tied.ids.filter((id) => this.tied.asks[id]);
    tie(asking, { says, mayGo: (id) => this.#mayGo(id), go }, frame.signal);
  }

  get #turn() {
    return turn(this.tied, isAnswered);
  }

  get locked() {
    return this.#turn.locked;
  }

  /** Whether a question is still to be answered before all is free. */
  get stops() {
    return this.#turn.stop !== null;
  }

  /** Where a lever, or the choice of a start, may go at most. */
  held = (lever, value) => held(this.tied, this.#turn.stop, lever, value);

  /** Why a lever goes no further; empty where it may. */
  stopText = (id, value) => {
    const { stop } = this.#turn;
    if (stop === null || this.tied.asks[stop][id] !== value) return "";
    return fill(this.words.stop, { value: leverText(this.frame.spec.levers[id], value) });
  };

  /** Tell the cards whose setting the levers stand at. */
  arrive(store) {
    if (this.frame.locked) return;
    const { ids, asks } = this.tied;
    const waits = (id) => asks[id] && isAnswered(id) && !isReached(id);
    const here = ids.filter((id) => waits(id) && standsAt(store.spec.levers, this.#whole(id), store.state));
    // A card that opens above must not push the lever away from under the hand.
    if (here.length) keepStill(this.frame.root, () => here.forEach(arrive));
  }

  /** An earlier question comes first: its answer would be seen on the way. */
  #mayGo(id) {
    const { locked, stop } = this.#turn;
    const { ids } = this.tied;
    return !this.frame.locked && !locked && (stop === null || ids.indexOf(id) <= ids.indexOf(stop));
  }

  /** What a question asks for, and the start that it takes for granted. */
  #whole(id) {
    const { asks, start } = this.tied;
    return { preset: start.preset, ...asks[id] };
  }

  #go(id) {
    const { frame, tied } = this;
    const [store] = frame.history.stores;
    const asked = this.#whole(id);
    const isBack = asked.preset === tied.start.preset && store.state.preset !== asked.preset;
    const parts = [".kd-main", ".kd-levers"].map((part) => frame.root.querySelector(part));
    bringIntoSight(parts.find((part) => part?.getClientRects().length) ?? frame.root); // on a phone the first has no box
    frame.glide.over(() => store.go({ ...(isBack ? tied.start.values : {}), ...asked }), SLOWLY);
  }

  /** A setting in words: "Sanctions pressure to 0.60". */
  #settings(asked) {
    const { levers, presets } = this.frame.spec;
    const said = Object.entries(asked).map(([id, value]) => {
      if (id === "preset") return fill(this.words.choose, { preset: presets[value].label });
      return fill(this.words.move, { lever: levers[id].label, value: leverText(levers[id], value) });
    });
    return said.join(" ");
  }

  /** The guesses that the chart marks now. */
  get marked() {
    return this.#hidden ? [] : this.#guesses;
  }

  /** Read the guesses anew, and say them above the chart. */
  paint() {
    const { tied, words } = this;
    const guesses = tied.ids.map((id) => ({ id, ...guessOf(id) })).filter(({ text }) => text !== undefined);
    this.#guesses = guesses;
    this.node.hidden = guesses.length === 0;
    const line = ({ id, text, room }) => {
      const values = { setting: this.#place(this.tied.asks[id]), text };
      return el(
        "li",
        { "data-guess": id, class: isReached(id) ? "kd-met" : null },
        fill(room ? words.room : words.guess, values),
      );
    };
    this.list.hidden = this.#hidden;
    this.list.replaceChildren(...guesses.map(line));
    write(this.toggle, this.#hidden ? words.show : words.hide);
  }

  /** A setting in short: what a guess is a guess of. */
  #place(asked) {
    const { levers, presets } = this.frame.spec;
    const said = Object.entries(asked ?? {}).map(([id, value]) =>
      id === "preset" ? presets[value].label : `${levers[id].label} ${leverText(levers[id], value)}`,
    );
    return said.join(", ");
  }
}
