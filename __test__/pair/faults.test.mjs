/** After any fault the next message arrives, of everybody; and whoever asked hears of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { holdsSoon, Rig } from "./rig.mjs";
import { catchUncaught } from "./uncaught.mjs";
import { outcome } from "./ways.mjs";

const BYTES = '["\\u007f","b",0]';
const MAX_QUEUE = 1_048_576;
const TOO_LONG = MAX_QUEUE + 1;

/** Three pages: "a" has all the bad luck, "b" is hostile, "c" uses the package. */
function three(t) {
  catchUncaught(t);
  for (const method of ["warn", "error"]) t.mock.method(console, method, () => undefined);
  const rig = new Rig();
  const [, b] = rig.open("b", 2);
  b.toPage = (message) => {
    if (typeof message !== "number") setImmediate(() => b.emit("message", { data: 2 ** 53 - 1 }));
  };
  const all = { rig, b, a: rig.page("a", 1), c: rig.page("c", 3), got: [] };
  all.a.end.fromMain.add((_, msg) => all.got.push(msg));
  all.a.end.fromOther.add(() => {
    throw new Error("a listener that throws");
  });
  all.a.handle((_, how) => (how === "text" ? "x" : new Uint8Array(1)).constructor && make(how));
  rig.main.handle((_, msg) => ((msg?.byteLength ?? msg?.length > 99) ? "long" : msg));
  all.post = (message) => b.emit("message", { data: message });
  return all;
}

/** What the page "a" answers. */
function make(how) {
  if (how === "text") return "x".repeat(TOO_LONG);
  if (how === "bytes") return new Uint8Array(TOO_LONG);
  if (how === "fragments") return [new Uint8Array(600_000), new Uint8Array(600_000)];
  if (how === "long") return new Uint8Array(900_000);
  return how;
}

const bytes = (n) => new ArrayBuffer(n);
const forged =
  (fragments, counts, packet = `[[2,"a",2,${BYTES}]]`) =>
  ({ post }) =>
    post([packet, 0, fragments, counts]);
const asks =
  (how) =>
  ({ c }) =>
    c.end.call("a", how, { timeoutMs: 5_000 });

/** Each may return what it asked. */
const FAULTS = {
  "bytes and text in one attachment": forged([bytes(59_000), "x"], [2]),
  "text and bytes in one attachment": forged(["x".repeat(59_000), bytes(1)], [2]),
  "an empty fragment": forged([bytes(0), bytes(59_000)], [2]),
  "an empty text": forged(["", "x".repeat(59_000)], [2], `[[2,"a",2,["\\u007f","u",0]]]`),
  "an attachment of no fragments": forged([], [0]),
  "fewer fragments than counted": forged([bytes(59_000)], [2]),
  "fragments of no packet": forged([bytes(59_000)], undefined, ""),
  "a size of nothing": forged([bytes(59_000)], [59_001], ""),
  "a payload that says 4 GB": forged(["4000000000"], [1]),
  "a payload that cannot be read": ({ post }) =>
    post(`[[2,"a",1,["\\u007f","?","${"x".repeat(15_000)}"]]]`),
  "too long a message": ({ c }) => c.end.send("a", new Uint8Array(TOO_LONG)),
  "too long a call": ({ c }) => c.end.call("a", new Uint8Array(TOO_LONG), {}),
  "too long a request": ({ c }) => c.end.request("x".repeat(TOO_LONG), {}),
  "too long an answer in bytes": asks("bytes"),
  "too long an answer in text": asks("text"),
  "too long an answer in two attachments": asks("fragments"),
  "a long answer": asks("long"),
  "too long a reason": ({ c }) => {
    const controller = new AbortController();
    const asked = c.end.call("a", 1, { signal: controller.signal });
    controller.abort(new Uint8Array(TOO_LONG));
    return asked;
  },
  "a listener that throws": ({ c }) => c.end.send("a", "x".repeat(30_000)),
  "what the page's port cannot read": ({ a }) => a.hear("messageerror", null),
  "what is no message": ({ a }) => {
    for (const data of [null, {}, [], [1], ["", 0, [5]], ["[]", 0, null, 5]])
      a.hear("message", data);
  },
  "a post that fails": ({ a, rig }) => {
    a.port.fail = 1;
    rig.main.send("a", "x".repeat(50_000));
  },
  "a post that fails in the middle": ({ a, rig }) => {
    Object.assign(a.port, { passes: 3, fail: 1 });
    rig.main.send("a", new Uint8Array(400_000));
  },
  "an answer whose post fails": ({ a }) => {
    a.port.fail = 1;
    return a.end.request("x".repeat(50), {});
  },
  "a call whose post fails": ({ a, c }) => {
    a.port.fail = 1;
    return c.end.call("a", 1, {});
  },
  "an acknowledgement that cannot be posted": ({ a, rig }) => {
    a.failingAcks = 1;
    rig.main.send("a", "x".repeat(200_000));
  },
  "an acknowledgement of more than there is": ({ a }) =>
    a.port.emit("message", { data: 2 ** 53 - 1 }),
  "an acknowledgement of less than before": ({ a }) => a.port.emit("message", { data: 0 }),
};

