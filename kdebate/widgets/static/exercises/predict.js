// Predict: a claim first, then the chart. Stored or skipped, it opens the levers of the explorers tied to it; where it asks
// for a setting, its result waits until the lever stands there.

import { arrive, explorerOf, isReached, setGuess, watchAsked } from "../page/asked.js";
import { el } from "../page/dom.js";
import { watchGates } from "../page/gate.js";
import { unsealed } from "../page/sealed.js";
import {
  button,
  choices,
  countField,
  facts,
  mainButton,
  mountExercise,
  numberField,
  opener,
  textField,
  verdictLine,
} from "./card.js";
import { compared, guess } from "./compared.js";
import { autoStore } from "./reflect.js";
import { isCount, isMapOf, isOneOf, isShape, isText, isWithin, maybe } from "./shapes.js";

const DIRECTIONS = [
  ["up", "up"],
  ["same", "same_direction"],
  ["down", "down"],
];
const round = (value) => Number(value.toFixed(6));

/** The control for the claim, whichever way the question asks. */
function claimControl(ctx) {
  const { question, say } = ctx;
  const oninput = () => ctx.touch();
  if (question.ask === "value" || question.ask === "probability") {
    const percent = question.ask === "probability";
    const scale = percent ? 100 : 1;
    const limits = percent ? { min: 0, max: 100, step: 1, unit: "%" } : question;
    const control = numberField(ctx, {
      ...limits,
      label: say(`predict.${question.ask}`),
      name: `${question.id}.claim`,
      oninput,
    });
    const text = (value) => `${round(value * scale)}${limits.unit ? ` ${limits.unit}` : ""}`;
    return {
      node: control.row,
      text,
      fits: percent ? isWithin(0, 1) : isWithin(limits.min, limits.max),
      read: () => (control.value === null ? null : round(control.value / scale)),
    };
  }
  const options = question.options ?? DIRECTIONS.map(([id, word]) => ({ id, text: say(`predict.${word}`) }));
  const control = choices(ctx, options, { legend: question.prompt, row: options.length <= 4, onchange: oninput });
  const text = (id) => options.find((option) => option.id === id)?.text ?? String(id);
  return { node: control.box, options, text, fits: isOneOf(options), read: () => control.chosen[0] ?? null };
}

/** For a lecturer: hands counted for the room, or the levers opened without. */
function roomBox(ctx, control, store) {
  const { say } = ctx;
  const counts = (control.options ?? []).map(({ id, text }) => {
    const label = say("predict.room_count", { option: text });
    return { id, ...countField(ctx, label, { "data-room": id }) };
  });
  const save = () => {
    const hands = counts.map(({ id, read }) => [id, read()]).filter(([, count]) => count !== null);
    if (hands.length) store({ room: Object.fromEntries(hands) });
    else ctx.tell(say("card.nothing_yet"));
  };
  const open = button(
    say("predict.room_open"),
    "room-open",
    ctx.guard(() => store({ room: {} })),
  );
  const box = el(
    "div",
    { class: "kdx-room", id: ctx.freshId() },
    el("p", { class: "kdx-hint" }, say("predict.room_help")),
    ...counts.map(({ row }) => row),
    el(
      "div",
      { class: "kdx-buttons" },
      counts.length ? button(say("predict.room_store"), "room-store", ctx.guard(save)) : null,
      open,
    ),
  );
  return [opener(say("predict.room"), "room", box), box];
}

function roomText(ctx, control, room) {
  const votes = Object.entries(room).map(([id, count]) =>
    ctx.say("predict.room_vote", { option: control.text(id), count }),
  );
  return votes.length ? votes.join("; ") : ctx.say("predict.room_opened");
}

/** Whether something is an answer to this question: a claim, a skip or a room, and perhaps why. */
function fitsAnswer({ options = [], fits }) {
  const isOption = (id) => options.some((option) => option.id === id);
  const room = maybe(isMapOf(isOption, isCount));
  const isAnswer = isShape({ reason: maybe(isText), why: maybe(isText), room, claim: maybe(fits) });
  return (answer) => isAnswer(answer) && (answer.skipped === true || Boolean(answer.room) || fits(answer.claim));
}

/** The hands of a room as bars. */
function roomBars(control, room) {
  const most = Math.max(1, ...Object.values(room));
  const bar = ([id, count]) =>
    el(
      "li",
      {},
      el("span", {}, control.text(id)),
      el("span", { class: "kdx-bar", style: `--kdx-part:${(100 * count) / most}%`, "aria-hidden": "true" }),
      el("b", {}, String(count)),
    );
  return el("ul", { class: "kdx-bars" }, ...Object.entries(room).map(bar));
}

class Predict {
  #answer = null; // what is stored
  #told = ""; // what the card says of it, so that the same is not announced twice

