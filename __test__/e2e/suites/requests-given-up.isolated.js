/**
 * Requests with timeoutMs and with a signal, and what their handlers learn of it. Its own process:
 * handlerWaitMs is set so high that no wait ends by it.
 */
const sy = require("electron-switchyard");
const { Controller, OwnController, hasNative, hasReasons } = require("../controller");
const { ISOLATED, OPEN } = require("../kinds");
const { workInMain, workInPage } = require("../work");

sy.initIpc({ handlerWaitMs: 60000 });

const KINDS = { "isolated and sandboxed": ISOLATED, "not isolated, sandboxed": OPEN };

/** Signals have reasons from Chrome 98 on. */
const REASONS_IN_PAGES = Number(process.versions.chrome.split(".")[0]) >= 98;

/** Runs in a page and in main: a request that can be given up. */
function startAsking(ask, Controller, why) {
  const reasons = {
    "a string": "had enough",
    "an error": Object.assign(new RangeError("had enough"), { code: "E_ENOUGH" }),
    nothing: undefined,
  };
  const controller = new Controller();
  const outcome = ask({ signal: controller.signal }).then(
    (value) => ({ value }),
    (error) => ({ error: shared.about(error), same: error === reasons[why] }),
  );
  return { abort: () => controller.abort(reasons[why]), outcome };
}

/**
 * The three calls that ask. Each `open` sets the stage and gives: `outcome(options)`, what a request
 * with these options comes to; `asking(why)`, one that can be given up; `work`, what starts the
 * handler; `accepted`, how many requests and messages have been let in so far.
 */
const ASKS = {
  async sendMsgToMain(t, kind) {
    const asker = await t.open("asker", kind);
    return {
      ...inPage(asker, "sendMsgToMain", "msg"),
      work: () => workInMain(t),
      accepted: () => sy.stats().mainProcess.accepted,
      hasReasons: REASONS_IN_PAGES,
    };
  },

  async callOtherRender(t, kind) {
    const [asker, target] = [await t.open("asker", kind), await t.open("target")];
    return {
      ...inPage(asker, "callOtherRender", "target", "msg"),
      work: () => workInPage(target),
      accepted: () => sy.stats().windows.target.accepted,
      hasReasons: REASONS_IN_PAGES,
    };
  },

  async callRender(t, kind) {
    const target = await t.open("target", kind);
    return {
      pages: [target],
      outcome: (options) => t.shared.outcome(() => sy.callRender("target", "msg", options)),
      asking: (why) => {
        return startAsking((options) => sy.callRender("target", "msg", options), Controller, why);
      },
      early: async () => {
        const controller = new Controller();
        controller.abort("too early");
        const call = () => sy.callRender("target", "msg", { signal: controller.signal });
        return (await t.shared.outcome(call)).error;
      },
      work: () => workInPage(target),
      accepted: () => sy.stats().windows.target.accepted,
      hasReasons,
    };
  },
};

/** The same in a page, which asks by this call. */
function inPage(asker, ...call) {
  const outcome = ([call, ...args], options) => shared.outcome(() => sy[call](...args, options));
  const start = `([call, ...args], why) => {
    const ask = (options) => sy[call](...args, options);
    window.asked = (${startAsking})(ask, AbortController, why);
  }`;
  const early = async ([call, ...args]) => {
    const controller = new AbortController();
    controller.abort("too early");
    return (await shared.outcome(() => sy[call](...args, { signal: controller.signal }))).error;
  };
  return {
    pages: [asker],
    outcome: (options) => asker.run(outcome, call, options),
    asking: (why) => {
      const started = asker.run(start, call, why);
      return {
        abort: () => started.then(() => asker.run(() => asked.abort())),
        outcome: started.then(() => asker.run(() => asked.outcome)),
      };
    },
    early: () => asker.run(early, call),
  };
}

/** What only an error that nobody awaits writes. */
function assertQuiet(t, pages) {
  const uncaught = pages.flatMap((page) => page.console.filter((line) => /Uncaught/.test(line)));
  t.assert.deepEqual(uncaught, []);
  t.assert.deepEqual(t.console.lines, []);
}

