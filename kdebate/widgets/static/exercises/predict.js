// Predict: a claim first, then the chart. Stored or skipped, it opens the levers of the explorers tied to it.

import { el } from "../page/dom.js";
import { button, choices, facts, mountExercise, numberField, opener, textField } from "./card.js";
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

/** How far the claim is from what is seen. */
function gapText(ctx, claim, control) {
  const { question, say } = ctx;
  if (question.answer === undefined || claim === undefined) return null;
  if (claim === question.answer) return say("predict.same");
  if (typeof question.answer !== "number") return say("predict.other");
  return say("predict.distance", { gap: control.text(Math.abs(claim - question.answer)) });
}

/** For a lecturer: hands counted for the room, or the levers opened without. */
function roomBox(ctx, control, store) {
  const { say } = ctx;
  const counts = (control.options ?? []).map((option) => {
    const id = ctx.freshId();
    const input = el("input", {
      type: "number",
      id,
      min: 0,
      max: 999,
      step: 1,
      inputmode: "numeric",
      "data-room": option.id,
    });
    return {
      option,
      input,
      row: el(
        "div",
        { class: "kdx-count" },
        el("label", { for: id }, say("predict.room_count", { option: option.text })),
        input,
      ),
    };
  });
  const save = () => {
    const hands = Object.fromEntries(
      counts
        .filter(({ input }) => input.value !== "")
        .map(({ option, input }) => [option.id, Math.min(999, Math.max(0, Math.round(input.valueAsNumber)))]),
    );
    if (Object.keys(hands).length) store({ room: hands });
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

function create(ctx) {
  const { question, say } = ctx;
  const control = claimControl(ctx);
  const reason = textField(ctx, "", question.because ?? say("predict.because"), {
    rows: 1,
    oninput: () => ctx.touch(),
  });
  const why = textField(ctx, "why", question.why ?? say("predict.why"), { rows: 2, oninput: () => auto.touched() });
  const auto = autoStore(ctx, () => ctx.storeQuietly(read()));
  const after = el("div", { class: "kdx-after", hidden: true });
  const [roomButton, room] = roomBox(ctx, control, settle);
  const before = el(
    "div",
    { class: "kdx-before" },
    control.node,
    reason.row,
    el(
      "div",
      { class: "kdx-buttons" },
      button(say("predict.store"), "store", null, { type: "submit", class: "kd-button kdx-main" }),
      button(
        say("predict.skip"),
        "skip",
        ctx.guard(() => settle({ skipped: true })),
        { class: "kd-link" },
      ),
      roomButton,
    ),
    room,
  );

  /** Store, fold, and lead the keyboard to what comes next. */
  function settle(answer) {
    if (!ctx.store(answer)) return;
    ctx.endSitting();
    show(answer);
    why.field.focus({ preventScroll: true });
  }

  /** What would be stored now: a claim, or one more sentence to the one that is stored. */
  function read() {
    return after.hidden
      ? { claim: control.read(), reason: reason.field.value.trim() }
      : { ...ctx.latest(), why: why.field.value };
  }

  function submit() {
    if (!after.hidden) return auto.flush();
    if (control.read() === null) return ctx.tell(say("card.nothing_yet"));
    return settle(read());
  }

  function said({ claim, reason: because, room: hands }) {
    if (hands) return [say("predict.room_said"), roomText(ctx, control, hands)];
    if (claim === undefined) return [say("predict.said"), say("predict.skipped")];
    const text = control.text(claim);
    return [say("predict.said"), because ? say("predict.said_because", { claim: text, reason: because }) : text];
  }

  const isAnswer = isShape({
    reason: maybe(isText),
    why: maybe(isText),
    room: maybe(isMapOf((id) => (control.options ?? []).some((option) => option.id === id), isCount)),
    claim: maybe(control.fits),
  });
  const accepts = (answer) =>
    isAnswer(answer) && (answer.skipped === true || Boolean(answer.room) || control.fits(answer.claim));
  const describe = (answer) => `${said(answer).join(": ")}\n${answer.why ?? ""}`.trim();

  function show(answer) {
    const settled = answer !== null;
    before.hidden = settled;
    after.hidden = !settled;
    ctx.done(settled);
    if (!settled) return;
    const gap = gapText(ctx, answer.claim, control);
    const pairs = [
      said(answer),
      [say("predict.see"), question.result ?? say("predict.look")],
      ...(gap ? [[say("predict.gap"), gap]] : []),
    ];
    after.replaceChildren(facts(pairs), why.row);
    if (document.activeElement !== why.field) why.field.value = answer.why ?? "";
  }

  ctx.root.addEventListener(
    "focusout",
    ctx.guard((event) => {
      if (!ctx.root.contains(event.relatedTarget)) auto.flush();
    }),
  );
  return {
    nodes: [before, after],
    accepts,
    describe,
    read,
    show,
    submit,
    texts: (answer) => [answer.why ?? ""],
    flush: auto.flush,
    stop: auto.stop,
  };
}

export default { render: (context) => mountExercise(context, create) };
