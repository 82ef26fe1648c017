/**
 * Main keeps the `timeoutMs` of pages. Its own process: handlerWaitMs is set so high that no wait ends
 * by it.
 */
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");
const { workInMain, workInPage } = require("../work");

sy.initIpc({ handlerWaitMs: 60000 });

const SLEEPING = { preload: source("sleeping.js"), file: "sleeping.html" };
const KINDS = {
  isolated: kind({ contextIsolation: true, sandbox: false }, SLEEPING),
  "not isolated": kind({ contextIsolation: false, sandbox: false }, SLEEPING),
};

/** In ms. A page whose timers sleep would wait for ever; the most is for busy machines. */
const LIMIT = 200;
const MOST = 5000;

const ASKS = {
  sendMsgToMain: { args: ["msg"], work: (t) => workInMain(t) },
  callOtherRender: {
    args: ["target", "msg"],
    work: async (t) => workInPage(await t.open("target")),
  },
};

/** What a request of the page comes to, and after how many ms by main's clock. */
async function ask(page, call, args, timeoutMs) {
  const start = Date.now();
  const outcome = await page.run(
    (call, args, timeoutMs) => shared.outcome(() => sy[call](...args, { timeoutMs })),
    call,
    args,
    timeoutMs,
  );
  return { ...outcome, ms: Date.now() - start };
}

function assertInTime(t, { error, ms }, call) {
  t.assert.equal(error.code, "ERR_TIMEOUT");
  t.assert.match(error.message, new RegExp(`${call}: no answer within ${LIMIT} ms`));
  t.assert.ok(ms >= LIMIT - 1 && ms < MOST, `${ms} ms`);
}

function lawsOf(name, kind, call) {
  const { args, work } = ASKS[call];
  return {
    [`${name}: ${call} of a page whose timers sleep ends in time`]: async (t) => {
      const page = await t.open("asker", kind);
      const atWork = await work(t);
      const asked = ask(page, call, args, LIMIT);
      await atWork.begun(1);
      assertInTime(t, await asked, call);
      t.assert.equal((await atWork.aborted("msg")).code, "ERR_TIMEOUT");
      await atWork.answer("msg", "too late");
      const again = page.run((call, args) => sy[call](...args), call, args);
      await atWork.begun(2);
      await atWork.answerLast("answer");
      t.assert.equal(await again, "answer");
      t.assert.deepEqual(t.console.lines, []);
    },

    [`${name}: ${call} of such a page waits for a handler as long as it says, and no longer`]:
      async (t) => {
        const page = await t.open("asker", kind);
        if (call === "callOtherRender") await t.open("target");
        assertInTime(t, await ask(page, call, args, LIMIT), call);
        // What waited for main is handled as aborted; let it be in this test.
        if (call === "sendMsgToMain") await new Promise((resolve) => t.handle(resolve));
      },
  };
}

/** A page that asks before main hears its hello. */
const EARLY = {
  "a limit counts from the call, also where main gets the hello late": async (t) => {
    const page = t.window("asker", KINDS.isolated);
    await workInMain(t);
    await page.load("sleeping.html");
    const asked = await Promise.all(
      [1, LIMIT].map((ms) => ask(page, "sendMsgToMain", ["msg"], ms)),
    );
    for (const { error, ms } of asked) {
      t.assert.equal(error.code, "ERR_TIMEOUT");
      t.assert.ok(ms < MOST, `${ms} ms`);
    }
  },
};

const laws = [];
for (const [name, kind] of Object.entries(KINDS)) {
  for (const call of Object.keys(ASKS)) laws.push(lawsOf(name, kind, call));
}
module.exports = Object.assign({}, ...laws, EARLY);