/** What a request that was given up for a reason rejects with, and aborts its handler with. */
function expected(why, { hasReasons }) {
  if (hasReasons && why === "a string") return { text: '"had enough"' };
  if (hasReasons && why === "an error") {
    return { name: "RangeError", message: "had enough", code: "E_ENOUGH" };
  }
  return { name: "AbortError" };
}

/** Where the signal has no reason: a DOMException where there are such reasons, or our error. */
function assertDefault(t, call, { code }) {
  const native = call === "callRender" ? hasNative && hasReasons : REASONS_IN_PAGES;
  t.assert.equal(code, native ? 20 : "ERR_ABORTED");
}

function assertMatches(t, told, wanted) {
  const part = Object.keys(wanted).map((key) => [key, told[key]]);
  t.assert.deepEqual(Object.fromEntries(part), wanted, told.text);
}

function lawsOf(call, kindName, kind) {
  const open = (t) => ASKS[call](t, kind);
  const name = (what) => `${kindName}: ${call} ${what}`;
  const laws = {
    [name("with timeoutMs rejects with ERR_TIMEOUT, and the handler's signal is aborted")]: async (
      t,
    ) => {
      const ask = await open(t);
      const work = await ask.work();
      const outcome = ask.outcome({ timeoutMs: 300 });
      const told = await work.aborted("msg");
      const message = `electron-switchyard: ${call}: no answer within 300 ms`;
      const { error } = await outcome;
      for (const one of [error, told]) {
        assertMatches(t, one, { name: "Error", code: "ERR_TIMEOUT", message });
      }
      await work.answer("msg", "too late");
      await t.sleep(20);
      assertQuiet(t, ask.pages);
    },

    [name(`with a timeoutMs that ends while it waits ${WAITED[call]}`)]: async (t) => {
      const ask = await open(t);
      const { error } = await ask.outcome({ timeoutMs: 50 });
      t.assert.equal(error.code, "ERR_TIMEOUT");
      await assertWaited(t, call, ask);
    },

    [name("with a timeoutMs of 0 rejects with ERR_TIMEOUT")]: async (t) => {
      const ask = await open(t);
      await ask.work();
      const { error } = await ask.outcome({ timeoutMs: 0 });
      assertMatches(t, error, {
        code: "ERR_TIMEOUT",
        message: `electron-switchyard: ${call}: no answer within 0 ms`,
      });
      assertQuiet(t, ask.pages);
    },

    [name("that is answered before its timeoutMs resolves")]: async (t) => {
      const ask = await open(t);
      const work = await ask.work();
      const outcome = ask.outcome({ timeoutMs: 60000 });
      await work.begun(1);
      await work.answer("msg", "in time");
      t.assert.deepEqual(await outcome, { value: "in time" });
      t.assert.deepEqual(await work.seen(), [{ msg: "msg", aborts: [], aborted: false }]);
    },

    [name("with a signal that is aborted already rejects, and nothing is sent")]: async (t) => {
      const ask = await open(t);
      const before = ask.accepted();
      const error = await ask.early();
      const wanted = ask.hasReasons ? { text: '"too early"' } : { code: "ERR_ABORTED" };
      assertMatches(t, error, wanted);
      const work = await ask.work();
      await answered(ask, work);
      t.assert.equal(ask.accepted() - before, 1);
      assertQuiet(t, ask.pages);
    },

    [name(`whose signal is aborted while it waits ${WAITED[call]}`)]: async (t) => {
      const ask = await open(t);
      const before = ask.accepted();
      const asking = ask.asking("a string");
      await t.until("it waits", () => ask.accepted() > before);
      await asking.abort();
      t.assert.ok((await asking.outcome).error);
      await assertWaited(t, call, ask);
    },

    [name("whose signal is aborted after the answer is answered, and nobody is notified")]: async (
      t,
    ) => {
      const ask = await open(t);
      const work = await ask.work();
      const asking = ask.asking("a string");
      await work.begun(1);
      await work.answer("msg", "in time");
      t.assert.deepEqual(await asking.outcome, { value: "in time" });
      await asking.abort();
      t.assert.equal((await answered(ask, work)).value, "answer");
      t.assert.ok((await work.seen()).every(({ aborts }) => aborts.length === 0));
      assertQuiet(t, ask.pages);
    },
  };
  for (const why of ["a string", "an error", "nothing"]) {
    laws[name(`whose signal is aborted with ${why} rejects with it; the handler gets a copy`)] =
      async (t) => {
        const ask = await open(t);
        const work = await ask.work();
        const asking = ask.asking(why);
        await work.begun(1);
        await asking.abort();
        const { error, same } = await asking.outcome;
        const told = await work.aborted("msg");
        for (const one of [error, told]) assertMatches(t, one, expected(why, ask));
        if (why === "nothing") assertDefault(t, call, told);
        else t.assert.equal(same, ask.hasReasons);
        await work.fail("msg", "too late");
        await t.sleep(20);
        assertQuiet(t, ask.pages);
      };
  }
  return laws;
}

