import assert from "node:assert/strict";
import { test } from "node:test";
import { Lane } from "./bundle.mjs";
import { Pair } from "./pair.mjs";

const COUNT = 3_000;

for (const letter of ["x", "ж", "語"]) {
  test(`all leaves in one go, however many bytes its letters have: ${letter}`, async () => {
    const pair = new Pair();
    const got = pair.open("a").inbox(Lane.FromMain);
    await pair.quiet();
    const msg = letter.repeat(100);
    for (let n = 0; n < COUNT; n++) pair.main.send("a", msg);
    await pair.quiet();
    assert.equal(got.length, COUNT);
    assert.ok(got.every((each) => each === msg));
  });
}

test("white space and control characters of a payload end no packet", async () => {
  const pair = new Pair();
  const [a, b] = ["a", "b"].map((name) => pair.open(name));
  const got = b.inbox(Lane.FromOther);
  await pair.quiet();
  pair.up(a, 0, '[\n[2 ,\t"b" ,0,\r\n{ "k" :\n"\\u001e[\\n" } ] ]');
  a.send("b", "\x1e[1,2]\n");
  await pair.quiet();
  assert.deepEqual(got, [{ k: "\x1e[\n" }, "\x1e[1,2]\n"]);
  pair.up(a, 0, '[[2,"b",0,\x1e[]]]');
  await pair.quiet();
  assert.equal(pair.refused[0].code, "ERR_BAD_PACKET");
});
