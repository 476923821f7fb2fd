// The teller says what the cases say; the same cases are run in Python by tests/widgets/test_teller.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { tell, told } from "../../kdebate/widgets/static/teller.js";

const { words, cases } = JSON.parse(readFileSync(new URL("../cases/teller.json", import.meta.url), "utf8"));

for (const { tell: name, facts, text } of cases) {
  test(`${name} ${JSON.stringify(facts)}`, () => {
    if (text === null) assert.throws(() => tell(words, name, facts), /unheard|“c”/);
    else assert.equal(tell(words, name, facts), text);
  });
}

test("what is closed while the levers are locked says so, and only then", () => {
  const own = {
    ...{ chip: [{ is: "fails", text: "Fails" }], sentence: "It is {x}.", alt: "", short: "", caption: "" },
    ...{ closed: "later", readout: [{ key: "x", side: "a", closed: true, label: "X of {who}", value: "{x}" }] },
  };
  const shown = (locked) => told(own, { x: 3, who: "all", locked }, null);
  assert.deepEqual(shown(false).readouts, [{ key: "x", side: "a", label: "X of all", value: "3" }]);
  assert.equal(shown(true).readouts[0].value, "later");
  assert.deepEqual([shown(false).verdict, shown(false).chip, shown(false).sentence], ["fails", "Fails", "It is 3."]);
});