/** One more request, answered: all that was sent before it has come by then. */
async function answered(ask, work) {
  const before = (await work.seen()).length;
  const outcome = ask.outcome({});
  await work.begun(before + 1);
  await work.answerLast("answer");
  return outcome;
}

/** What main does with a request may be worth doing also where nobody hears of it; see the calls. */
const WAITED = {
  sendMsgToMain: "comes with its signal aborted",
  callOtherRender: "is not delivered any more",
  callRender: "is not delivered any more",
};

/** A request was given up before there was a handler, and another one comes after it. */
async function assertWaited(t, call, ask) {
  const work = await ask.work();
  if (call === "sendMsgToMain") await work.aborted("msg");
  t.assert.deepEqual(await answered(ask, work), { value: "answer" });
  const aborted = (await work.seen()).map(({ aborted }) => aborted);
  t.assert.deepEqual(aborted, call === "sendMsgToMain" ? [true, false] : [false]);
  assertQuiet(t, ask.pages);
}

/** `[options as source text, what the message says]` */
const WRONG = [
  ["null", /options must be an object, and is null/],
  ["5", /options must be an object, and is 5/],
  ["'fast'", /options must be an object, and is "fast"/],
  ["() => 0", /options must be an object, and is a function/],
  ["{ timeoutMs: -1 }", /timeoutMs must be an integer from 0 to 2147483647, and is -1/],
  ["{ timeoutMs: 1.5 }", /timeoutMs.*integer.*1\.5/],
  ["{ timeoutMs: 2147483648 }", /timeoutMs.*2147483647.*2147483648/],
  ["{ timeoutMs: '100' }", /timeoutMs.*"100"/],
  ["{ timeoutMs: null }", /timeoutMs.*null/],
  ["{ timeoutMs: NaN }", /timeoutMs.*NaN/],
  ["{ timeoutMs: Infinity }", /timeoutMs.*Infinity/],
  ["{ timeoutMs: {} }", /timeoutMs.*object/],
  ["{ timeoutMs: Object.create(null) }", /timeoutMs.*object/],
  ["{ timeoutMs: BigInt(5) }", /timeoutMs.*5 \(bigint\)/],
  ["{ timeoutMs: Symbol('s') }", /timeoutMs.*Symbol\(s\)/],
  ["{ signal: null }", /signal must be an AbortSignal, and is null/],
  ["{ signal: 'stop' }", /signal.*AbortSignal.*"stop"/],
  ["{ signal: {} }", /signal.*AbortSignal.*object/],
  ["{ signal: { aborted: false } }", /signal.*AbortSignal.*object/],
  ["{ timeout: 100 }", /an option must be timeoutMs or signal, and is "timeout"/],
  ["{ timeoutMs: 100, retries: 3 }", /an option must be timeoutMs or signal, and is "retries"/],
];

const RIGHT = ["{}", "undefined", "{ timeoutMs: undefined, signal: undefined }", "[]"];

