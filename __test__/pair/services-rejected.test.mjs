// A serve that the router rejects: the app is notified of it, with the name of the service.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { publish, serve, subscribe } from "./bundle.mjs";
import { Pair, twoPages } from "./pair.mjs";

const MAX_SERVED = 4_096;
const IMPLEMENTATION = { read: () => "read" };

/** What a page, and main, call alike. */
const PLACES = {
  page() {
    const { pair, a } = twoPages();
    const here = () => a.end;
    return {
      pair,
      serve: (...given) => serve(here, ...given),
      onUndeliverable: (listener) => a.end.reports.add(listener),
      read: (service) => pair.main.services.connect(service, { in: "a", timeoutMs: 500 }).read(),
    };
  },
  main() {
    const pair = new Pair();
    return {
      pair,
      serve: (...given) => pair.main.services.serve(...given),
      onUndeliverable: (listener) => pair.main.onUndeliverable(listener),
      read: (service) => pair.main.services.connect(service, { timeoutMs: 500 }).read(),
    };
  },
};

function serveAll({ serve }) {
  return Array.from({ length: MAX_SERVED }, (_, n) => serve(`s${n}`, IMPLEMENTATION));
}

for (const [name, place] of Object.entries(PLACES)) {
  test(`${name}: a service beyond the limit is reported once, with its name and the code`, async () => {
    const at = place();
    const reports = [];
    at.onUndeliverable((report) => reports.push(report));
    const undos = serveAll(at);
    await at.pair.quiet();
    assert.deepEqual(reports, []);
    const undo = at.serve("one more", IMPLEMENTATION);
    await at.pair.quiet();
    const [{ message, ...report }] = reports;
    assert.deepEqual(report, {
      service: "one more",
      windowName: "",
      count: 1,
      code: "ERR_QUEUE_FULL",
      reason: undefined,
    });
    assert.match(message, /^there are too many services: .*4096/);
    undos[0]();
    undo();
    at.serve("one more", IMPLEMENTATION);
    assert.equal(await at.read("one more"), "read");
    assert.equal(reports.length, 1);
  });

  test(`${name}: without a listener, the console names the service once`, async (t) => {
    const at = place();
    const warn = t.mock.method(console, "warn", () => undefined);
    serveAll(at);
    for (let i = 0; i < 2; i++) {
      at.serve("one more", IMPLEMENTATION)();
      await at.pair.quiet();
      at.serve("one more", IMPLEMENTATION);
      await at.pair.quiet();
    }
    const lines = warn.mock.calls.map(({ arguments: [line] }) => line);
    assert.equal(lines.length, 1);
    assert.match(
      lines[0],
      /^electron-switchyard: calls of "one more" were not delivered \(1\): there are too many services: .*\[ERR_QUEUE_FULL\]$/,
    );
  });
}

test("a page that uses topics and services, in either order, has reports of both", async () => {
  const uses = [
    (here) => serve(here, "s", IMPLEMENTATION),
    (here) => subscribe(here, "t", () => undefined),
  ];
  for (const order of [uses, [...uses].reverse()]) {
    const { pair, a } = twoPages();
    const here = () => a.end;
    const reports = [];
    a.end.reports.add(({ service, topic, windowName }) =>
      reports.push([service, topic, windowName]),
    );
    for (const use of order) use(here);
    serveAll({ serve: (...given) => serve(here, ...given) });
    publish(here, "t", 1, { to: "nobody" });
    await pair.quiet();
    assert.equal(reports.length, 2);
    const has = (expected) => reports.some((each) => isDeepStrictEqual(each, expected));
    assert.ok(has([`s${MAX_SERVED - 1}`, undefined, ""]), String(reports));
    assert.ok(has([undefined, "t", "nobody"]), String(reports));
  }
});
