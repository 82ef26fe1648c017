/** Each error of this package has one shape: name, code, a message with one title, and a stack as Node's begin. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { Endpoint, failure } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";
import { outcome, REQUESTS, SERVICES, start } from "./ways.mjs";

const PROTOCOL = readFileSync(join(ROOT, "js", "protocol", "protocol.ts"), "utf8");
const CODES = [...PROTOCOL.matchAll(/\| "(ERR_\w+)"/g)].map(([, code]) => code);
const TITLE = "electron-switchyard: ";
/** As index.d.ts has them. */
const NAMES = {
  ERR_INVALID_ARG_TYPE: "TypeError",
  ERR_NOT_CLONEABLE: "DataCloneError",
  ERR_ABORTED: "AbortError",
};

/** The name that the place gives which makes such an error. */
const named = (code) => (/CLONEABLE|ABORTED/.test(code) ? { name: NAMES[code] } : undefined);

/** Throws unless an error has the shape. */
function assertShape(error, code, name = NAMES[code] ?? "Error") {
  assert.ok(error instanceof Error, `${error}`);
  assert.deepEqual([error.code, error.name], [code, name]);
  assert.equal(error instanceof TypeError, name === "TypeError");
  assert.ok(error.message.startsWith(TITLE), error.message);
  assert.equal(error.message.split(TITLE).length, 2, error.message);
  assert.ok(error.stack.startsWith(`${name} [${code}]: ${error.message}\n    at `), error.stack);
  assert.equal(Object.keys(error).includes("stack"), false);
}

test("the protocol has a list of codes", () => assert.ok(CODES.length > 15, CODES.join()));

for (const code of CODES) {
  test(`${code} has the shape of all errors, whatever it quotes and has beside`, () => {
    const quoted = failure("ERR_TIMEOUT", "in it");
    assertShape(failure(code, "why", named(code)), code);
    assertShape(
      failure(code, `what ${quoted.message}: ${quoted}`, { ...named(code), reason: "closed" }),
      code,
    );
    assertShape(failure(code, `${quoted.message}\nand a line`, named(code) ?? null), code);
  });

  for (const way of [...REQUESTS, ...SERVICES]) {
    test(`${code}, thrown by the handler of ${way.way}, keeps its shape on the way back`, async () => {
      const { ask, handle } = start(way);
      const thrown = failure(code, "why", { ...named(code), reason: "closed" });
      handle(() => {
        throw thrown;
      });
      const [, got] = await outcome(ask(1));
      assertShape(got, code);
      assert.deepEqual(
        [got.message, got.stack, got.reason],
        [thrown.message, thrown.stack, "closed"],
      );
    });
  }
}

test("errors of the router have the shape where main calls it", () => {
  const { pair, main, a } = twoPages({ limits: { maxQueueRecords: 1 } });
  main.send("a", 1);
  const errors = [
    [() => main.send("nobody", 1), "ERR_UNKNOWN_WINDOW"],
    [() => main.send("a", 2), "ERR_QUEUE_FULL"],
    [() => pair.router.nameWindow("a", 99), "ERR_NAME_TAKEN"],
    [() => pair.router.setLimits("{}0"), "ERR_INVALID_OPTION"],
    [() => main.receive(a.id, 0, "nonsense", []), "ERR_BAD_PACKET"],
    [() => main.receive(99, 0, "[[1,1,0,1]]", []), "ERR_TARGET_GONE"],
    [() => main.send("a", () => 1), "ERR_NOT_CLONEABLE"],
  ];
  for (const [act, code] of errors) assertShape(thrownBy(act), code);
});

test("checks of arguments and options throw errors of the shape", () => {
  const { main, a } = twoPages();
  const errors = [
    [() => a.request(1, { timeoutMs: -1 }), "ERR_INVALID_OPTION"],
    [() => a.request(() => 1), "ERR_NOT_CLONEABLE"],
    [() => a.subscribe("topic", 5), "ERR_INVALID_ARG_TYPE"],
    [() => a.serve("", { method() {} }), "ERR_INVALID_ARG_TYPE"],
    [() => a.serve("service", {}), "ERR_INVALID_ARG_TYPE"],
    [() => a.connect("service", { to: "b" }), "ERR_INVALID_OPTION"],
    [() => main.services.serve("x".repeat(2_000), { method() {} }), "ERR_INVALID_OPTION"],
  ];
  for (const [act, code] of errors) assertShape(thrownBy(act), code);
});

test("arguments of a service that cannot be sent reject with an error of the shape", async () => {
  const { a } = twoPages();
  const [, error] = await outcome(a.connect("files").read("path", () => 1));
  assertShape(error, "ERR_NOT_CLONEABLE");
  assert.match(error.message, /^electron-switchyard: files\.read argument 2 is a function/);
});

for (const way of REQUESTS) {
  test(`${way.way}: what the package rejects a request with has the shape`, async () => {
    const { pair, ask, handle, answerer } = start(way, { handlerWaitMs: 20 });
    assertShape((await outcome(ask(1)))[1], "ERR_NO_HANDLER");
    const remove = handle(() => new Promise(() => undefined));
    assertShape((await outcome(ask(1, { timeoutMs: 10 })))[1], "ERR_TIMEOUT");
    remove();
    handle(() => ({ f: () => 1 }));
    assertShape((await outcome(ask(1)))[1], "ERR_NOT_CLONEABLE");
    if (answerer === pair.main || way.way.endsWith("itself")) return;
    const asked = outcome(ask(1));
    pair.close(answerer);
    assertShape((await asked)[1], "ERR_TARGET_GONE");
  });
}

test("a rejection of main's whose sentence has the title has it once in the page", async () => {
  let take;
  const end = new Endpoint({
    post: () => undefined,
    listen: (deliver) => {
      take = deliver;
    },
  });
  const asked = outcome(end.request(1));
  take(`[[6,1,"ERR_BAD_PACKET",null,1,"${TITLE}the packet was rejected"]]`);
  const [, error] = await asked;
  assertShape(error, "ERR_BAD_PACKET");
  assert.equal(error.message, `${TITLE}sendMsgToMain: the packet was rejected`);
});

test("an app that changes how stacks are made gets errors all the same", (t) => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  t.after(() => Object.assign(Error, { prepareStackTrace, stackTraceLimit }));
  for (const change of [
    () => {
      Error.stackTraceLimit = 0;
    },
    () => delete Error.stackTraceLimit,
    () => {
      Error.prepareStackTrace = (_, sites) => sites;
    },
    () => {
      Error.prepareStackTrace = () => undefined;
    },
  ]) {
    change();
    const { code, message, stack } = failure("ERR_TIMEOUT", "why");
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
    assert.deepEqual([code, message, typeof stack], ["ERR_TIMEOUT", `${TITLE}why`, "string"]);
  }
});

function thrownBy(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
  return assert.fail(`nothing was thrown by ${act}`);
}
