/** How long a request waits for a handler. Its own process: handlers of other suites would answer. */
const sy = require("electron-switchyard");
const { kind } = require("../kinds");

const BARE = kind({ contextIsolation: true, sandbox: true }, { preload: null });

/** In a page: what a request comes to. */
const ask = (msg) => sy.sendMsgToMain(msg).catch(({ code, message }) => ({ code, message }));

module.exports = {
  "a request that finds no handler rejects with ERR_NO_HANDLER after handlerWaitMs": async (t) => {
    sy.initIpc({ handlerWaitMs: 100 });
    const page = await t.open("page");
    t.assert.deepEqual(await page.run(ask, "anyone?"), {
      code: "ERR_NO_HANDLER",
      message:
        "electron-switchyard: sendMsgToMain: no onMsgFromRender handler was registered in main within 100 ms (handlerWaitMs)",
    });
  },

  "a handler that comes in time answers, however long it then takes": async (t) => {
    sy.initIpc({ handlerWaitMs: 3000 });
    const page = await t.open("page");
    const answer = page.run(ask, "slow");
    await t.until("it waits", () => sy.stats().mainProcess.queued === 1);
    sy.initIpc({ handlerWaitMs: 1 });
    t.handle((_event, msg) => t.sleep(200).then(() => `${msg} but sure`));
    t.assert.equal(await answer, "slow but sure");
  },

  "a call to a window that calls no onCall rejects with ERR_NO_HANDLER after handlerWaitMs": async (
    t,
  ) => {
    sy.initIpc({ handlerWaitMs: 100 });
    const asker = await t.open("asker");
    await t.open("no handler");
    await t.open("no preload", BARE);
    t.window("not loaded");
    const reasons = {
      "no handler": ": its page has loaded and has added no listener",
      "no preload": ": it has no preload of this package",
      "not loaded": "",
    };
    for (const [name, reason] of Object.entries(reasons)) {
      const outcomes = [
        t.shared.outcome(() => sy.callRender(name, 1)),
        asker.run((name) => shared.outcome(() => sy.callOtherRender(name, 1)), name),
      ];
      const sentence = `no onCall handler was registered in window "${name}" within 100 ms (handlerWaitMs)${reason}`;
      const said = (await Promise.all(outcomes)).map(({ error: { code, message } }) => [
        code,
        // What would be right follows.
        message.slice(0, message.indexOf(sentence) + sentence.length),
      ]);
      t.assert.deepEqual(said, [
        ["ERR_NO_HANDLER", `electron-switchyard: callRender: ${sentence}`],
        ["ERR_NO_HANDLER", `electron-switchyard: callOtherRender: ${sentence}`],
      ]);
    }
  },

  "a call that was given up for want of a handler is not delivered later": async (t) => {
    sy.initIpc({ handlerWaitMs: 50 });
    const page = await t.open("page");
    const lost = await t.shared.outcome(() => sy.callRender("page", "lost"));
    t.assert.equal(lost.error.code, "ERR_NO_HANDLER");
    sy.initIpc({ handlerWaitMs: 3000 });
    const answer = sy.callRender("page", "new");
    await page.run(() => {
      window.seen = [];
      sy.onCall((_event, msg) => seen.push(msg));
    });
    t.assert.equal(await answer, 1);
    t.assert.deepEqual(await page.run(() => seen), ["new"]);
  },

  "a handler of calls that comes in time answers, however long it then takes": async (t) => {
    sy.initIpc({ handlerWaitMs: 3000 });
    const page = await t.open("page");
    const answer = sy.callRender("page", "slow");
    t.assert.equal(sy.stats().windows.page.queued, 1);
    // How long it waits is settled at the end of the turn.
    await t.sleep(5);
    sy.initIpc({ handlerWaitMs: 1 });
    await page.run(() => {
      sy.onCall(
        (_event, msg) => new Promise((resolve) => setTimeout(resolve, 200, `${msg} but sure`)),
      );
    });
    t.assert.equal(await answer, "slow but sure");
  },
};
