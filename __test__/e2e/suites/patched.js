/** Pages that change the language and the DOM before this package's script comes. */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");
require("../pages/patches");

/** What the preload in the world of such a page meets as well is the page's own affair. */
const ISOLATED_ONLY = [
  "timers never fire",
  "nobody receives events",
  // Electron's own ipc fails there.
  "prototypes have accessors of indexes",
];

function lawOf(patch, kind) {
  return async (t) => {
    t.handle((_event, msg) => msg);
    const page = t.window("page", kind);
    await page.load("patched.html", { patch });
    await page.run(() => {
      window.got = [];
      sy.onMsgFromMain((_event, msg) => (window.got = [...got, msg]));
      sy.onCall((_event, msg) => msg);
    });
    const wrong = await page.run(async () => {
      const rows = Array.from({ length: 9 }, (_, n) => ({ n, text: "2020-01-01T00:00:00.000Z" }));
      const plain = await sy.sendMsgToMain({ rows, none: null });
      const rich = await sy.sendMsgToMain(new Map([["k", [undefined, 5n, new Date(7)]]]));
      const bytes = await sy.sendMsgToMain(new Uint8Array(70000).fill(7));
      const text = await sy.sendMsgToMain("x".repeat(40000));
      const checks = {
        rows: plain.rows.length === 9 && plain.rows.every((row, n) => row.n === n),
        text: plain.rows.every((row) => row.text === "2020-01-01T00:00:00.000Z"),
        rich: rich.get("k")[1] === 5n && +rich.get("k")[2] === 7 && rich.get("k").length === 3,
        bytes: bytes.length === 70000 && bytes.every((byte) => byte === 7),
        long: text.length === 40000,
      };
      return Object.keys(checks)
        .filter((name) => !checks[name])
        .join();
    });
    t.assert.equal(wrong, "");
    sy.sendMsgToRender("page", 1);
    t.assert.equal(await sy.callRender("page", "called"), "called");
    t.assert.equal(await page.run(() => got.length), 1);
  };
}

const laws = {};
for (const patch of Object.keys(globalThis.patches)) {
  laws[`${patch}, isolated`] = lawOf(patch, ISOLATED);
  if (!ISOLATED_ONLY.includes(patch)) laws[`${patch}, not isolated`] = lawOf(patch, OPEN);
}
module.exports = laws;
