// Modules that need no page: gates, filled sentences, drafts, the shapes of answers.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = new EventTarget();
globalThis.sessionStorage = {};
const gate = await import("../../kdebate/widgets/static/page/gate.js");
const { fill } = await import("../../kdebate/widgets/static/page/words.js");
const { createDraft, fillForm, readForm } = await import("../../kdebate/widgets/static/exercises/draft.js");
const shapes = await import("../../kdebate/widgets/static/exercises/shapes.js");

test("an explorer stays locked until every question it is tied to is answered, and after a clearing again", () => {
  let told = 0;
  const leaving = new AbortController();
  gate.watchGates(() => told++, leaving.signal);
  assert.equal(gate.closed(""), false);
  assert.equal(gate.closed(undefined), false);
  gate.open("a");
  gate.open("a");
  assert.equal(told, 1);
  assert.equal(gate.closed("a b"), true);
  gate.open("b");
  assert.equal(gate.closed("a b"), false);
  gate.closeAll();
  assert.equal(gate.closed("a"), true);
  leaving.abort();
  gate.open("c");
  assert.equal(told, 3);
});

test("a name without a value is a mistake, not a blank", () => {
  assert.equal(fill("{n} of {n}, {word}", { n: 0, word: "" }), "0 of 0, ");
  assert.throws(() => fill("{n} slices", { N: 2 }), /no value for \{n\}/);
});

/** A form of plain objects: a text, a tick, one that only shows, and one without a name. */
function formOf() {
  const control = (more) => Object.assign(new EventTarget(), { readOnly: false, ...more });
  return {
    elements: [
      control({ name: "why", type: "textarea", value: "" }),
      control({ name: "claim", type: "radio", value: "fails", checked: false }),
      control({ name: "mine", type: "text", value: "1234", readOnly: true }),
      control({ name: "", type: "button", value: "x" }),
    ],
  };
}

test("a form is read by its names and filled as if it were typed", () => {
  const form = formOf();
  const heard = [];
  for (const one of form.elements)
    for (const kind of ["input", "change"]) one.addEventListener(kind, () => heard.push(kind));
  fillForm(form, { why: "Delay.", "claim=fails": true, mine: "9", gone: 1 });
  assert.deepEqual(readForm(form), { why: "Delay.", "claim=fails": true });
  assert.equal(form.elements[2].value, "1234");
  fillForm(form, { why: 7, "claim=fails": "yes" }); // of a wrong shape: left alone
  fillForm(form, null);
  assert.deepEqual(readForm(form), { why: "Delay.", "claim=fails": true });
  assert.deepEqual(heard, ["input", "change"]);
});

test("a draft says whether this browser holds it, also where keeping it breaks", (t) => {
  t.mock.method(console, "error", () => {});
  const kept = [];
  let keep = (id, draft) => kept.push([id, draft]) > 0;
  const draft = createDraft({ keepDraft: (...given) => keep(...given) }, "q", formOf());
  draft.touch("2026", false);
  assert.deepEqual([draft.dirty, draft.kept, draft.adrift], [true, true, false]);
  assert.deepEqual(kept, [["q", { base: "2026", values: { why: "", "claim=fails": false } }]]);
  keep = () => {
    throw new Error("broken");
  };
  assert.equal(draft.keep("2026"), false);
  assert.deepEqual([draft.dirty, draft.kept], [true, false]);
  draft.touch("2026", true); // it outlived a clearing elsewhere: nothing is written of it
  assert.deepEqual([draft.kept, draft.adrift], [false, true]);
  keep = (...given) => kept.push(given) > 0;
  draft.drop();
  assert.deepEqual([draft.dirty, draft.kept, draft.adrift, kept.at(-1)], [false, true, false, ["q", null]]);
});

test("only what fits is an answer", () => {
  const fits = shapes.isShape({ claim: shapes.isOneOf([{ id: "fails" }]), why: shapes.maybe(shapes.isText) });
  for (const answer of [{ claim: "fails" }, { claim: "fails", why: null, more: 1 }]) assert.equal(fits(answer), true);
  for (const answer of [null, [], "fails", { claim: "holds" }, { claim: "fails", why: 3 }])
    assert.equal(fits(answer), false);
  const counts = shapes.isMapOf(shapes.isOneOf([{ id: "a" }]), shapes.isCount);
  assert.deepEqual([{ a: 3 }, {}, { b: 3 }, { a: -1 }, { a: 1.5 }, { a: 9e15 }, []].map(counts), [
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  assert.deepEqual([0, 1, -0.1, 1.1, NaN, "0"].map(shapes.isWithin(0, 1)), [true, true, false, false, false, false]);
});
