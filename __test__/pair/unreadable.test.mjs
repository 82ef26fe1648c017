import assert from "node:assert/strict";
import { test } from "node:test";
import { json, Lane, membersOf, recordsOf } from "./bundle.mjs";
import { Pair } from "./pair.mjs";
import { outcome } from "./ways.mjs";

const BYTES = '["\\u007f","b",0]';
/** No attachment can be both. */
const MIXED = [new ArrayBuffer(1), "5"];

/** Parsing fails on this mark. */
function poison(t) {
  const { parse } = json;
  t.mock.method(json, "parse", (text) => {
    if (text.includes("poison")) throw new Error("poison");
    return parse(text);
  });
}

test("an unreadable record that waits for main's handler stops none of another window's requests", async () => {
  const pair = new Pair();
  const [b, d] = ["b", "d"].map((name) => pair.open(name));
  const asked = Array.from({ length: 20 }, (_, n) => d.request(n));
  await pair.quiet();
  const refused = outcome(b.request("mine"));
  await pair.quiet();
  pair.main.receive(b.id, 0, `[[1,7,2,${BYTES}],[1,8,0,1]]`, [MIXED]);
  const seen = [];
  pair.main.handle((_, msg) => {
    seen.push(msg);
    return msg;
  });
  assert.deepEqual(
    await Promise.all(asked),
    Array.from({ length: 20 }, (_, n) => n),
  );
  assert.deepEqual(await refused, ["answer", "mine"]);
  assert.equal(seen.at(-1), 1);
});

test("the sender of an unreadable request is answered ERR_BAD_PACKET", async () => {
  const pair = new Pair();
  const b = pair.open("b");
  pair.main.handle((_, msg) => msg);
  await pair.quiet();
  const answers = [];
  b.deliver = (packet) => answers.push(...JSON.parse(packet));
  pair.main.receive(b.id, 0, `[[1,7,2,${BYTES}]]`, [MIXED]);
  await pair.quiet();
  const [[kind, id, ok, , error]] = answers;
  assert.deepEqual([kind, id, ok], [5, 7, 0]);
  assert.match(JSON.stringify(error), /ERR_BAD_PACKET/);
});

test("of a packet that cannot be parsed, each record is read by itself", async (t) => {
  const pair = new Pair();
  const [a, b] = ["a", "b"].map((name) => pair.open(name));
  const error = t.mock.method(console, "error", () => undefined);
  const got = b.inbox(Lane.FromMain);
  const others = b.inbox(Lane.FromOther);
  b.handle((_, msg) => msg);
  a.handle((_, msg) => `${msg} poison`);
  await pair.quiet();
  poison(t);
  for (const msg of ["poison", "fine", 'p[o]i,s{on \\"poison', "too"]) pair.main.send("b", msg);
  a.send("b", { poison: new Uint8Array(3) });
  a.send("b", { bytes: new Uint8Array(3) });
  const calls = ["poison", "call"].map((msg) => outcome(pair.main.call("b", msg, {})));
  const answer = outcome(b.call("a", 1, {}));
  await pair.quiet();
  assert.deepEqual(got, ["fine", "too"]);
  assert.deepEqual(others, [{ bytes: new Uint8Array(3) }]);
  assert.equal((await calls[0])[1].code, "ERR_BAD_PACKET");
  assert.deepEqual(await calls[1], ["answer", "call"]);
  assert.equal((await answer)[1].code, "ERR_BAD_PACKET");
  assert.equal(error.mock.callCount(), 1);
});

test("of a packet for main that cannot be parsed, each record is read by itself", async (t) => {
  const pair = new Pair();
  const [a, b] = ["a", "b"].map((name) => pair.open(name));
  b.handle(() => "poison");
  await pair.quiet();
  const asked = ["fine", "poison", "too"].map((msg) => outcome(a.request(msg)));
  const called = outcome(pair.main.call("b", 1, {}));
  poison(t);
  await pair.quiet();
  pair.main.handle((_, msg) => msg);
  const outcomes = await Promise.all(asked);
  assert.deepEqual(outcomes[0], ["answer", "fine"]);
  assert.equal(outcomes[1][1].code, "ERR_BAD_PACKET");
  assert.deepEqual(outcomes[2], ["answer", "too"]);
  assert.equal((await called)[1].code, "ERR_BAD_PACKET");
});

test("10,000 unreadable messages are counted, in five lines of bounded length", async (t) => {
  const pair = new Pair();
  const [a, b] = ["a", "b"].map((name) => pair.open(name));
  const got = b.inbox(Lane.FromOther);
  const error = t.mock.method(console, "error", () => undefined);
  await pair.quiet();
  const record = `[2,"b",1,["\\u007f","${"?".repeat(1_000)}"]]`;
  for (let n = 0; n < 100; n++) pair.up(a, 0, `[${Array(100).fill(record)}]`);
  a.send("b", "next");
  await pair.quiet();
  assert.deepEqual(got, ["next"]);
  const lines = error.mock.calls.map(({ arguments: [line, ...rest] }) => {
    assert.deepEqual(rest, []);
    assert.ok(line.length <= 500);
    return line;
  });
  assert.ok(lines.length <= 5, lines.join("\n"));
  assert.match(lines.at(-1), /\(10000 times\)/);
});

test("a JSON array is cut where JSON.parse would", () => {
  const arrays = [[1], ["a,]"], [[1, [2]], { a: "]" }, "\\", '"', '\\"[', null], [{}, [], ""]];
  for (const array of arrays) {
    for (const text of [JSON.stringify(array), JSON.stringify(array, null, 2)]) {
      assert.deepEqual(membersOf(text).map(JSON.parse.bind(null)), array);
    }
  }
  assert.deepEqual(recordsOf("[[1,2],[3]]"), [[1, 2], [3]]);
});