/** Main's message to "a", and requests of both, one after the other. */
async function allWorks({ rig, a, c, got }, id) {
  Object.assign(a.port, { passes: 0, fail: 0 });
  a.failingAcks = 0;
  rig.main.send("a", id);
  const answers = [a, c].map(({ end }) => end.request(id, { timeoutMs: 3_000 }));
  assert.deepEqual(await Promise.all(answers), [id, id]);
  assert.ok(await holdsSoon(() => got.at(-1) === id), `${id} did not arrive`);
}

async function booksAgree({ rig }) {
  const agree = () => {
    const { windows, mainProcess, total } = rig.stats();
    return [...Object.values(windows), mainProcess, total].every(
      ({ accepted, delivered, queued, dropped }) => accepted === delivered + queued + dropped,
    );
  };
  assert.ok(agree());
  assert.ok(await holdsSoon(() => rig.main._slab.size === 0), `${rig.main._slab.size} attachments`);
}

/** What becomes of what a fault asks; a queue may be full by then. Nothing stays unsettled. */
async function befall(fault, all) {
  const controller = new AbortController();
  const { signal } = controller;
  const late = sleep(4_000, ["error", { code: "NEVER SETTLED" }], { signal }).catch(() => []);
  const [kind, value] = await Promise.race([outcome((async () => fault(all))()), late]);
  controller.abort();
  assert.ok(kind === "answer" || !/TIMEOUT|NEVER/.test(value?.code), value?.code);
}

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`after ${name}, 40 times, the next message arrives, and whoever asked knows`, async (t) => {
    const all = three(t);
    await allWorks(all, "before");
    const asked = [];
    for (let n = 0; n < 40; n++) {
      asked.push(befall(fault, all));
      // What is idle has been acknowledged then.
      await (n % 20 ? holdsSoon(() => false, 8) : sleep(60));
    }
    await Promise.all(asked);
    await allWorks(all, "after");
    await booksAgree(all);
  });
}

test("after any faults in any order, the next message arrives, and whoever asked knows", async (t) => {
  const names = fc.array(fc.constantFrom(...Object.keys(FAULTS)), { minLength: 1, maxLength: 12 });
  const law = async (names) => {
    const all = three(t);
    const asked = names.map((name) => befall(FAULTS[name], all));
    await Promise.all(asked);
    await allWorks(all, "after");
    await booksAgree(all);
  };
  await fc.assert(fc.asyncProperty(names, law), { numRuns: 40 });
});

for (const how of ["text", "bytes", "fragments"]) {
  test(`an answer of ${how} longer than maxQueueBytes rejects its asker, and names the bound`, async (t) => {
    const all = three(t);
    for (const asker of [
      () => all.c.end.call("a", how, {}),
      () => all.rig.main.call("a", how, {}),
    ]) {
      const [kind, error] = await outcome(asker());
      assert.deepEqual([kind, error.code], ["error", "ERR_QUEUE_FULL"]);
      assert.match(error.message, /1048576 bytes \(maxQueueBytes\)/);
    }
    await allWorks(all, "after");
  });
}

test("the sender of what is rejected is notified, and it is counted", async (t) => {
  const { rig, b, post } = three(t);
  const nacks = [];
  b.toPage = (packet) => typeof packet === "string" && nacks.push(...JSON.parse(packet));
  const before = rig.stats().badPackets;
  post([`[[2,"a",2,${BYTES}],[1,7,0,1],[7,[8,"a"],0,1]]`, 0, [bytes(1), "x"], [2]]);
  assert.ok(await holdsSoon(() => nacks.length === 3));
  assert.deepEqual(
    nacks.map(([kind, address, code, reason, count]) => [kind, address, code, reason, count]),
    ["a", 7, 8].map((address) => [6, address, "ERR_BAD_PACKET", null, 1]),
  );
  assert.equal(rig.stats().badPackets, before + 1);
  post("[[77,1,0,1]]");
  assert.equal(rig.stats().badPackets, before + 2);
});
