// Suites of real windows, with a testApp in Electron's place: what holds in real windows holds in it. The
// suites are those of __test__/e2e, as they are.
import { test } from "node:test";
import { Stage, suite } from "./stage.mjs";

/** Each with the options that its suite sets at its top. */
const SUITES = {
  "calls.js": {},
  "handlers.js": {},
  "order.js": {},
  "requests.js": {},
  "services.js": {},
  "waiting.js": {},
  "topics.isolated.js": {},
  "requests-ends.isolated.js": { handlerWaitMs: 60_000 },
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
  "what is sent before a page's listener is added, 300 ms late, arrives once in order",
  "calls all through 10 reloads: each is answered once or its page was reloaded",
  // A window has no name, or gets another.
  "a window without a name calls as nobody",
  "a call that waits rejects with ERR_TARGET_GONE when the name is unregistered",
];

for (const [file, options] of Object.entries(SUITES)) {
  const laws = Object.entries(suite(file)).filter(([name]) => !OF_ELECTRON.includes(name));
  for (const [name, law] of laws) {
    test(name, async () => {
      const stage = new Stage(options);
      try {
        await law(stage);
      } finally {
        await stage.leave();
      }
    });
  }
}
