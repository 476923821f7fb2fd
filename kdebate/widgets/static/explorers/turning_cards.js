// Cards that turn. What stands on a back comes onto the page when its card is turned, not before.

import { Card, freshPrefix } from "../frame/card.js";
import { el, icon, write } from "../page/dom.js";
import { closed, watchGates } from "../page/gate.js";

/** The documents behind a card, and whether its words were checked against them. */
function sourceLine(words, { sources, unchecked }) {
  const links = sources.flatMap(({ text, url }, i) => [
    i ? "; " : " ",
    url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text,
  ]);
  const mark = unchecked ? el("p", { class: "kdc-source" }, words.unchecked) : null;
  const summary = el("summary", { "data-lm-suppress-shortcuts": "true" }, words.source);
  return el("div", {}, mark, el("details", { class: "kdc-source" }, summary, ...links));
}

/** One card, its face and its button; `turned` is called after it was turned. */
class Turning {
  isTurned = false;

  constructor(words, card, turned) {
    this.words = words;
    this.card = card;
    this.face = el("div", { class: "kdc-face", "aria-live": "polite" });
    this.word = el("span", {});
    const turn = () => {
      this.isTurned = !this.isTurned;
      this.face.classList.remove("kdc-turning");
      void this.face.offsetWidth; // so that the movement begins anew
      this.face.classList.add("kdc-turning");
      this.paint();
      turned();
    };
    const props = { class: "kd-button", "data-action": "turn", onclick: turn };
    this.button = card.back ? el("button", props, icon("turn"), this.word) : null;
    this.node = el("li", { class: "kdc-card" }, this.face, this.button);
    this.paint();
  }

  paint() {
    const { words, card, isTurned } = this;
    this.node.classList.toggle("kdc-turned", isTurned);
    const front = el("p", { class: isTurned ? "kdc-said" : "kdc-front" }, card.front);
    const said = isTurned ? [front, el("p", {}, card.back)] : [front];
    const source = isTurned || !card.back ? [sourceLine(words, card)] : [];
    this.face.replaceChildren(el("p", { class: "kdc-head" }, card.head), ...said, ...source);
    if (!this.button) return;
    write(this.word, isTurned ? words.back : words.turn);
    this.button.setAttribute("aria-label", `${this.word.textContent}: ${card.head}`);
  }

  close(is) {
    if (!this.button) return;
    this.button.disabled = is;
    if (!is || !this.isTurned) return;
    this.isTurned = false;
    this.paint();
  }
}

class TurningCards extends Card {
  /** @param {import("../types.d.ts").Context} context */
  constructor({ model, signal }) {
    const prefix = freshPrefix();
    const { words, title, after, cards } = model.get("_spec");
    const heading = el("div", { class: "kd-title", id: prefix }, title);
    super(heading, { role: "group", "data-kdebate": "TurningCards", "data-state": "ready" });
    this.sentence = after;
    this.lock = el("p", { class: "kd-lock" }, icon("lock"), el("span", {}, words.locked));
    this.cards = cards.map(
      (card) =>
        new Turning(
          words,
          card,
          this.guard(() => this.#tell()),
        ),
    );
    this.after = el("p", { class: "kdc-after", role: "status" });
    const list = el("ul", { class: "kdc-cards" }, ...this.cards.map(({ node }) => node));
    this.add(heading, list, this.lock, this.after);
    const look = this.guard(() => this.#look(closed(model.get("predict"))));
    watchGates(look, signal);
    look();
  }

  #look(isClosed) {
    this.lock.hidden = !isClosed;
    this.cards.forEach((card) => card.close(isClosed));
    this.#tell();
  }

  /** What the cards say together stands there when all that turn are turned. */
  #tell() {
    const isAll = this.cards.every(({ button, isTurned }) => !button || isTurned);
    write(this.after, isAll ? this.sentence : "");
    this.root.dataset.turned = String(this.cards.filter(({ isTurned }) => isTurned).length);
  }
}

export default { render: (context) => context.el.replaceChildren(new TurningCards(context).root) };
