import assert from "node:assert/strict";
import { test } from "node:test";
import { abortSource } from "./bundle.mjs";
import { start } from "./ways.mjs";

/** What is done while there is no AbortController, as in Node 12. */
function withoutAbortController(act) {
  const { AbortController } = globalThis;
  Reflect.deleteProperty(globalThis, "AbortController");
  try {
    return act();
  } finally {
    Object.defineProperty(globalThis, "AbortController", {
      value: AbortController,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
}

/** The same scenario, once with the stand-in and once with the real thing. */
function assertAlike(scenario) {
  const real = scenario(new AbortController());
  assert.deepEqual(scenario(withoutAbortController(abortSource)), real);
  return real;
}

/** The stand-in's errors are thrown by a timer, the real one's at the end of the turn. */
async function uncaughtOf(act) {
  const errors = [];
  const before = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => errors.push(error));
  try {
    act();
    await new Promise((done) => setTimeout(done, 20));
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of before) process.on("uncaughtException", listener);
  }
  return errors;
}

test("where there is an AbortController, it is taken, and else the stand-in", () => {
  assert.ok(abortSource() instanceof AbortController);
  assert.equal(withoutAbortController(abortSource) instanceof AbortController, false);
  assert.ok(abortSource() instanceof AbortController);
});

test("before the abort, a signal is not aborted and has no reason", () => {
  const log = assertAlike(({ signal }) => [
    signal.aborted,
    signal.reason,
    "reason" in signal,
    signal.onabort,
    signal.throwIfAborted(),
  ]);
  assert.deepEqual(log, [false, undefined, true, null, undefined]);
});

test("after the abort, it is aborted, for the reason that was given", () => {
  for (const reason of ["why", 0, null, { deep: 1 }, new Error("x")]) {
    const log = assertAlike((controller) => {
      const returned = controller.abort(reason);
      return [returned, controller.signal.aborted, controller.signal.reason === reason];
    });
    assert.deepEqual(log, [undefined, true, true]);
  }
});

test("a controller has one signal", () => {
  const same = assertAlike((controller) => {
    const { signal } = controller;
    controller.abort("why");
    return signal === controller.signal;
  });
  assert.equal(same, true);
});

test("throwIfAborted throws the reason itself", () => {
  const reason = { my: "reason" };
  const log = assertAlike((controller) => {
    controller.abort(reason);
    try {
      return controller.signal.throwIfAborted();
    } catch (error) {
      return [error === reason];
    }
  });
  assert.deepEqual(log, [true]);
});

test("a listener is called once, with an event, and with the signal as this", () => {
  const log = assertAlike((controller) => {
    const { signal } = controller;
    const calls = [];
    signal.addEventListener("abort", function (event, ...rest) {
      calls.push([this === signal, event.type, event.target === signal, signal.aborted, rest]);
    });
    controller.abort("why");
    controller.abort("again");
    return calls;
  });
  assert.deepEqual(log, [[true, "abort", true, true, []]]);
});

test("a listener may be an object with handleEvent, which is its this", () => {
  const log = assertAlike((controller) => {
    const calls = [];
    const listener = {
      handleEvent(event) {
        calls.push([this === listener, event.type]);
      },
    };
    controller.signal.addEventListener("abort", listener);
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, [[true, "abort"]]);
});

test("onabort is called as a listener is, and can be replaced or taken away", () => {
  const log = assertAlike((controller) => {
    const { signal } = controller;
    const calls = [];
    signal.onabort = () => calls.push("first");
    signal.onabort = function (event) {
      calls.push(["second", this === signal, event.type]);
    };
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, [["second", true, "abort"]]);
  assertAlike((controller) => {
    controller.signal.onabort = () => assert.fail("it was taken away");
    controller.signal.onabort = null;
    controller.abort("why");
    return controller.signal.onabort;
  });
});

test("listeners are called in the order in which they were added, each once", () => {
  const log = assertAlike((controller) => {
    const calls = [];
    const [a, b, c] = ["a", "b", "c"].map((name) => () => calls.push(name));
    for (const listener of [c, a, b, a, c]) controller.signal.addEventListener("abort", listener);
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, ["c", "a", "b"]);
});

test("onabort and other listeners are all called", () => {
  const log = assertAlike((controller) => {
    const calls = [];
    controller.signal.onabort = () => calls.push("onabort");
    controller.signal.addEventListener("abort", () => calls.push("listener"));
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, ["onabort", "listener"]);
});

test("a listener that was removed is not called, others are", () => {
  const log = assertAlike((controller) => {
    const { signal } = controller;
    const calls = [];
    const gone = () => calls.push("gone");
    const object = { handleEvent: () => calls.push("gone, too") };
    signal.addEventListener("abort", gone);
    signal.addEventListener("abort", () => calls.push("stays"));
    signal.addEventListener("abort", object);
    signal.removeEventListener("abort", gone);
    signal.removeEventListener("abort", gone);
    signal.removeEventListener("abort", object);
    signal.removeEventListener("abort", () => undefined);
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, ["stays"]);
});

test("listeners of other events are not called, nor do they share their removal", () => {
  const log = assertAlike((controller) => {
    const { signal } = controller;
    const calls = [];
    const listener = (event) => calls.push(event.type);
    signal.addEventListener("abort", listener);
    signal.addEventListener("other", () => calls.push("other"));
    signal.removeEventListener("other", listener);
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, ["abort"]);
});

test("a listener that another removes before its turn is not called", () => {
  const log = assertAlike((controller) => {
    const { signal } = controller;
    const calls = [];
    const second = () => calls.push("second");
    signal.addEventListener("abort", () => {
      calls.push("first");
      signal.removeEventListener("abort", second);
    });
    signal.addEventListener("abort", second);
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, ["first"]);
});

test("a listener that is added after the abort is not called", () => {
  const log = assertAlike((controller) => {
    const calls = [];
    controller.abort("why");
    controller.signal.addEventListener("abort", () => calls.push("late"));
    controller.signal.onabort = () => calls.push("late, too");
    controller.abort("again");
    return [calls, controller.signal.reason];
  });
  assert.deepEqual(log, [[], "why"]);
});

test("an abort from within a listener changes nothing", () => {
  const log = assertAlike((controller) => {
    const calls = [];
    controller.signal.addEventListener("abort", () => {
      calls.push("first");
      controller.abort("again");
    });
    controller.signal.addEventListener("abort", () => calls.push(controller.signal.reason));
    controller.abort("why");
    return calls;
  });
  assert.deepEqual(log, ["first", "why"]);
});

test("a listener that throws stops no other, and its error is uncaught", async () => {
  for (const make of [() => new AbortController(), () => withoutAbortController(abortSource)]) {
    const boom = [new Error("onabort"), new Error("function"), new Error("object")];
    const calls = [];
    const errors = await uncaughtOf(() => {
      const controller = make();
      const { signal } = controller;
      signal.onabort = () => {
        throw boom[0];
      };
      signal.addEventListener("abort", () => {
        throw boom[1];
      });
      signal.addEventListener("abort", () => calls.push("between"));
      signal.addEventListener("abort", {
        handleEvent() {
          throw boom[2];
        },
      });
      signal.addEventListener("abort", () => calls.push("last"));
      assert.equal(controller.abort("why"), undefined);
    });
    assert.deepEqual(calls, ["between", "last"]);
    assert.deepEqual(errors, boom);
  }
});

test("in a main process without AbortController, a handler's signal is aborted all the same", async () => {
  const way = {
    of: ({ main, a }) => ({ ask: (msg, options) => a.request(msg, options), answerer: main }),
  };
  const { pair, ask, handle } = start(way);
  const signals = [];
  const heard = [];
  handle((event, n) => {
    const signal = withoutAbortController(() => event.signal);
    signals.push(signal);
    signal.addEventListener("abort", () => {
      heard[n] = signal.reason;
    });
    return new Promise(() => undefined);
  });
  const controller = new AbortController();
  const asked = [ask(0, { signal: controller.signal }), ask(1, { timeoutMs: 10 })].map((each) =>
    each.catch((error) => error),
  );
  await pair.quiet();
  controller.abort({ why: "tired" });
  assert.deepEqual(await asked[0], { why: "tired" });
  assert.equal((await asked[1]).code, "ERR_TIMEOUT");
  await pair.quiet();
  assert.equal(
    signals.some((signal) => signal instanceof AbortSignal),
    false,
  );
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, true],
  );
  assert.deepEqual(heard[0], { why: "tired" });
  assert.equal(heard[1].code, "ERR_TIMEOUT");
  assert.throws(() => signals[1].throwIfAborted(), { code: "ERR_TIMEOUT" });
});

test("the stand-in serves as the signal of a request", async () => {
  const { ask, handle } = start({
    of: ({ main, a }) => ({ ask: (msg, options) => main.call("a", msg, options), answerer: a }),
  });
  handle((_, msg) => (msg === "echo" ? msg : new Promise(() => undefined)));
  const controller = withoutAbortController(abortSource);
  const { signal } = controller;
  assert.equal(await ask("echo", { signal }), "echo");
  const asked = ask("never", { signal }).catch((error) => error);
  controller.abort("enough");
  assert.equal(await asked, "enough");
  assert.equal(await ask("after", { signal }).catch((error) => error), "enough");
});
