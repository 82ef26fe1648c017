/** Raw ipc has a channel before its data. Here the data would be dropped: the console says so, once for each call. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Endpoint, renderApi, warnOfDropped } from "./bundle.mjs";

test("each call that drops an argument has one line, that names the right call", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  warnOfDropped("silent", undefined);
  for (const call of ["one", "other", "one"]) warnOfDropped(call, call);
  assert.deepEqual(
    warn.mock.calls.map(({ arguments: [line] }) => line),
    ["one", "other"].map(
      (call) =>
        `electron-switchyard: ${call} drops what follows the message: call ${call}(windowName, { channel, data })`,
    ),
  );
});

/** The calls of a page, and what it was told to warn of. */
function page() {
  const warned = [];
  const bridge = { post: () => undefined, listen: () => undefined };
  const dropped = (...args) => args[1] !== undefined && warned.push(args);
  const endpoint = new Endpoint({ ...bridge, dropped });
  return { calls: renderApi(() => endpoint), warned };
}

test("a page warns of data behind a message, and of nothing else", () => {
  const { calls, warned } = page();
  calls.sendMsgToMain("channel");
  calls.sendMsgToMain("channel", { timeoutMs: 5_000, signal: AbortSignal.abort() }).catch(() => 0);
  ["a", "b"].map(calls.sendMsgToMain);
  calls.sendMsgToOtherRender("window", "channel");
  assert.deepEqual(warned, []);
  calls.sendMsgToMain("channel", "data");
  calls.sendMsgToMain("channel", 5);
  calls.sendMsgToOtherRender("window", "channel", { data: 1 });
  assert.deepEqual(warned, [
    ["sendMsgToMain", "data"],
    ["sendMsgToMain", 5],
    ["sendMsgToOtherRender", { data: 1 }],
  ]);
});

test("the right call of sendMsgToMain has no window's name", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  warnOfDropped("sendMsgToMain", "data");
  const [
    {
      arguments: [line],
    },
  ] = warn.mock.calls;
  assert.match(line, /: call sendMsgToMain\(\{ channel, data \}\)$/);
});

test("a page whose preload is of an earlier version warns of nothing", () => {
  const endpoint = new Endpoint({ post: () => undefined, listen: () => undefined });
  renderApi(() => endpoint).sendMsgToOtherRender("window", "channel", "data");
});
