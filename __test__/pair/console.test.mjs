import assert from "node:assert/strict";
import { test } from "node:test";
import { warn } from "./bundle.mjs";
import { Pair } from "./pair.mjs";

const linesOf = ({ mock }) => mock.calls.map(({ arguments: [line] }) => line);

test("a cause has 50 lines at most, and the last one says so", (t) => {
  const mocked = t.mock.method(console, "warn", () => undefined);
  const warned = new Set();
  for (let n = 0; n < 10_000; n++) warn(warned, `${n}`, `line ${n}`);
  const lines = linesOf(mocked);
  assert.equal(lines.length, 50);
  assert.equal(warned.size, 50);
  assert.match(lines[49], /line 49; further ones are not shown$/);
});

test("a subject has one line, and what is kept of it is short", (t) => {
  const mocked = t.mock.method(console, "warn", () => undefined);
  const warned = new Set();
  for (let n = 0; n < 3; n++) warn(warned, "x".repeat(1_000_000), "y".repeat(1_000_000));
  const [line, ...rest] = linesOf(mocked);
  assert.deepEqual(rest, []);
  assert.ok(line.length < 600);
  assert.ok([...warned].every(({ length }) => length <= 500));
});

test("what moves a cursor or ends a line is escaped", (t) => {
  const mocked = t.mock.method(console, "warn", () => undefined);
  warn(new Set(), "", "a\nb\u001b[2Jc\u009b31md\u2028e\u202ef é 日");
  const [line] = linesOf(mocked);
  const right = "a\\u{a}b\\u{1b}[2Jc\\u{9b}31md\\u{2028}e\\u{202e}f é 日";
  assert.equal(line, `electron-switchyard: ${right}`);
});

test("main's reports of 1,000 hostile names are 50 short lines", async (t) => {
  const mocked = t.mock.method(console, "warn", () => undefined);
  const pair = new Pair();
  for (let n = 0; n < 1_000; n++) {
    const name = `\u001b[2J\u009b\n${n}${"x".repeat(900)}`;
    const window = pair.open(name);
    pair.main.send(name, 1);
    await pair.quiet();
    pair.close(window);
  }
  await pair.quiet();
  const lines = linesOf(mocked);
  assert.equal(lines.length, 50);
  for (const line of lines) {
    assert.ok(line.length < 600, line);
    assert.doesNotMatch(line, /\p{Cc}/u);
  }
});

test("a page's reports are 50 lines", async (t) => {
  const mocked = t.mock.method(console, "warn", () => undefined);
  const pair = new Pair();
  const a = pair.open("a");
  for (let n = 0; n < 1_000; n++) a.send(`nobody ${n}`, 1);
  await pair.quiet();
  assert.equal(linesOf(mocked).length, 50);
});
