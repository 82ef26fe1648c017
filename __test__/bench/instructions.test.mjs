// What callgrind wrote, as instructions of one record.
import assert from "node:assert/strict";
import { test } from "node:test";
import { costsOf, measuresOf } from "../../benches/lib/instructions.mjs";

const section = (own, addon) => `version: 1
events: Ir

ob=(1) /usr/bin/node
fl=(1) ???
fn=(1) main
0 ${own}
+3 0
cob=(2) /app/electron-switchyard.linux-x64-gnu.node
cfn=(2) route
calls=1 0
* 999999

ob=(2)
fn=(2)
5 ${addon}
cob=(1)
cfn=(1)
calls=1 0
* 888888
-2 0
`;

test("what a callee takes is counted once, and the addon's beside the whole", () => {
  assert.deepEqual(costsOf(section(70, 30)), { all: 100, addon: 30 });
});

test("an instruction count is that of one record", () => {
  const measures = measuresOf("it", "it", [section(700, 300), section(1400, 600)], 10);
  assert.deepEqual(
    measures.map(({ id, value }) => [id, value]),
    [
      ["it", 100],
      ["it-addon", 30],
    ],
  );
});

test("two sections that differ by more than 2 % are no measurement", () => {
  const measures = measuresOf("it", "it", [section(730, 300), section(1400, 600)], 10);
  for (const { value, failed } of measures) {
    assert.equal(value, undefined);
    assert.match(failed, /103 and 100 instructions a record/);
  }
});
