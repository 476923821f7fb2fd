// Poll: vote, talk, vote again. A lecturer writes down the hands.

import { el, tableNode, write } from "../page/dom.js";
import { button, choices, facts, mountExercise, opener } from "./card.js";
import { isCount, isMapOf, isOneOf, isShape, maybe } from "./shapes.js";

const ROUNDS = ["first", "second"];

function handsBox(ctx, store) {
  const { question, say } = ctx;
  const inputs = {};
  const rows = ROUNDS.flatMap((round) =>
    question.options.map((option) => {
      const id = ctx.freshId();
      const input = el("input", {
        type: "number",
        id,
        min: 0,
        max: 999,
        step: 1,
        inputmode: "numeric",
        "data-hands": `${round}.${option.id}`,
      });
      inputs[`${round}.${option.id}`] = input;
      return el(
        "div",
        { class: "kdx-count" },
        el("label", { for: id }, say("poll.hands_label", { round: say(`poll.${round}`), option: option.text })),
        input,
      );
    }),
  );
  const read = () =>
    Object.fromEntries(
      ROUNDS.map((round) => [
        round,
        Object.fromEntries(
          question.options
            .map(({ id }) => [id, inputs[`${round}.${id}`].valueAsNumber])
            .filter(([, count]) => !Number.isNaN(count))
            .map(([id, count]) => [id, Math.min(999, Math.max(0, Math.round(count)))]),
        ),
      ]),
    );
  const save = ctx.guard(() => {
    const hands = read();
    if (ROUNDS.every((round) => Object.keys(hands[round]).length === 0)) return ctx.tell(say("card.nothing_yet"));
    return store(hands);
  });
  const box = el(
    "div",
    { class: "kdx-room", id: ctx.freshId() },
    el("p", { class: "kdx-hint" }, say("poll.hands_help")),
    ...rows,
    el("div", { class: "kdx-buttons" }, button(say("poll.hands_store"), "hands-store", save)),
  );
  const show = (hands) =>
    Object.entries(inputs).forEach(([key, input]) => {
      const [round, option] = key.split(".");
      input.value = hands?.[round]?.[option] ?? "";
    });
  return { opener: opener(say("poll.hands"), "hands", box), box, show };
}

function create(ctx) {
  const { question, say } = ctx;
  const textOf = (id) => question.options.find((option) => option.id === id)?.text ?? "";
  const control = choices(ctx, question.options, {
    legend: question.prompt,
    row: question.options.length <= 4,
    onchange: () => ctx.touch(),
  });
  const summary = el("div", {});
  const talk = el("p", { class: "kdx-feedback", role: "status", hidden: true });
  const mainText = el("span", {});
  const main = el("button", { type: "submit", class: "kd-button kdx-main", "data-action": "store" }, mainText);
  const hands = handsBox(ctx, (counted) => keep({ ...state(), hands: counted }));
  const table = el("div", { class: "kd-panel", hidden: true });

  const state = () => ({ ...ctx.latest() });

  function keep(answer) {
    ctx.store(answer);
    ctx.endSitting();
    show(answer);
  }

  function submit() {
    const vote = control.chosen[0];
    if (!vote) return ctx.tell(say("card.nothing_yet"));
    return keep({ ...state(), [state().first ? "second" : "first"]: vote });
  }

  function paintHands(counted) {
    table.hidden = !counted;
    if (!counted) return;
    const rows = question.options.map(({ id, text }) => [
      text,
      ...ROUNDS.map((round) => String(counted[round]?.[id] ?? "–")),
    ]);
    table.replaceChildren(
      tableNode({
        caption: say("poll.table"),
        head: [say("poll.option"), say("poll.first"), say("poll.second")],
        rows,
      }),
    );
  }

  const isVote = isOneOf(question.options);
  const isHands = isMapOf((round) => ROUNDS.includes(round), isMapOf(isVote, isCount));
  const accepts = isShape({ first: maybe(isVote), second: maybe(isVote), hands: maybe(isHands) });
  const voted = (answer) =>
    ROUNDS.filter((round) => answer?.[round]).map((round) => [say(`poll.${round}`), textOf(answer[round])]);

  function describe(answer) {
    const counted = ROUNDS.flatMap((round) =>
      Object.entries(answer.hands?.[round] ?? {}).map(([id, n]) => [
        say("poll.hands_label", { round: say(`poll.${round}`), option: textOf(id) }),
        n,
      ]),
    );
    return [...voted(answer), ...counted].map((pair) => pair.join(": ")).join("\n");
  }

  function show(answer) {
    const { first, second, hands: counted } = answer ?? {};
    const votes = voted(answer);
    summary.replaceChildren(...(votes.length ? [facts(votes)] : []));
    const moved = first === second ? say("poll.kept") : say("poll.changed");
    talk.hidden = !first;
    write(talk, second ? moved : (question.discuss ?? say("poll.discuss")));
    control.box.hidden = main.hidden = Boolean(second);
    control.choose([]);
    write(mainText, first ? say("poll.again") : say("poll.store"));
    hands.show(counted);
    paintHands(counted);
    ctx.done(Boolean(second));
  }

  return {
    nodes: [summary, talk, control.box, el("div", { class: "kdx-buttons" }, main, hands.opener), hands.box, table],
    accepts,
    describe,
    show,
    submit,
  };
}

export default { render: (context) => mountExercise(context, create) };
