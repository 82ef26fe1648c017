// Names that no window can have, and what is too long for a message: an error, or refused by main.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_PACKET, renderApi } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";

const MAX_NAME = 1024;
const REFUSED = { code: "ERR_INVALID_OPTION", message: /windowName must be up to 1024 bytes/ };

/** The calls of a page, and the packets that they make. */
async function callsOfPage() {
  const { pair, a } = twoPages();
  await pair.quiet();
  const packets = [];
  const { _outbox: outbox } = a.end;
  const { _bridge: bridge } = outbox;
  const post = bridge.post.bind(bridge);
  bridge.post = (lanes, packet, ...more) => {
    packets.push(packet);
    post(lanes, packet, ...more);
  };
  return { pair, a, api: renderApi(() => a.end), packets };
}

test("a page's call with a name that is too long is an error, and nothing is sent", async () => {
  const { pair, api, packets } = await callsOfPage();
  for (const length of [MAX_NAME + 1, 2000, 2 ** 20, 4 * 2 ** 20]) {
    const name = "x".repeat(length);
    for (const call of ["sendMsgToOtherRender", "callOtherRender"]) {
      assert.throws(
        () => api[call](name, 1),
        (error) => {
          assert.equal(error.code, REFUSED.code);
          assert.match(error.message, REFUSED.message);
          assert.ok(error.message.startsWith(`electron-switchyard: ${call}: `));
          assert.ok(error.message.length < 300, `${error.message.length}`);
          return true;
        },
      );
    }
  }
  await pair.quiet();
  assert.deepEqual(packets.filter(Boolean), []);
});

test("a name that no window has is reported, however long it is", async () => {
  const { pair, a, api } = await callsOfPage();
  const reports = [];
  a.end.reports.add(({ code }) => reports.push(code));
  const names = ["x".repeat(MAX_NAME), "\u65e5".repeat(MAX_NAME), "\ud800".repeat(MAX_NAME)];
  for (const name of names) api.sendMsgToOtherRender(name, 1);
  for (const name of names) {
    await assert.rejects(api.callOtherRender(name, 1), { code: "ERR_UNKNOWN_WINDOW" });
  }
  await pair.quiet();
  assert.deepEqual(
    reports,
    names.map(() => "ERR_UNKNOWN_WINDOW"),
  );
});

test("whatever a call is given, its packet is shorter than a packet may be", async () => {
  const { pair, api, packets } = await callsOfPage();
  const longest = "\u0000".repeat(MAX_NAME);
  for (const msg of ["\u0000".repeat(5_400), { text: "y".repeat(32_700) }, "z".repeat(2 ** 21)]) {
    api.sendMsgToOtherRender(longest, msg);
    await assert.rejects(api.callOtherRender(longest, msg, { timeoutMs: 2 ** 31 - 1 }));
    await assert.rejects(api.sendMsgToMain(msg, { timeoutMs: 0 }));
  }
  for (let n = 0; n < 20_000; n++) api.sendMsgToOtherRender("b", n);
  await pair.quiet();
  const lengths = packets.map(({ length }) => length);
  assert.ok(Math.max(...lengths) < MAX_PACKET, `${Math.max(...lengths)}`);
  assert.ok(packets.length > 5);
});