  constructor(ctx) {
    const { question, say } = ctx;
    this.ctx = ctx;
    this.control = claimControl(ctx);
    this.accepts = fitsAnswer(this.control);
    this.auto = autoStore(ctx, () => ctx.storeQuietly(this.read()));
    this.flush = this.auto.flush;
    const because = question.because ?? say("predict.because");
    this.reason = textField(ctx, "", because, { rows: 1, oninput: () => ctx.touch() });
    const why = question.why ?? say("predict.why");
    this.why = textField(ctx, "why", why, { rows: 2, oninput: () => this.auto.touched() });
    this.before = this.#asking();
    this.outcome = el("div", { class: "kdx-outcome", role: "status" });
    const go = ctx.guard(() => this.#showMe());
    this.showMe = button(say("predict.show"), "show", go, { hidden: true });
    this.after = el("div", { class: "kdx-after", hidden: true }, this.why.row);
    this.nodes = [this.before, this.outcome, el("div", { class: "kdx-buttons" }, this.showMe), this.after];
    this.#listen();
  }

  #listen() {
    const { ctx } = this;
    const left = (event) => ctx.root.contains(event.relatedTarget) || this.flush();
    ctx.root.addEventListener("focusout", ctx.guard(left));
    const listening = new AbortController();
    const changed = ctx.guard(() => this.#answer !== null && this.#paint());
    for (const watch of [watchAsked, watchGates]) watch(changed, listening.signal);
    this.stop = () => {
      this.auto.stop();
      listening.abort();
    };
    ctx.signal.addEventListener("abort", this.stop);
  }

  /** What stands on the card before an answer is stored. */
  #asking() {
    const { ctx, control, reason } = this;
    const { say } = ctx;
    const [roomButton, room] = roomBox(ctx, control, (answer) => this.#settle(answer));
    const skipped = ctx.guard(() => this.#settle({ skipped: true }));
    const skip = button(say("predict.skip"), "skip", skipped, { class: "kd-link" });
    const buttons = el("div", { class: "kdx-buttons" }, mainButton(say("predict.store")), skip, roomButton);
    return el("div", { class: "kdx-before" }, control.node, reason.row, buttons, room);
  }

  /** Store, fold, and lead the keyboard to what comes next. */
  #settle(answer) {
    if (!this.ctx.store(answer)) return;
    this.ctx.endSitting();
    this.show(answer);
    this.#lead();
  }

  #lead() {
    const next = [this.why.field, this.showMe].find((node) => node.offsetParent !== null);
    next?.focus({ preventScroll: true });
  }

  /** Whether the result may be seen: at once where no lever is asked for, else when it stood there. */
  get isOpen() {
    const { at, id } = this.ctx.question;
    return this.#answer !== null && (at === undefined || isReached(id));
  }

  /** Send the explorer to the asked setting; where there is none on the page, the result opens as it is. */
  #showMe() {
    const { id } = this.ctx.question;
    const explorer = explorerOf(id);
    this.showMe.dataset.pressed = "";
    if (explorer) explorer.go(id);
    else arrive(id);
  }

  /** What would be stored now: a claim, or one more sentence to the one that is stored. */
  read() {
    return this.#answer === null
      ? { claim: this.control.read(), reason: this.reason.field.value.trim() }
      : { ...this.ctx.latest(), why: this.why.field.value };
  }

  submit() {
    if (this.#answer !== null) return this.flush();
    if (this.control.read() === null) return this.ctx.tell(this.ctx.say("card.nothing_yet"));
    return this.#settle(this.read());
  }

  texts(answer) {
    return [answer.why ?? ""];
  }

  #said({ claim, reason, room }) {
    const { say } = this.ctx;
    if (room) return [say("predict.room_said"), roomText(this.ctx, this.control, room)];
    if (claim === undefined) return [say("predict.said"), say("predict.skipped")];
    const text = this.control.text(claim);
    return [say("predict.said"), reason ? say("predict.said_because", { claim: text, reason }) : text];
  }

  /** What was said, on the card: hands as bars. */
  #shown(answer) {
    const [term, text] = this.#said(answer);
    const isCounted = Object.keys(answer.room ?? {}).length > 0;
    return [term, isCounted ? roomBars(this.control, answer.room) : text];
  }

  describe(answer) {
    return `${this.#said(answer).join(": ")}\n${answer.why ?? ""}`.trim();
  }

  show(answer) {
    const { why, ctx } = this;
    this.#answer = answer;
    setGuess(ctx.question.id, answer && guess(ctx.question, answer, this.control.text));
    this.#paint();
    if (answer !== null && document.activeElement !== why.field) why.field.value = answer.why ?? "";
  }

  #paint() {
    const { before, after, ctx, outcome, showMe } = this;
    const [answer, { isOpen }] = [this.#answer, this];
    before.hidden = answer !== null;
    after.hidden = !isOpen;
    ctx.done(isOpen);
    const explorer = explorerOf(ctx.question.id);
    const mayGo = !explorer || explorer.mayGo(ctx.question.id);
    const wasSent = "pressed" in showMe.dataset && isOpen;
    showMe.hidden = answer === null || isOpen || !mayGo;
    const nodes = answer === null ? [] : isOpen ? this.#result(answer) : this.#waiting(answer, explorer, mayGo);
    const told = nodes.map(({ textContent }) => textContent).join("\n");
    if (told !== this.#told) outcome.replaceChildren(...nodes);
    this.#told = told;
    if (!wasSent) return;
    delete showMe.dataset.pressed;
    this.#lead();
  }

  /** What was said, and what to move now. */
  #waiting(answer, explorer, mayGo) {
    const { say, question } = this.ctx;
    const move = mayGo ? (explorer?.says(question.id) ?? say("predict.move")) : say("predict.earlier");
    return [facts([this.#shown(answer)]), el("p", { class: "kdx-move" }, move)];
  }

  /** What was said, what is seen, and how the two compare. */
  #result(answer) {
    const { question, say } = this.ctx;
    const { result, answer: right } = unsealed(question.sealed);
    const pairs = [this.#shown(answer), [say("predict.see"), result ?? say("predict.look")]];
    const found = compared(question, answer.claim, right);
    if (found === null) return [facts(pairs)];
    const gap = found.away === undefined ? "" : this.control.text(found.away);
    const verdict = verdictLine(found.right ? "right" : "surprise", say(found.key, { gap }));
    return [facts([...pairs, [say("predict.compared"), verdict]])];
  }
}

export default { render: (context) => mountExercise(context, (ctx) => new Predict(ctx)) };
