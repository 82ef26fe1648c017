/** While nobody sends anything, nothing of the package runs: no timer, no message, anywhere. */
const { Sleeper } = require("../sleeper");
// Before anything of the package is called.
const sleeper = new Sleeper();
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");
const { hearPosts } = require("../ports");

/** In milliseconds. Nothing is measured with it: it is how long there is to find fault. */
const SILENCE = 2000;
const COUNT = 500;
/** More than MAX_SILENCE_MS of js/main/documents/silent.ts, in milliseconds. */
const LOOKED_AFTER = 3500;

const PRELOAD = { preload: source("watched.js"), file: "watched.html" };
const KINDS = {
  isolated: kind({ contextIsolation: true, sandbox: false }, PRELOAD),
  "not isolated": kind({ contextIsolation: false, sandbox: false }, PRELOAD),
};

/** What any world of these pages, or main, does in a silence. */
async function wakesIn(t, pages) {
  // What was under way has come, and was acknowledged after twice ACKNOWLEDGE_IDLE_MS at the latest.
  await Promise.all(pages.map((page) => page.known()));
  await t.sleep(200);
  for (const page of pages) {
    await page.run(() => {
      wakes.splice(0);
      ofPreload.forget();
    });
  }
  const posts = [];
  hearPosts(t, (message) => posts.push(`main posts ${JSON.stringify(message)}`));
  const inMain = await sleeper.silence(SILENCE);
  const inPages = await Promise.all(
    pages.map((page) => page.run(() => [...wakes, ...ofPreload.list()])),
  );
  return [...inMain, ...posts, ...[].concat(...inPages)];
}

/** Messages, requests and calls in each direction, some with time limits that they keep. */
async function talk(pages) {
  const [first, second] = pages;
  for (let n = 0; n < COUNT; n++) sy.sendMsgToRender("first", n);
  const limit = { timeoutMs: 60_000 };
  await Promise.all([sy.callRender("first", 1, limit), sy.callRender("second", 1)]);
  for (const [page, other] of [
    [first, "second"],
    [second, "first"],
  ]) {
    await page.run(
      async (other, count, limit) => {
        const asked = [];
        for (let n = 0; n < count; n++) {
          sy.sendMsgToOtherRender(other, n);
          asked.push(sy.sendMsgToMain(n, limit), sy.callOtherRender(other, n, limit));
        }
        await Promise.all(asked);
      },
      other,
      COUNT,
      limit,
    );
  }
}

async function openAll(t) {
  const pages = [
    await t.open("first", KINDS.isolated),
    await t.open("second", KINDS["not isolated"]),
  ];
  for (const page of pages) {
    await page.run(() => {
      sy.onMsgFromMain(() => undefined);
      sy.onMsgFromOtherRender(() => undefined);
      sy.onCall((_event, msg) => msg);
    });
  }
  t.handle((_event, msg) => msg);
  return pages;
}

module.exports = {
  "nothing runs in main or a page while nobody sends: after the start, and after traffic": async (
    t,
  ) => {
    const pages = await openAll(t);
    // Main looks once whether a window that has loaded listens.
    await t.sleep(LOOKED_AFTER);
    t.assert.deepEqual(await wakesIn(t, pages), []);
    await talk(pages);
    t.assert.deepEqual(await wakesIn(t, pages), []);
  },

  "the watch over timers and messages sees those that there are": async (t) => {
    const [page] = await openAll(t);
    await page.run(() => {
      wakes.splice(0);
      ofPreload.forget();
    });
    const posts = [];
    hearPosts(t, (message) => posts.push(message));
    const seen = sleeper.silence(50);
    setImmediate(() => undefined);
    await page.run(() => sy.sendMsgToMain("a limit", { timeoutMs: 60_000 }));
    t.assert.match((await seen).join("\n"), /Immediate made .*\ncame due: Immediate/);
    t.assert.ok(posts.length > 0);
    // The last is for the answer's acknowledgement, and may have come due. An isolated page has no port.
    const made = (await page.run(() => wakes)).filter((wake) => !wake.endsWith("comes due"));
    t.assert.deepEqual(made, ["setTimeout", "setTimeout"]);
    // The preload passes on what the page sends.
    t.assert.ok((await page.run(() => ofPreload.list())).includes("postMessage"));
    await page.run(() => ofPreload.forget());
    // The preload says that its document is there.
    sy.getWindow("first").webContents.send("electron-switchyard");
    await t.sleep(50);
    t.assert.ok((await page.run(() => ofPreload.list())).includes("postMessage"));
  },
};
