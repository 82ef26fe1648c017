/** Raw ipc has a channel before its data. Here the data would be dropped: the console says so, once for each call. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { warnOfDropped } from "./bundle.mjs";

test("each call that drops an argument has one line, that names the right call", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  warnOfDropped("silent", "", undefined);
  for (const call of ["one", "other", "one"]) warnOfDropped(call, "windowName, ", call);
  assert.deepEqual(
    warn.mock.calls.map(({ arguments: [line] }) => line),
    ["one", "other"].map(
      (call) =>
        `electron-switchyard: ${call} drops what follows the message: call ${call}(windowName, { channel, data })`,
    ),
  );
});
