import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Lane } from "./bundle.mjs";
import { twoPages } from "./pair.mjs";

const bytes = (...values) => new Uint8Array(values);

test("typed arrays keep their place among messages of one packet", async () => {
  const { pair, main, a } = twoPages();
  const got = a.inbox(Lane.FromMain);
  const sent = [bytes(1), "none", { x: bytes(2), y: [bytes(3)] }, [], Float64Array.of(1.5, -0)];
  for (const msg of sent) main.send("a", msg);
  await pair.quiet();
  assert.deepEqual(got, sent);
  assert.equal(pair.held(), 0);
});

test("messages, requests and answers of one packet do not mix their bytes up", async () => {
  const { pair, main, a, b } = twoPages();
  const inboxes = [a.inbox(Lane.FromMain), a.inbox(Lane.FromOther), b.inbox(Lane.FromOther)];
  main.handle((_, msg) => {
    main.send("a", { copy: msg });
    return [msg, bytes(msg.length)];
  });
  const answers = [];
  for (let i = 0; i < 20; i++) {
    a.send("b", bytes(i, 1));
    answers.push(a.request(bytes(i, i)));
    b.send("a", { from: "b", data: bytes(i, 2) });
  }
  const expected = Array.from({ length: 20 }, (_, i) => i);
  assert.deepEqual(
    await Promise.all(answers),
    expected.map((i) => [bytes(i, i), bytes(2)]),
  );
  await pair.quiet();
  assert.deepEqual(inboxes, [
    expected.map((i) => ({ copy: bytes(i, i) })),
    expected.map((i) => ({ from: "b", data: bytes(i, 2) })),
    expected.map((i) => bytes(i, 1)),
  ]);
  assert.equal(pair.held(), 0);
});

test("a rejected record's bytes are not taken for the next one's", async (t) => {
  t.mock.method(console, "warn", () => undefined);
  const { pair, a, b } = twoPages();
  const got = b.inbox(Lane.FromOther);
  a.send("b", bytes(1));
  a.send("nobody", bytes(2, 2));
  a.send("b", bytes(3));
  await pair.quiet();
  assert.deepEqual(got, [bytes(1), bytes(3)]);
  assert.equal(pair.held(), 0);
});

test("an unreadable record's bytes are not taken for the next one's", async (t) => {
  const error = t.mock.method(console, "error", () => undefined);
  const { pair, a, b } = twoPages();
  const got = b.inbox(Lane.FromOther);
  const view = ["\x7f", "v", "Uint8Array", ["\x7f", "b", 0], 0, 1];
  const packet = JSON.stringify([
    [2, "b", 2, ["\x7f", "?"]],
    [2, "b", 2, view],
  ]);
  pair.up(a, 0, packet, [bytes(1).buffer, bytes(2).buffer]);
  await pair.quiet();
  assert.deepEqual(got, [bytes(2)]);
  assert.equal(error.mock.callCount(), 1);
});

test("two views of one buffer stay two views of one buffer", async () => {
  const { main, a } = twoPages();
  const { buffer } = bytes(1, 2, 3, 4);
  main.handle((_, [whole, part]) => {
    whole[2] = 9;
    return [whole.buffer === part.buffer, part[0]];
  });
  assert.deepEqual(await a.request([new Uint8Array(buffer), new Uint8Array(buffer, 2, 1)]), [
    true,
    9,
  ]);
});

test("the page's own buffers stay the page's", async () => {
  const { main, a } = twoPages();
  main.handle((_, msg) => msg.byteLength);
  const mine = bytes(1, 2, 3);
  assert.equal(await a.request(mine), 3);
  assert.deepEqual(mine, bytes(1, 2, 3));
});

test("long text that waits counts a byte for each letter of Latin-1, two where it has others", async () => {
  const { pair, main } = twoPages();
  const waiting = () => pair.stats().windows.a.queuedBytes;
  const added = ["x", "\u00e9", "\u20ac"].map((letter) => {
    const before = waiting();
    main.send("a", letter.repeat(200_000));
    return waiting() - before;
  });
  const [latin, accented, other] = added.map((sum) => sum - (sum % 1000));
  assert.deepEqual([latin, accented, other], [200_000, 200_000, 400_000]);
});

test("bytes that wait are held, and free once they are delivered", async () => {
  const { pair, main, a } = twoPages();
  main.send("a", [bytes(1), bytes(2)]);
  await pair.quiet();
  assert.equal(pair.held(), 2);
  a.inbox(Lane.FromMain);
  await pair.quiet();
  assert.equal(pair.held(), 0);
});

