// Suites of real windows, with a testApp in Electron's place: what holds in real windows holds in it. The
// suites are those of __test__/e2e, as they are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NeedsElectron, Stage, suite } from "./stage.mjs";

/** With the options that a suite sets at its top, and how many of its tests hold in both, at least. */
const SUITES = {
  "calls.js": { least: 3 },
  "handlers.js": { least: 5 },
  "order.js": { least: 4 },
  "requests.js": { least: 12 },
  "services.js": { least: 2 },
  "waiting.js": { least: 3 },
  "topics.isolated.js": { least: 4 },
  "requests-ends.isolated.js": { options: { handlerWaitMs: 60_000 }, least: 15 },
};

/** They are about what only Electron has. */
const OF_ELECTRON = [
  // The sender's webContents.
  "testApp: a request is answered by a plain and by an async handler",
  "a handler's event names the sender's webContents",
  // The console of a page, and the errors that it has there.
  "a listener that throws in a page stops no other listener",
  // A page takes time to load.
  "testApp: what main sends before and while a page loads arrives",
  // A window gets another name.
  "a call that waits rejects with ERR_TARGET_GONE when the name is unregistered",
];

for (const [file, { options, least }] of Object.entries(SUITES)) {
  const laws = Object.entries(suite(file)).filter(([name]) => !OF_ELECTRON.includes(name));
  test(file, async (t) => {
    let held = 0;
    for (const [name, law] of laws) {
      await t.test(name, async (t) => {
        const stage = new Stage(options);
        try {
          await law(stage);
          held += 1;
        } catch (error) {
          if (!(error instanceof NeedsElectron)) throw error;
          t.skip(error.message);
        } finally {
          await stage.leave();
        }
      });
    }
    assert.ok(held >= least, `${held} hold`);
  });
}