/** Not an option of sendMsgToMain, and no mistake there. */
const isObject = (source) => /^\{/.test(source);

function lawOfWrongOptions(call, [source, pattern]) {
  const law = async (t) => {
    const page = await t.open("page");
    const before = sy.stats().total.accepted;
    const args = call === "sendMsgToMain" ? "1" : '"page", 1';
    const error =
      call === "callRender"
        ? t.thrown(() => evaluated(source, (options) => void sy.callRender("page", 1, options)))
        : await page.thrown(`() => void sy.${call}(${args}, ${source})`);
    t.assert.equal(error.code, "ERR_INVALID_OPTION", String(error.message));
    t.assert.match(error.message, pattern);
    t.assert.ok(error.message.startsWith(`electron-switchyard: ${call}: `), error.message);
    t.assert.equal(sy.stats().total.accepted, before);
  };
  return { [`${call} refuses the options ${source} at once, and says what is right`]: law };
}

function evaluated(source, use) {
  return use(new Function(`return (${source})`)());
}

const OPTIONS = Object.assign(
  {},
  ...WRONG.flatMap((row) => [
    lawOfWrongOptions("callRender", row),
    lawOfWrongOptions("callOtherRender", row),
    ...(isObject(row[0]) ? [lawOfWrongOptions("sendMsgToMain", row)] : []),
  ]),
  {
    "options that ask for nothing are right": async (t) => {
      t.handle(() => "answer");
      const page = await t.open("page");
      await page.run(() => void sy.onCall(() => "answer"));
      for (const source of RIGHT) {
        const answers = [
          await evaluated(source, (options) => sy.callRender("page", 1, options)),
          await page.run(`() => sy.callOtherRender("page", 1, ${source})`),
          await page.run(`() => sy.sendMsgToMain(1, ${source})`),
        ];
        t.assert.deepEqual(answers, ["answer", "answer", "answer"], source);
      }
    },

    "sendMsgToMain can be given to map, as its second argument is ignored unless an object": async (
      t,
    ) => {
      t.handle((_event, msg) => msg * 10);
      const page = await t.open("page");
      t.assert.deepEqual(
        await page.run(() => Promise.all([1, 2, 3].map(sy.sendMsgToMain))),
        [10, 20, 30],
      );
      for (const second of ["5", "'text'", "null", "() => 0", "true"]) {
        t.assert.equal(await page.run(`() => sy.sendMsgToMain(4, ${second})`), 40, second);
      }
    },
  },
);

const MANY = {
  "100 requests of a page with one signal, aborted: all reject, all handlers are notified, none is left":
    async (t) => {
      const [asker, target] = [await t.open("asker"), await t.open("target")];
      const works = [workInMain(t), await workInPage(target)];
      await asker.run(() => {
        window.controller = new AbortController();
        const { signal } = controller;
        const ends = [];
        for (let n = 0; n < 100; n++) {
          ends.push(sy.sendMsgToMain(n, { signal }), sy.callOtherRender("target", n, { signal }));
        }
        window.names = Promise.all(ends.map((end) => end.catch(({ name }) => name)));
      });
      for (const work of works) await work.begun(100);
      await asker.run(() => controller.abort());
      t.assert.deepEqual(await asker.run(() => names), new Array(200).fill("AbortError"));
      for (const work of works) {
        await work.aborted(99);
        const once = (await work.seen()).filter(({ aborts }) => aborts.length === 1);
        t.assert.equal(once.length, 100);
      }
      assertQuiet(t, [asker, target]);
    },

  "100 calls of main with one signal, aborted: all reject, all handlers are notified, none is left":
    async (t) => {
      const target = await t.open("target");
      const work = await workInPage(target);
      for (const [round, Kind] of [Controller, OwnController].entries()) {
        const controller = new Kind();
        const { signal } = controller;
        const calls = Array.from({ length: 100 }, (_, n) =>
          sy.callRender("target", `${round} ${n}`, { signal }).catch(({ name }) => name),
        );
        await work.begun(100 * (round + 1));
        controller.abort();
        t.assert.deepEqual(await Promise.all(calls), new Array(100).fill("AbortError"));
        await work.aborted(`${round} 99`);
        if (signal.listeners) t.assert.equal(signal.listeners.size, 0);
      }
      assertQuiet(t, [target]);
    },

  "100 calls of main with one signal, answered one after another, leave no listener": async (t) => {
    const page = await t.open("page");
    await page.run(() => void sy.onCall((_event, msg) => msg));
    const { signal } = new OwnController();
    for (let n = 0; n < 100; n++) {
      t.assert.equal(await sy.callRender("page", n, { signal }), n);
      t.assert.equal(signal.listeners.size, 0);
    }
    const refused = await sy.callRender("nobody", 1, { signal }).catch(({ code }) => code);
    t.assert.equal(refused, "ERR_UNKNOWN_WINDOW");
    t.assert.equal(signal.listeners.size, 0);
  },

  "calls that were given up while they waited take up no room in the window's queue": async (t) => {
    const page = await t.open("page");
    sy.initIpc({ maxQueueRecords: 3 });
    t.undos.push(() => sy.initIpc({ maxQueueRecords: 100000 }));
    for (let n = 0; n < 5; n++) {
      const { error } = await t.shared.outcome(() => sy.callRender("page", n, { timeoutMs: 0 }));
      t.assert.equal(error.code, "ERR_TIMEOUT", error.message);
    }
    for (let n = 0; n < 3; n++) sy.sendMsgToRender("page", n);
    await page.hear("main", "onMsgFromMain");
    t.assert.equal((await page.hears("main", 3)).length, 3);
  },

  "an answer in time ends the timeout: nothing comes of it later": async (t) => {
    const [asker, target] = [await t.open("asker"), await t.open("target")];
    const note = (signals) => (event) => {
      signals.push(event.signal);
      return "answer";
    };
    const inMain = [];
    t.handle(note(inMain));
    await target.run(`() => {
      window.signals = [];
      sy.onCall((${note})(signals));
    }`);
    // On a busy machine an answer may come too late, and another is asked for.
    const timely = async (ask) => {
      for (;;) {
        const { value } = await ask();
        if (value) return value;
      }
    };
    const asks = [
      () => asker.run(() => shared.outcome(() => sy.sendMsgToMain(1, { timeoutMs: 500 }))),
      () =>
        asker.run(() => shared.outcome(() => sy.callOtherRender("target", 1, { timeoutMs: 500 }))),
      () => t.shared.outcome(() => sy.callRender("target", 1, { timeoutMs: 500 })),
    ];
    for (const ask of asks) {
      t.assert.equal(await timely(ask), "answer");
      await t.sleep(600);
    }
    t.assert.equal(inMain[inMain.length - 1].aborted, false);
    t.assert.equal(await target.run(() => signals[signals.length - 1].aborted), false);
    assertQuiet(t, [asker, target]);
  },

  "a reason of null is a reason": async (t) => {
    const target = await t.open("target");
    const work = await workInPage(target);
    const controller = new OwnController();
    const call = sy.callRender("target", "msg", { signal: controller.signal }).catch((it) => it);
    await work.begun(1);
    controller.abort(null);
    t.assert.equal(await call, null);
    assertMatches(t, await work.aborted("msg"), { text: "null" });
  },

  "a reason that cannot be sent aborts the handler's signal all the same": async (t) => {
    const target = await t.open("target");
    const work = await workInPage(target);
    const controller = new OwnController();
    const reason = () => "a function";
    const call = sy.callRender("target", "msg", { signal: controller.signal }).catch((it) => it);
    await work.begun(1);
    controller.abort(reason);
    t.assert.equal(await call, reason);
    assertMatches(t, await work.aborted("msg"), { name: "AbortError", code: "ERR_ABORTED" });
  },

  "an answer that comes while its request is given up changes nothing": async (t) => {
    const target = await t.open("target");
    await target.run(() => void sy.onCall((_event, msg) => msg));
    const outcomes = Array.from({ length: 300 }, (_, n) =>
      sy.callRender("target", n, { timeoutMs: n % 20 }).catch(({ code }) => code),
    );
    const wrong = (await Promise.all(outcomes)).filter((it, n) => it !== n && it !== "ERR_TIMEOUT");
    t.assert.deepEqual(wrong, []);
    t.assert.equal(await sy.callRender("target", "alive"), "alive");
    assertQuiet(t, [target]);
  },
};

module.exports = Object.assign(
  {},
  ...Object.keys(ASKS).flatMap((call) =>
    Object.entries(KINDS).map((entry) => lawsOf(call, ...entry)),
  ),
  OPTIONS,
  MANY,
);