test("two worlds get their own copies, and then nothing is held", async () => {
  const { pair, main, a } = twoPages();
  const other = pair.load(a.contents, "a", a.link + 1);
  const inboxes = [a.inbox(Lane.FromMain), other.inbox(Lane.FromMain)];
  await pair.quiet();
  main.send("a", bytes(7));
  await pair.quiet();
  assert.deepEqual(inboxes, [[bytes(7)], [bytes(7)]]);
  assert.equal(pair.held(), 0);
});

for (const overflow of ["reject", "drop-oldest", "drop-newest"]) {
  test(`under ${overflow}, bytes that a full queue gives up are free`, async (t) => {
    t.mock.method(console, "warn", () => undefined);
    const { pair, main, a } = twoPages({ limits: { maxQueueRecords: 2, overflow } });
    for (let i = 0; i < 10; i++) {
      try {
        main.send("a", bytes(i));
      } catch {
        // Under reject, most are refused.
      }
      a.request(bytes(i)).catch(() => undefined);
    }
    await pair.quiet();
    assert.equal(pair.held(), pair.stats().mainProcess.queued + 2);
  });
}

test("bytes that waited for a window that closes are free when main goes on", async (t) => {
  t.mock.method(console, "warn", () => undefined);
  const { pair, main, a } = twoPages();
  main.send("a", bytes(1));
  await pair.quiet();
  pair.close(a);
  main.send("b", 1);
  await turn();
  assert.equal(pair.held(), 0);
});

test("a message with 200,000 buffers arrives, and what shares its packet too", async () => {
  const { pair, main, a } = twoPages();
  main.handle((_, msg) => (Array.isArray(msg) ? msg.length : msg));
  const many = Array.from({ length: 200_000 }, () => new ArrayBuffer(0));
  const answers = Promise.allSettled([a.request(1), a.request(many), a.request(2)]);
  const settled = await Promise.race([answers, pair.quiet().then(() => pair.quiet())]);
  assert.deepEqual(
    settled?.map(({ value }) => value),
    [1, 200_000, 2],
  );
});

for (const [what, send] of Object.entries({
  "a message": ({ main }, bytes) => main.send("a", bytes),
  "an answer": ({ main, a }, bytes) => {
    main.handle(() => {
      queueMicrotask(() => bytes.fill(9));
      return bytes;
    });
    return a.request(1);
  },
  "a call": ({ main }, bytes) => main.call("a", bytes, {}),
})) {
  for (const listens of [true, false]) {
    const when = listens ? "leaves at once" : "waits";
    test(`long bytes of main's are those of the moment when ${what} that ${when} was sent`, async () => {
      const { pair, main, a } = twoPages();
      const got = [];
      const listen = () => {
        a.on(Lane.FromMain, (_, msg) => got.push(msg));
        a.handle((_, msg) => got.push(msg));
      };
      if (listens) listen();
      await pair.quiet();
      const bytes = new Uint8Array(200_000).fill(1);
      const answer = send({ main, a }, bytes.subarray(1));
      bytes.fill(2, 5_000);
      if (what !== "an answer") bytes.fill(2);
      await pair.quiet();
      listen();
      await pair.quiet();
      if (what === "an answer") got.push(await answer);
      assert.equal(got[0].length, 199_999);
      const wanted = what === "an answer" ? [1, 2] : [1];
      assert.deepEqual([...new Set(got[0])], wanted);
      assert.equal(pair.held(), 0);
    });
  }
}

test("what an app sends from a handler comes in order, long bytes or not, to page and main", async () => {
  const { pair, main, a, b } = twoPages();
  const seen = [];
  const size = (msg) => msg.length ?? msg;
  a.on(Lane.FromMain, (_, msg) => seen.push(["a", size(msg)]));
  b.handle((_, msg) => size(msg));
  main.handle((_, n) => {
    main.send("a", n);
    main.send("a", new Uint8Array(100_000 + n));
    main.call("b", new Uint8Array(100_000 + n), {}).then((length) => seen.push(["main", length]));
    main.send("a", n + 0.5);
    return new Uint8Array(200_000 + n);
  });
  const answers = await Promise.all([1, 2, 3].map((n) => a.request(n)));
  await pair.quiet();
  assert.deepEqual(answers.map(size), [200_001, 200_002, 200_003]);
  const of = (who) => seen.filter(([whose]) => whose === who).map(([, what]) => what);
  const wanted = [1, 2, 3].flatMap((n) => [n, 100_000 + n, n + 0.5]);
  assert.deepEqual(of("a"), wanted);
  assert.deepEqual(of("main"), [100_001, 100_002, 100_003]);
});
