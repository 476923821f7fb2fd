// Questions: several quizzes in one frame, one at a time. Each is a card of its own, with its own place in the journal.

import { Card, freshPrefix } from "../frame/card.js";
import { tabRow } from "../frame/tabs.js";
import { el, icon } from "../page/dom.js";
import { fill } from "../page/words.js";
import { button, modelOf } from "./card.js";
import quiz from "./quiz.js";

class Questions extends Card {
  #at = 0; // the question in sight
  #met = false; // the reader chose where to be, so nothing else may

  /** @param {import("../types.d.ts").Context} context */
  constructor({ model, link, signal }) {
    const { questions, ...spec } = model.get("_spec");
    const prefix = freshPrefix();
    const title = el(
      "div",
      { class: "kd-sr", id: prefix },
      fill(spec.words.questions.title, { count: questions.length }),
    );
    super(title, { "data-kdebate": "Questions", class: "kd kdx kdq" });
    this.words = spec.words.questions;
    this.cards = questions.map((question, i) => this.#card(question, i));
    const choose = this.guard((id) => this.#go(Number(id)));
    this.tabs = tabRow(prefix, this.words.tabs, this.cards, choose);
    const next = this.guard(() => this.#go(this.#at + 1, true));
    this.next = button(this.words.next, "next", next);
    this.add(title, this.tabs.node, ...this.cards.map(({ panel }) => panel), this.next);
    this.signs = [...this.tabs.node.children].map((tab) => {
      const sign = el("span", { class: "kdq-sign" });
      tab.append(sign);
      return sign;
    });
    this.root.addEventListener("focusin", () => (this.#met = true));
    this.start = this.guard(() => this.#start({ model, link, signal }, spec, questions));
  }

  #card(question, i) {
    const panel = el("div", { class: "kdq-panel" });
    return { id: String(i), name: fill(this.words.tab, { n: i + 1 }), panel };
  }

  #start(context, spec, questions) {
    this.cards.forEach(({ panel }, i) => {
      quiz.render({ ...context, el: panel, model: modelOf(context.model, spec, questions[i]) });
      this.#cardIn(panel).addEventListener(
        "kdebate:done",
        this.guard(() => this.#done()),
      );
    });
    this.#done();
  }

  #cardIn = (panel) => panel.querySelector("[data-kdebate-exercise]");

  /** Show a question; `leads` where the keyboard goes along. */
  #go(at, leads = false) {
    this.#at = at;
    this.tabs.show(String(at));
    this.#paint();
    if (leads) this.cards[at].panel.querySelector("input").focus();
  }

  #isDone = ({ panel }) => this.#cardIn(panel).classList.contains("kdx-done");

  /** What is answered has its sign; until the reader is here, the first open question is in sight. */
  #done() {
    if (this.#met) return this.#paint();
    const open = this.cards.findIndex((card) => !this.#isDone(card));
    return this.#go(Math.max(0, open));
  }

  #paint() {
    this.cards.forEach((card, i) => this.#mark(card, this.signs[i]));
    const isLast = this.#at === this.cards.length - 1;
    this.next.hidden = isLast;
    this.next.classList.toggle("kdx-main", this.#isDone(this.cards[this.#at]));
    this.root.dataset.done = String(this.cards.filter(this.#isDone).length);
  }

  #mark(card, sign) {
    const isRight = this.#cardIn(card.panel).classList.contains("kdx-solved");
    const said = this.#isDone(card) ? this.words[isRight ? "right" : "shown"] : "";
    if (sign.textContent === said) return;
    sign.replaceChildren(...(isRight ? [icon("tick")] : []), el("span", { class: isRight ? "kd-sr" : "" }, said));
  }
}

function render(context) {
  const card = new Questions(context);
  context.el.replaceChildren(card.root);
  card.start();
}

export default { render };
