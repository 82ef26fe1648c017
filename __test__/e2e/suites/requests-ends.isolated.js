/**
 * Requests whose asker or whose answerer goes away. Its own process: handlerWaitMs is set so high
 * that no wait ends by it.
 */
const sy = require("electron-switchyard");
const { ENDS, assertGone } = require("../ends");
const { ISOLATED, OPEN } = require("../kinds");
const { workInMain, workInPage } = require("../work");

sy.initIpc({ handlerWaitMs: 60000 });

const KINDS = { "isolated and sandboxed": ISOLATED, "not isolated, sandboxed": OPEN };
const SURVIVED = ["reloaded", "navigated away", "crashed"];
const FINAL = ["closed", "destroyed"];

/** Calls a window from main and from a page; gives the two outcomes, to be awaited later. */
function callTwice(t, asker, name) {
  const inPage = (name) => shared.outcome(() => sy.callOtherRender(name, "from a page"));
  return {
    callRender: t.shared.outcome(() => sy.callRender(name, "from main")),
    callOtherRender: asker.run(inPage, name),
  };
}

async function assertBothGone(t, calls, reason) {
  for (const [call, outcome] of Object.entries(calls)) {
    const { error } = await outcome;
    t.assert.ok(error, `${call} rejects`);
    assertGone(t, error, reason, `${call}: the `);
  }
}

/** Both calls wait in the router. */
function bothWait(t, name) {
  return t.until("they wait", () => sy.stats().windows[name].queued === 2);
}

/** What only an error that nobody awaits writes. */
function assertQuiet(t, ...pages) {
  const uncaught = pages.flatMap((page) => page.console.filter((line) => /Uncaught/.test(line)));
  t.assert.deepEqual(uncaught, []);
  t.assert.deepEqual(t.console.lines, []);
}

/** Asks main and the window "target", and heeds no answer. */
const askBoth = () => {
  sy.sendMsgToMain("asks").catch(() => undefined);
  sy.callOtherRender("target", "asks").catch(() => undefined);
};

function lawsOfTarget(kindName, kind) {
  const laws = {};
  for (const [way, { reason, act }] of Object.entries(ENDS)) {
    laws[`${kindName}: a call at work in a page that is ${way} rejects with ERR_TARGET_GONE`] =
      async (t) => {
        const [asker, target] = [await t.open("asker"), await t.open("target", kind)];
        const work = await workInPage(target);
        const calls = callTwice(t, asker, "target");
        await work.begun(2);
        await act(target);
        await assertBothGone(t, calls, reason);
        assertQuiet(t, asker);
      };
  }
  for (const way of SURVIVED) {
    laws[`${kindName}: a call that waits for the handler of a page that is ${way} waits on`] =
      async (t) => {
        const [asker, target] = [await t.open("asker"), await t.open("target", kind)];
        const calls = callTwice(t, asker, "target");
        await bothWait(t, "target");
        await ENDS[way].act(target);
        await ENDS[way].again(target);
        t.assert.equal(sy.stats().windows.target.queued, 2);
        await target.run(() => void sy.onCall((_event, msg) => `answer ${msg}`));
        t.assert.deepEqual(await calls.callRender, { value: "answer from main" });
        t.assert.deepEqual(await calls.callOtherRender, { value: "answer from a page" });
      };
  }
  return laws;
}

const TARGETS = {};

for (const way of FINAL) {
  TARGETS[`a call that waits rejects with ERR_TARGET_GONE when the window is ${way}`] = async (
    t,
  ) => {
    const asker = await t.open("asker");
    for (const load of [true, false]) {
      const target = t.window("target");
      if (load) await target.load();
      const calls = callTwice(t, asker, "target");
      await bothWait(t, "target");
      await ENDS[way].act(target);
      await assertBothGone(t, calls, "closed");
    }
    assertQuiet(t, asker);
  };
}

