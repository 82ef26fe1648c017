// The records of services and topics that a world posts: before main answers, when it answers, and again.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  connect,
  Endpoint,
  publish,
  RejectingPort,
  serve,
  subscribe,
  WorldTransport,
} from "./bundle.mjs";
import { pageEnd } from "./page-end.mjs";

/** A page's end, its calls, and the records that it has posted. */
function world() {
  const { end, posted, hear } = pageEnd();
  const here = () => end;
  const records = () =>
    posted
      .splice(0)
      .filter((message) => typeof message !== "number")
      .flatMap((message) => JSON.parse((Array.isArray(message) ? message[0] : message) || "[]"));
  return {
    end,
    hear,
    records,
    serve: (...given) => serve(here, ...given),
    connect: (...given) => connect(here, ...given),
    publish: (...given) => publish(here, ...given),
    subscribe: (...given) => subscribe(here, ...given),
  };
}

/** Uses each of the calls once. */
function useAll({ serve, connect, publish, subscribe, end }) {
  end.send("w", "first");
  serve("s", { read() {} });
  subscribe("t", () => undefined);
  publish("u", 1, { retain: true });
  const answer = connect("files", { in: "w" }).read("x");
  answer.catch(() => undefined);
  end.send("w", "last");
  return answer;
}

const ALL = [
  [2, "w", 0, "first"],
  [17, "s", 0, 0],
  [12, [0, "t"], 0, 0],
  [10, [0, "u"], 0, 0],
  [11, [0, 0, 1, 0], 0, 1],
  [16, [1, "w", "files", "read"], 0, ["x"]],
  [2, "w", 0, "last"],
];

test("records go up in the order of the calls", async () => {
  const page = world();
  page.hear(0);
  useAll(page);
  await null;
  assert.deepEqual(page.records(), ALL);
});

test("before main answers, they wait in order", async () => {
  const page = world();
  useAll(page);
  await null;
  assert.deepEqual(page.records(), []);
  page.hear(0);
  assert.deepEqual(page.records(), ALL);
});

test("if main answers late, calls reject and everything else goes on waiting in order", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(console, "warn", () => undefined);
  const page = world();
  const answer = useAll(page);
  await null;
  t.mock.timers.tick(5_000);
  t.mock.timers.tick(50);
  await assert.rejects(answer, {
    code: "ERR_NO_MAIN",
    message: /^electron-switchyard: files\.read: main has not answered/,
  });
  page.hear(0);
  assert.deepEqual(
    page.records(),
    ALL.filter(([kind]) => kind !== 16),
  );
});

test("a call with a time limit has less time by what it waited for main", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = world();
  t.mock.method(performance, "now", () => 1_000);
  page
    .connect("files", { timeoutMs: 60_000 })
    .read()
    .catch(() => undefined);
  page.publish("t", 1, { conflate: "k" });
  await null;
  performance.now = () => 1_500;
  page.hear(0);
  delete performance.now;
  const records = page.records();
  assert.deepEqual(records[0], [16, [[1, 59_500], 0, "files", "read"], 0, []]);
  assert.deepEqual(records[2], [11, [0, 0, 0, "k"], 0, 1]);
});

test("if main takes up the document again, it is notified of services and topics before anything else", async () => {
  const page = world();
  page.hear(0);
  const got = [];
  page.serve("s", { read() {} });
  page.serve("gone", { read() {} })();
  page.subscribe("t", (_, value) => got.push(["first", value]));
  page.subscribe("t", (_, value) => got.push(["second", value]));
  page.publish("u", 1);
  await null;
  page.records();
  page.hear(0);
  const again = page.records();
  const [[, [number]]] = again.filter(([kind]) => kind === 12);
  assert.deepEqual(again, [
    [17, "s", 0, 0],
    [10, [0, "u"], 0, 0],
    [12, [number, "t"], 0, 0],
  ]);
  page.publish("u", 2);
  await null;
  assert.deepEqual(page.records(), [[11, 0, 0, 2]]);
  // The values in between are lost, so each callback gets the one that is retained.
  page.hear(`[[15,${number},"w",0,"kept"],[14,${number},"w",0,"later"]]`);
  assert.deepEqual(got, [
    ["first", "kept"],
    ["second", "kept"],
    ["first", "later"],
    ["second", "later"],
  ]);
});

test("a document that is not let in: calls reject, and values and subscriptions are reported", async (t) => {
  t.mock.method(console, "warn", () => undefined);
  const transport = new WorldTransport();
  const end = new Endpoint(transport);
  const here = () => end;
  const reports = [];
  end.reports.add(({ topic, count, code }) => reports.push([topic, count, code]));
  transport.join(new RejectingPort({ code: "ERR_ORIGIN", sentence: "it is not let in" }));
  serve(here, "s", { read() {} });
  subscribe(here, "t", () => undefined);
  publish(here, "u", 1);
  publish(here, "u", 2);
  await assert.rejects(connect(here, "files").read(), {
    code: "ERR_ORIGIN",
    message: "electron-switchyard: files.read: it is not let in",
  });
  assert.deepEqual(reports, [
    ["t", 1, "ERR_ORIGIN"],
    ["u", 1, "ERR_ORIGIN"],
    [undefined, 2, "ERR_ORIGIN"],
  ]);
});

test("a world that uses none of it ignores its records", async (t) => {
  const error = t.mock.method(console, "error", () => undefined);
  const { end, hear } = world();
  const got = [];
  end.fromMain.add((_, msg) => got.push(msg));
  hear(0);
  hear(
    '[[14,0,"w",0,1],[15,0,"w",0,1],[19,1,"w","s","m",0,[]],[6,[7],"ERR_TARGET_GONE",null,1,"x"],[77,0,0],[0,0,0],[3,0,"on"]]',
  );
  await null;
  assert.deepEqual(got, ["on"]);
  assert.equal(error.mock.callCount(), 0);
});
