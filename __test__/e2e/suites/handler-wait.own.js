/** How long a request waits for a handler. Its own process: handlers of other suites would answer. */
const sy = require("electron-switchyard");

/** In a page: what a request comes to. */
const ask = (msg) => sy.sendMsgToMain(msg).catch(({ code, message }) => ({ code, message }));

module.exports = {
  "a request that finds no handler rejects with ERR_NO_HANDLER after handlerWaitMs": async (t) => {
    sy.initIpc({ handlerWaitMs: 100 });
    const page = await t.open("page");
    t.assert.deepEqual(await page.run(ask, "anyone?"), {
      code: "ERR_NO_HANDLER",
      message: "sendMsgToMain: the main process called no onMsgFromRender within 100 ms",
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
};