Object.assign(TARGETS, {
  "a call that waits rejects with ERR_TARGET_GONE when the name is unregistered": async (t) => {
    const [asker, target] = [await t.open("asker"), await t.open("target")];
    const calls = callTwice(t, asker, "target");
    await bothWait(t, "target");
    t.assert.equal(sy.unregisterWindow("target"), true);
    await assertBothGone(t, calls, "unregistered");
    // Not delivered under another name.
    sy.registerWindow("renamed", target.window);
    const work = await workInPage(target);
    const answer = sy.callRender("renamed", "new");
    await work.begun(1);
    await work.answer("new", "answer");
    t.assert.equal(await answer, "answer");
    t.assert.equal((await work.seen()).length, 1);
    assertQuiet(t, asker);
  },

  "a call at work is answered also when the name is unregistered meanwhile": async (t) => {
    const [asker, target] = [await t.open("asker"), await t.open("target")];
    const work = await workInPage(target);
    const calls = callTwice(t, asker, "target");
    await work.begun(2);
    sy.unregisterWindow("target");
    for (const msg of ["from main", "from a page"]) await work.answer(msg, `answer ${msg}`);
    t.assert.deepEqual(await calls.callRender, { value: "answer from main" });
    t.assert.deepEqual(await calls.callOtherRender, { value: "answer from a page" });
  },

  "a call on its way to a page that crashed, closed then, rejects as closed or crashed": async (
    t,
  ) => {
    const [asker, target] = [await t.open("asker"), await t.open("target")];
    await target.run(() => void sy.onCall(() => "answer"));
    t.assert.equal(await sy.callRender("target", 1), "answer");
    await target.crash();
    const calls = callTwice(t, asker, "target");
    // Whether it was handed to Electron before Electron told of the crash is a matter of luck.
    await t.until("the other is there", () => sy.stats().windows.target.accepted >= 3);
    target.window.destroy();
    for (const outcome of Object.values(calls)) {
      const { error } = await outcome;
      t.assert.equal(error.code, "ERR_TARGET_GONE");
      t.assert.ok(["closed", "crashed"].includes(error.reason), error.reason);
    }
  },

  "a window's calls to itself end with its page and trouble nobody": async (t) => {
    const page = await t.open("page");
    for (const way of SURVIVED) {
      const work = await workInPage(page);
      await page.run(() => void sy.callOtherRender("page", "self").catch(() => undefined));
      await work.begun(1);
      await ENDS[way].act(page);
      await ENDS[way].again(page);
    }
    await page.run(() => void sy.onCall(() => "alive"));
    t.assert.equal(await page.run(() => sy.callOtherRender("page", 1)), "alive");
    assertQuiet(t, page);
  },

  "after a reload the next page answers; the old one's answers go nowhere": async (t) => {
    const page = await t.open("page");
    const old = await workInPage(page);
    const lost = t.shared.outcome(() => sy.callRender("page", "old"));
    await old.begun(1);
    await page.reload();
    assertGone(t, (await lost).error, "reloaded", "callRender: ");
    const work = await workInPage(page);
    const answer = sy.callRender("page", "new");
    await work.begun(1);
    t.assert.deepEqual(await work.seen(), [{ msg: "new", aborts: [], aborted: false }]);
    await work.answer("new", "answer");
    t.assert.equal(await answer, "answer");
  },

  "calls all through 10 reloads: each is answered once or its page was reloaded": async (t) => {
    const [asker, page] = [await t.open("asker"), await t.open("page", ISOLATED, "answers.html")];
    const outcomes = [];
    const ticks = setInterval(() => {
      const msg = outcomes.length;
      outcomes.push(t.shared.outcome(() => sy.callRender("page", msg)));
    }, 1);
    t.undos.push(() => clearInterval(ticks));
    await asker.run(() => {
      window.outcomes = [];
      window.ticks = setInterval(() => {
        const msg = outcomes.length;
        outcomes.push(shared.outcome(() => sy.callOtherRender("page", msg)));
      }, 1);
    });
    for (let round = 0; round < 10; round++) {
      await page.reload();
      await t.sleep(10);
    }
    clearInterval(ticks);
    const fromPage = asker.run(() => {
      clearInterval(window.ticks);
      return Promise.all(outcomes);
    });
    for (const list of [await Promise.all(outcomes), await fromPage]) {
      const wrong = list.filter(({ value, error }, msg) =>
        error ? error.reason !== "reloaded" : value.msg !== msg,
      );
      t.assert.deepEqual(wrong, []);
      const loads = new Set(list.filter(({ value }) => value).map(({ value }) => value.load));
      t.assert.ok(loads.size > 1, "several documents answered");
    }
  },
});

