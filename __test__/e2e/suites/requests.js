/** Requests to windows: callRender, callOtherRender and onCall. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

/** A page's handler that tells what it got. */
const tell = () =>
  void sy.onCall(({ windowName, fromMain, origin }, msg) => ({
    msg,
    windowName,
    fromMain,
    origin,
  }));

/** One that takes its time. */
const tellLate = () =>
  void sy.onCall(async ({ windowName, fromMain, origin }, msg) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { msg, windowName, fromMain, origin };
  });

const OF_MAIN = { windowName: undefined, fromMain: true, origin: undefined };
const ofWindow = (windowName) => ({ windowName, fromMain: false, origin: "file://" });

/** A page's handler that throws what it is asked for. */
function throwing() {
  class AccountError extends Error {
    constructor(message) {
      super(message);
      this.name = "AccountError";
      this.balance = 3;
    }
  }
  const cause = new TypeError("the reason");
  const errors = {
    range: Object.assign(new RangeError("too far"), { code: "E_FAR", limit: { at: 5 } }),
    caused: Object.defineProperty(new Error("outer"), "cause", { value: cause }),
    custom: new AccountError("no money"),
    text: "just a text",
    unsendable: Object.assign(new Error("with a function"), { fn: () => 0, kept: 1 }),
  };
  sy.onCall((_event, [name, isAsync]) => {
    if (isAsync) return Promise.reject(errors[name]);
    throw errors[name];
  });
}

const THROWN = {
  range: 'RangeError(RangeError, "too far", {code: "E_FAR",limit: {at: 5},cause: undefined})',
  caused:
    'Error(Error, "outer", {code: undefined,cause: ' +
    'TypeError(TypeError, "the reason", {code: undefined,cause: undefined})})',
  custom: 'Error(AccountError, "no money", {balance: 3,code: undefined,cause: undefined})',
  text: '"just a text"',
  unsendable: 'Error(Error, "with a function", {kept: 1,code: undefined,cause: undefined})',
};

/** Runs in a page and in main. */
function treasures() {
  const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
  const cycle = { list: [] };
  cycle.list.push(cycle);
  return {
    map: new Map([[new Date(5), new Set([Number.NaN, -0, BigInt(7)])]]),
    bytes: [bytes, new DataView(bytes.buffer, 2, 3), new Uint16Array([65535])],
    cycle,
    missing: undefined,
    pattern: /a\/b/giu,
    error: Object.assign(new RangeError("inside"), { code: "E_IN" }),
  };
}

/** A page's handler that gives back what it gets, and says what it saw. */
const giveBack = () => void sy.onCall((_event, msg) => [shared.textOf(msg), msg]);

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: a call from main is answered by a plain and by an async handler`]: async (t) => {
      for (const [name, handler] of Object.entries({ plain: tell, late: tellLate })) {
        const page = await t.open(name, kind);
        await page.run(handler);
        t.assert.deepEqual(await sy.callRender(name, { n: 1 }), { msg: { n: 1 }, ...OF_MAIN });
      }
    },

    [`${kindName}: windows call each other and themselves by name`]: async (t) => {
      const [a, b] = await Promise.all([t.open("a", kind), t.open("b", kind)]);
      await Promise.all([a.run(tell), b.run(tellLate)]);
      for (const [page, name] of [
        [a, "a"],
        [b, "b"],
      ]) {
        for (const target of ["a", "b"]) {
          const answer = await page.run((to) => sy.callOtherRender(to, { n: 1 }), target);
          t.assert.deepEqual(answer, { msg: { n: 1 }, ...ofWindow(name) }, `${name} to ${target}`);
        }
      }
    },

    [`${kindName}: the first defined answer of several handlers wins; each gets each call`]: async (
      t,
    ) => {
      const page = await t.open("page", kind);
      await page.run(() => {
        window.seen = [];
        const handlers = {
          first: () => undefined,
          second: () => new Promise((resolve) => setTimeout(resolve, 20, "slow but earlier")),
          third: () => "fast but later",
          fourth: () => Promise.reject(new Error("a later one's")),
          fifth: () => {
            throw new Error("a later one's");
          },
        };
        for (const [name, answer] of Object.entries(handlers)) {
          sy.onCall((_event, msg) => {
            seen.push(`${name} ${msg}`);
            return answer();
          });
        }
      });
      t.assert.equal(await sy.callRender("page", 1), "slow but earlier");
      const own = await page.run(() => sy.callOtherRender("page", 2));
      t.assert.equal(own, "slow but earlier");
      const names = ["first", "second", "third", "fourth", "fifth"];
      const seen = [1, 2].flatMap((n) => names.map((name) => `${name} ${n}`));
      t.assert.deepEqual(await page.run(() => seen), seen);
    },

    [`${kindName}: what a handler of calls throws rejects the caller's promise as it was`]: async (
      t,
    ) => {
      const [page, asker] = await Promise.all([t.open("page", kind), t.open("asker", kind)]);
      await page.run(throwing);
      const rejection = (msg) => sy.callRender("page", msg).then(() => "resolved", t.shared.textOf);
      const inPage = (msg) => sy.callOtherRender("page", msg).then(() => "resolved", shared.textOf);
      for (const [name, expected] of Object.entries(THROWN)) {
        for (const isAsync of [false, true]) {
          t.assert.equal(await rejection([name, isAsync]), expected, name);
          t.assert.equal(await asker.run(inPage, [name, isAsync]), expected, name);
        }
      }
      const { stack } = await sy.callRender("page", ["range"]).catch((error) => error);
      t.assert.match(stack, /throwing/);
    },

    [`${kindName}: calls and answers carry values that are not JSON, and bytes`]: async (t) => {
      const [page, asker] = await Promise.all([t.open("page", kind), t.open("asker", kind)]);
      await page.run(giveBack);
      const [seen, back] = await sy.callRender("page", treasures());
      const expected = t.shared.textOf(treasures());
      t.assert.deepEqual([seen, t.shared.textOf(back)], [expected, expected]);
      const there = await asker.run(`async () => {
        const [seen, back] = await sy.callOtherRender("page", (${treasures})());
        return [seen, shared.textOf(back)];
      }`);
      t.assert.deepEqual(there, [expected, expected]);
    },
  };
}

