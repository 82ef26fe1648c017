import assert from "node:assert/strict";
import { test } from "node:test";
import { twoPages } from "./pair.mjs";

const later = (value) => new Promise((done) => setTimeout(done, 2, value));

test("of several handlers, the first defined answer counts, in the order of adding", async () => {
  const { main, a } = twoPages();
  main.handle(() => undefined);
  main.handle(() => later("slow, but first"));
  main.handle(() => "quick");
  assert.equal(await a.request(1), "slow, but first");
});

test("a promise of undefined is no answer", async () => {
  const { main, a } = twoPages();
  main.handle(() => later(undefined));
  main.handle(() => 2);
  assert.equal(await a.request(1), 2);
});

test("null, false, 0 and the empty string are answers", async () => {
  for (const answer of [null, false, 0, ""]) {
    const { main, a } = twoPages();
    main.handle(() => answer);
    main.handle(() => "second");
    assert.equal(await a.request(1), answer);
  }
});

test("when no handler answers, the answer is undefined", async () => {
  const { main, a } = twoPages();
  main.handle(() => undefined);
  assert.equal(await a.request(1), undefined);
  main.handle(() => undefined);
  assert.equal(await a.request(1), undefined);
});

test("every handler gets every message, also after one that answers or throws", async () => {
  const { main, a } = twoPages();
  const got = [];
  main.handle(() => {
    throw new Error("first");
  });
  main.handle((_, msg) => got.push(msg));
  main.handle((_, msg) => got.push(msg));
  await assert.rejects(a.request("x"), /first/);
  assert.deepEqual(got, ["x", "x"]);
});

test("an error behind the answer is not the asker's, and not an unhandled rejection", async () => {
  const { pair, main, a } = twoPages();
  main.handle(() => "answer");
  main.handle(() => Promise.reject(new Error("late")));
  main.handle(() => {
    throw new Error("later");
  });
  assert.equal(await a.request(1), "answer");
  await pair.quiet();
});

test("the same handler twice counts once", async () => {
  const { main, a } = twoPages();
  let calls = 0;
  const handler = () => ++calls;
  main.handle(handler);
  main.handle(handler);
  assert.equal(await a.request(1), 1);
});

test("undo removes a handler, once; requests then wait for the next handler", async () => {
  const { pair, main, a } = twoPages();
  const undo = main.handle(() => "old");
  assert.equal(await a.request(1), "old");
  undo();
  const answer = a.request(2);
  await pair.quiet();
  main.handle(() => "new");
  undo();
  assert.equal(await answer, "new");
});

test("a handler that removes itself leaves the next request to the next handler", async () => {
  const { pair, main, a } = twoPages();
  const undo = main.handle((_, msg) => {
    undo();
    return `first ${msg}`;
  });
  const answers = [a.request(1), a.request(2)];
  await pair.quiet();
  main.handle((_, msg) => `second ${msg}`);
  assert.deepEqual(await Promise.all(answers), ["first 1", "second 2"]);
});

test("the handler learns who asked", async () => {
  const { main, a, b } = twoPages();
  main.handle((event) => event.page.name);
  assert.deepEqual(await Promise.all([b.request(1), a.request(1)]), ["b", "a"]);
});

test("the handler learns the name that the window had when it asked", async () => {
  const { pair, main, a } = twoPages();
  const before = a.request(1);
  await pair.quiet();
  pair.router.unnameWindow("a");
  const after = a.request(2);
  await pair.quiet();
  main.handle((event) => String(event.windowName));
  assert.deepEqual(await Promise.all([before, after]), ["a", "undefined"]);
});

/** As query builders are: each call of `then` does the work. */
function lazy(answer) {
  let runs = 0;
  const builder = {
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested.
    then: (resolve) => {
      runs += 1;
      resolve(answer);
    },
  };
  return { builder, runs: () => runs };
}

test("a thenable answers as a promise does", async () => {
  const { main, a } = twoPages();
  main.handle(() => lazy("rows").builder);
  assert.equal(await a.request(1), "rows");
});

for (const others of [0, 1]) {
  test(`a thenable is run once, beside ${others} other handlers`, async () => {
    const { pair, main, a } = twoPages();
    const { builder, runs } = lazy("rows");
    main.handle(() => builder);
    if (others) main.handle(() => "other");
    assert.equal(await a.request(1), "rows");
    await pair.quiet();
    assert.equal(runs(), 1);
  });
}