function lawsOfAsker(kindName, kind) {
  const laws = {};
  for (const [way, { reason, act }] of Object.entries(ENDS)) {
    laws[`${kindName}: when the asking page is ${way}, the handlers' signals are aborted`] = async (
      t,
    ) => {
      const [asker, target] = [await t.open("asker", kind), await t.open("target")];
      const works = [workInMain(t), await workInPage(target)];
      await asker.run(askBoth);
      for (const work of works) await work.begun(1);
      await act(asker);
      for (const work of works) {
        assertGone(t, await work.aborted("asks"), reason, "the asker has ended: ");
      }
      // Nobody hears of what they answer now; nobody is troubled by it either.
      await works[0].answer("asks", "too late");
      await works[1].fail("asks", "too late");
      await t.sleep(20);
      assertQuiet(t, target);
      await target.run(() => void sy.onCall(() => undefined));
      t.assert.equal(sy.stats().windows.target.queued, 0);
    };
  }
  return laws;
}

const ASKERS = {
  "a signal that is first asked for after the asker went is aborted with the reason": async (t) => {
    const events = [];
    t.handle((event) => {
      events.push(event);
      return new Promise(() => undefined);
    });
    const [asker, target] = [await t.open("asker"), await t.open("target")];
    await target.run(() => {
      window.events = [];
      sy.onCall((event) => {
        events.push(event);
        return new Promise(() => undefined);
      });
    });
    await asker.run(askBoth);
    await t.until("main was asked", () => events.length === 1);
    await t.until("the window was asked", () => target.run(() => events.length === 1));
    await asker.reload();
    const inPage = () => {
      const { signal } = events[0];
      return signal.aborted && shared.about(signal.reason);
    };
    const { signal } = events[0];
    t.assert.equal(signal.aborted, true);
    assertGone(t, t.shared.about(signal.reason), "reloaded", "the asker has ended: ");
    assertGone(
      t,
      await t.until("it is", () => target.run(inPage)),
      "reloaded",
      "the asker has ended",
    );
  },

  "a signal is not aborted by the answer, nor by what happens after it": async (t) => {
    const signals = [];
    t.handle((event) => {
      signals.push(event.signal);
      return "answer";
    });
    const [asker, target] = [await t.open("asker"), await t.open("target")];
    await target.run(() => {
      window.signals = [];
      sy.onCall((event) => {
        signals.push(event.signal);
        return "answer";
      });
    });
    await asker.run(() => Promise.all([sy.sendMsgToMain(1), sy.callOtherRender("target", 1)]));
    await asker.reload();
    sy.destroyWindow("asker");
    t.assert.equal(await sy.callRender("target", 1), "answer");
    t.assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [false],
    );
    const inPage = await target.run(() => signals.map(({ aborted }) => aborted));
    t.assert.deepEqual(inPage, [false, false]);
  },

  "requests of a page that is gone already come to main with their signal aborted": async (t) => {
    const asker = await t.open("asker");
    await asker.run(() => void sy.sendMsgToMain("asks").catch(() => undefined));
    await t.until("it waits", () => sy.stats().mainProcess.queued === 1);
    await asker.reload();
    const seen = [];
    t.handle(({ signal, windowName }, msg) => {
      seen.push({ msg, windowName, aborted: signal.aborted, reason: signal.reason.reason });
    });
    await t.until("it came", () => seen.length > 0);
    const expected = { msg: "asks", windowName: "asker", aborted: true, reason: "reloaded" };
    t.assert.deepEqual(seen, [expected]);
  },

  "calls of a page that is gone already are not delivered": async (t) => {
    const target = await t.open("target");
    for (const [i, way] of Object.keys(ENDS).entries()) {
      const asker = await t.open("asker");
      await asker.run(() => void sy.callOtherRender("target", "lost").catch(() => undefined));
      await t.until("it waits", () => sy.stats().windows.target.accepted === i + 1);
      await ENDS[way].act(asker);
      sy.destroyWindow("asker");
    }
    const work = await workInPage(target);
    const answer = sy.callRender("target", "mine");
    await work.begun(1);
    await work.answer("mine", "answer");
    t.assert.equal(await answer, "answer");
    t.assert.deepEqual(
      (await work.seen()).map(({ msg }) => msg),
      ["mine"],
    );
    t.assert.equal(sy.stats().windows.target.queued, 0);
    assertQuiet(t, target);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOfTarget(...entry)),
  TARGETS,
  ...Object.entries(KINDS).map((entry) => lawsOfAsker(...entry)),
  ASKERS,
);