const SHARED = {
  "a call's event is frozen and says no more than who calls": async (t) => {
    const page = await t.open("page");
    await page.run(() => {
      sy.onCall((event) => {
        const { signal } = event;
        return {
          frozen: Object.isFrozen(event),
          keys: Object.keys(event).sort(),
          same: signal === event.signal,
          signal: signal instanceof AbortSignal && !signal.aborted,
        };
      });
    });
    const expected = {
      frozen: true,
      keys: ["fromMain", "origin", "signal", "windowName"],
      same: true,
      signal: true,
    };
    t.assert.deepEqual(await sy.callRender("page", 1), expected);
    t.assert.deepEqual(await page.run(() => sy.callOtherRender("page", 1)), expected);
  },

  "a window without a name calls as nobody": async (t) => {
    const [page, stranger] = [await t.open("page"), t.unnamedWindow()];
    await Promise.all([page.run(tell), stranger.load()]);
    const answer = await stranger.run(() => sy.callOtherRender("page", 1));
    t.assert.deepEqual(answer, { msg: 1, ...ofWindow(undefined) });
  },

  "a call waits for its window to load and for its handler, in its order": async (t) => {
    const caller = await t.open("caller");
    const page = t.window("page");
    const fromMain = [];
    const fromPage = [];
    const call = (n) => {
      fromMain.push(sy.callRender("page", `main ${n}`));
      fromPage.push(caller.run((n) => sy.callOtherRender("page", `page ${n}`), n));
    };
    call(0);
    const loading = page.load();
    call(1);
    await loading;
    call(2);
    await t.until("they wait", () => sy.stats().windows.page.queued === 6);
    await page.run(() => {
      window.seen = [];
      sy.onCall((_event, msg) => [msg, seen.push(msg)]);
    });
    const answers = async (promises) => (await Promise.all(promises)).map(([msg]) => msg);
    const numbered = (name) => [0, 1, 2].map((n) => `${name} ${n}`);
    t.assert.deepEqual(await answers(fromMain), numbered("main"));
    t.assert.deepEqual(await answers(fromPage), numbered("page"));
    const seen = await page.run(() => seen);
    for (const name of ["main", "page"]) {
      const ofOne = seen.filter((msg) => msg.startsWith(name));
      t.assert.deepEqual(ofOne, numbered(name));
    }
  },

  "a call waits over a reload for the next page's handler": async (t) => {
    const [caller, page] = [await t.open("caller"), await t.open("page")];
    const fromMain = sy.callRender("page", "main");
    const fromPage = caller.run(() => sy.callOtherRender("page", "page"));
    await t.until("they wait", () => sy.stats().windows.page.queued === 2);
    await page.reload();
    await page.run(tell);
    t.assert.deepEqual(await fromMain, { msg: "main", ...OF_MAIN });
    t.assert.deepEqual(await fromPage, { msg: "page", ...ofWindow("caller") });
  },

  "a call that comes just after the last handler left rejects with ERR_NO_HANDLER": async (t) => {
    const page = await t.open("page");
    await page.run(() => {
      window.undo = sy.onCall(() => "answer");
    });
    t.assert.equal(await sy.callRender("page", 1), "answer");
    // The call arrives while the page is busy, and the handler goes before the page looks.
    await page.run(() => {
      setTimeout(() => {
        sy.sendMsgToMain("busy");
        Promise.resolve().then(() => {
          const end = performance.now() + 100;
          while (performance.now() < end);
          undo();
        });
      });
    });
    const early = new Promise((resolve) => {
      t.handle(() => resolve(sy.callRender("page", 2).catch(({ code }) => code)));
    });
    t.assert.equal(await early, "ERR_NO_HANDLER");
  },

  "a call to an unknown window rejects, and names the windows there are": async (t) => {
    const page = await t.open("page");
    t.window("work");
    const inMain = await t.shared.outcome(() => sy.callRender("wrok", 1));
    const inPage = await page.run(() => shared.outcome(() => sy.callOtherRender("wrok", 1)));
    for (const { error } of [inMain, inPage]) {
      t.assert.equal(error.code, "ERR_UNKNOWN_WINDOW");
      t.assert.match(error.message, /not find windowInstance.*"wrok".*"page", "work"/);
    }
    t.assert.match(inPage.error.message, /^electron-switchyard: callOtherRender: /);
    t.assert.deepEqual(t.console.lines, []);
  },

  "a call to a full queue rejects with ERR_QUEUE_FULL, whatever the overflow policy": async (t) => {
    const [page] = [await t.open("page"), t.window("full")];
    t.undos.push(() => sy.initIpc({ maxQueueRecords: 100000, overflow: "reject" }));
    for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
      sy.initIpc({ maxQueueRecords: 2, overflow });
      // What waits must not give way: only requests wait.
      while (sy.stats().windows.full.queued < 2) sy.callRender("full", 1).catch(() => undefined);
      const inMain = await t.shared.outcome(() => sy.callRender("full", 1));
      const inPage = await page.run(() => shared.outcome(() => sy.callOtherRender("full", 1)));
      t.assert.equal(inMain.error.code, "ERR_QUEUE_FULL", overflow);
      t.assert.equal(inPage.error.code, "ERR_QUEUE_FULL", overflow);
      t.assert.match(inMain.error.message, /"full".*maxQueueRecords/);
    }
  },

  "an answer to a call that cannot be sent rejects the caller's promise and is named": async (
    t,
  ) => {
    const page = await t.open("page");
    await page.run(() => {
      const answers = { plain: { list: [1, () => 0] }, async: Promise.resolve({ fn() {} }) };
      sy.onCall((_event, which) => answers[which]);
    });
    const plain = await t.shared.outcome(() => sy.callRender("page", "plain"));
    t.assert.equal(plain.error.code, "ERR_NOT_CLONEABLE");
    t.assert.match(plain.error.message, /answer\.list\[1\] is a function/);
    const late = await page.thrown(() => sy.callOtherRender("page", "async"));
    t.assert.match(late.message, /answer\.fn is a function/);
  },

  "no handler of calls that answers: the caller's promise resolves to undefined": async (t) => {
    const page = await t.open("page");
    await page.run(() => void sy.onCall(() => undefined));
    t.assert.equal(await sy.callRender("page", 1), undefined);
    await page.run(() => void sy.onCall(async () => undefined));
    t.assert.equal(await sy.callRender("page", 1), undefined);
  },

  "a call is a request and no message: no listener of messages gets it": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    await page.hear("other", "onMsgFromOtherRender");
    await page.run(tell);
    await sy.callRender("page", 1);
    await page.run(() => sy.callOtherRender("page", 1));
    t.assert.deepEqual(await page.heard("main"), []);
    t.assert.deepEqual(await page.heard("other"), []);
  },

  "a handler of calls may call back, and ask main, before it answers": async (t) => {
    t.handle((_event, msg) => `main knows ${msg}`);
    const [a, b] = [await t.open("a"), await t.open("b")];
    await a.run(() => void sy.onCall((_event, msg) => `a knows ${msg}`));
    await b.run(() => {
      sy.onCall(async (event, msg) => [
        await sy.callOtherRender(event.windowName, msg),
        await sy.sendMsgToMain(msg),
      ]);
    });
    const answers = await a.run(() => sy.callOtherRender("b", "it"));
    t.assert.deepEqual(answers, ["a knows it", "main knows it"]);
  },

  "1,000 calls at once, both ways and from main, each get their own answer": async (t) => {
    const [a, b] = [await t.open("a"), await t.open("b")];
    const answerLate = (name) => {
      sy.onCall(async (event, n) => {
        // In another order than they came.
        if (n % 3) await new Promise((resolve) => setTimeout(resolve, (n * 7) % 50));
        if (n % 10 === 9) throw new Error(`${event.windowName} ${n} ${name}`);
        return `${event.windowName} ${n} ${name}`;
      });
    };
    await Promise.all([a.run(answerLate, "a"), b.run(answerLate, "b")]);
    const callMany = async (to, name) => {
      const answers = Array.from({ length: 1000 }, (_, n) =>
        sy.callOtherRender(to, n).catch(({ message }) => message),
      );
      const all = await Promise.all(answers);
      return all.filter((answer, n) => answer !== `${name} ${n} ${to}`);
    };
    const fromMain = Array.from({ length: 1000 }, (_, n) =>
      sy.callRender("b", n).catch(({ message }) => message),
    );
    const astray = [a.run(callMany, "b", "a"), b.run(callMany, "a", "b")];
    t.assert.deepEqual(await Promise.all(astray), [[], []]);
    const expected = Array.from({ length: 1000 }, (_, n) => `undefined ${n} b`);
    t.assert.deepEqual(await Promise.all(fromMain), expected);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  SHARED,
);
