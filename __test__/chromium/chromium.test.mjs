// The page's and the preload's side in a current Chromium, newer than that of any Electron here: the ready-made preload as it ships, in an isolated world; the built package in
// main. In the place of Electron's ipc is a WebSocket.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { Browser } from "./lib/browser.mjs";
import { sy } from "./lib/electron.mjs";

const range = (count) => Array.from({ length: count }, (_, i) => i);
const later = (ms) => new Promise((done) => setTimeout(done, ms));

async function until(what, isSo) {
  for (let tries = 0; tries < 500; tries++) {
    if (await isSo()) return;
    await later(10);
  }
  assert.fail(`waited in vain until ${what}`);
}

/** Adds a listener in a page; {@link heard} gives what it got. */
const hear = ({ page }, call) =>
  page.evaluate((call) => {
    window.got = [];
    window.listener = ({ windowName }, msg) => void window.got.push([windowName ?? "main", msg]);
    sy[call](window.listener);
  }, call);

/** What a page's listener got, once there is so much of it and no more comes. */
async function heard({ page }, count) {
  const got = () => page.evaluate(() => window.got);
  await until(`${count} messages came`, async () => (await got()).length >= count);
  await later(30);
  return got();
}

const undos = [];
const handle = (handler) => undos.push(sy.onMsgFromRender(handler));

sy.initIpc({ handlerWaitMs: 1000 });

describe("in Chromium", () => {
  let browser;
  const open = (name) => browser.window(name);
  before(async () => {
    browser = await Browser.open();
  });
  after(() => browser.close());

  afterEach(async () => {
    for (const undo of undos.splice(0)) undo();
    sy.clearWindows();
    for (const page of browser.context.pages().slice(1)) await page.close();
    const { total } = sy.stats();
    assert.equal(total.accepted, total.delivered + total.queued + total.dropped, "the counters");
  });

  test("the page has its end of the wire before its own scripts run", async () => {
    const { page } = await open("a");
    assert.equal(await page.evaluate(() => window.joinedAt), "loading");
  });

  test("nothing of the preload's world is in the page's", async () => {
    const { page } = await open("a");
    const seen = await page.evaluate(() => [typeof require, typeof process, typeof electron]);
    assert.deepEqual(seen, ["undefined", "undefined", "undefined"]);
  });

  test("a request is answered, and its handler knows the window", async () => {
    handle((event, msg) => [event.windowName, msg]);
    const { page } = await open("a");
    assert.deepEqual(await page.evaluate(() => sy.sendMsgToMain({ n: 1 })), ["a", { n: 1 }]);
  });

  test("requests of one turn are handled in their order, and each has its own answer", async () => {
    const got = [];
    handle((_, msg) => got.push(msg) && -msg);
    const { page } = await open("a");
    const answers = await page.evaluate(() =>
      Promise.all(Array.from({ length: 300 }, (_, i) => sy.sendMsgToMain(i + 1))),
    );
    assert.deepEqual(
      got,
      range(300).map((i) => i + 1),
    );
    assert.deepEqual(
      answers,
      range(300).map((i) => -i - 1),
    );
  });

  test("values that JSON cannot carry arrive whole, both ways", async () => {
    handle((_, msg) => msg);
    const { page } = await open("a");
    const same = await page.evaluate(async () => {
      const value = {
        date: new Date(5),
        map: new Map([[1n, new Set([undefined, Number.NaN, -0])]]),
        text: "\ud800 and \u2028",
        bytes: new Uint16Array([1, 2, 3]),
        error: Object.assign(new TypeError("on purpose"), { code: "ERR_OF_APP" }),
      };
      const { date, map, text, bytes, error } = await sy.sendMsgToMain(value);
      const [[key, set]] = map;
      const [first, second, third] = set;
      return [
        date.getTime(),
        key === 1n,
        [first === undefined, Number.isNaN(second), Object.is(third, 0)],
        text,
        [bytes.constructor.name, ...bytes],
        [error instanceof TypeError, error.message, error.code],
      ];
    });
    assert.deepEqual(same, [
      5,
      true,
      // A Set has no -0.
      [true, true, true],
      "\ud800 and \u2028",
      ["Uint16Array", 1, 2, 3],
      [true, "on purpose", "ERR_OF_APP"],
    ]);
  });

  for (const size of [1, 60_000, 65_536, 1_000_000, 5_000_000]) {
    test(`${size} bytes arrive whole, both ways`, async () => {
      handle((_, bytes) => {
        assert.equal(bytes.length, size);
        return bytes;
      });
      const { page } = await open("a");
      const right = await page.evaluate(async (size) => {
        const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251);
        const back = await sy.sendMsgToMain(bytes);
        return back.length === size && back.every((byte, i) => byte === i % 251);
      }, size);
      assert.ok(right);
    });
  }

  test("long texts arrive whole, both ways, with short ones between in order", async () => {
    const got = [];
    handle((_, text) => got.push(text.length) && text);
    const { page } = await open("a");
    const lengths = [3, 40_000, 5, 1_000_000, 2];
    const back = await page.evaluate(
      (lengths) => Promise.all(lengths.map((n) => sy.sendMsgToMain("ä".repeat(n)))),
      lengths,
    );
    assert.deepEqual(got, lengths);
    assert.deepEqual(
      back.map(({ length }) => length),
      lengths,
    );
  });

  test("what a handler throws rejects in the page as it was", async () => {
    handle(() => {
      throw Object.assign(new RangeError("no such station"), { code: "ERR_OF_APP" });
    });
    const { page } = await open("a");
    const error = await page.evaluate(() =>
      sy
        .sendMsgToMain(1)
        .catch((error) => [error instanceof RangeError, error.message, error.code]),
    );
    assert.deepEqual(error, [true, "no such station", "ERR_OF_APP"]);
  });

  test("a request that nobody handles rejects with ERR_NO_HANDLER", async () => {
    const { page } = await open("a");
    const code = await page.evaluate(() => sy.sendMsgToMain(1).catch(({ code }) => code));
    assert.equal(code, "ERR_NO_HANDLER");
  });

  test("a request is aborted by its signal, and its handler is notified", async () => {
    let told;
    const aborted = new Promise((done) => {
      told = done;
    });
    handle((event) => {
      event.signal.addEventListener("abort", told);
      return new Promise(() => undefined);
    });
    const { page } = await open("a");
    const name = await page.evaluate(() => {
      const source = new AbortController();
      setTimeout(() => source.abort(), 50);
      return sy.sendMsgToMain(1, { signal: source.signal }).catch(({ name }) => name);
    });
    assert.equal(name, "AbortError");
    await aborted;
  });

  test("a request times out in the page", async () => {
    handle(() => new Promise(() => undefined));
    const { page } = await open("a");
    const code = await page.evaluate(() =>
      sy.sendMsgToMain(1, { timeoutMs: 50 }).catch(({ code }) => code),
    );
    assert.equal(code, "ERR_TIMEOUT");
  });

  test("what main sends before the page listens arrives once, in order", async () => {
    const a = await open("a");
    for (const n of range(200)) sy.sendMsgToRender("a", n);
    await later(50);
    await hear(a, "onMsgFromMain");
    assert.deepEqual(
      await heard(a, 200),
      range(200).map((n) => ["main", n]),
    );
  });

  test("a listener that is taken off gets nothing more", async () => {
    const a = await open("a");
    await hear(a, "onMsgFromMain");
    sy.sendMsgToRender("a", 1);
    await heard(a, 1);
    await a.page.evaluate(() => sy.offMsgFromMain(window.listener));
    await later(50);
    sy.sendMsgToRender("a", 2);
    await later(50);
    assert.deepEqual(await heard(a, 1), [["main", 1]]);
    assert.equal(sy.stats().total.queued, 1);
  });

  test("windows send to each other in order, and each knows who sent", async () => {
    const [a, b] = [await open("a"), await open("b")];
    await hear(b, "onMsgFromOtherRender");
    await a.page.evaluate(() => {
      for (let n = 0; n < 100; n++) sy.sendMsgToOtherRender("b", n);
    });
    assert.deepEqual(
      await heard(b, 100),
      range(100).map((n) => ["a", n]),
    );
  });

  test("windows call each other, and main calls them", async () => {
    const [a, b] = [await open("a"), await open("b")];
    await b.page.evaluate(
      () => void sy.onCall((event, msg) => [event.windowName ?? "main", msg * 2]),
    );
    assert.deepEqual(await a.page.evaluate(() => sy.callOtherRender("b", 21)), ["a", 42]);
    assert.deepEqual(await sy.callRender("b", 4), ["main", 8]);
  });

  test("a message to an unknown window is reported to its page", async () => {
    const { page } = await open("a");
    const report = await page.evaluate(
      () =>
        new Promise((done) => {
          sy.onUndeliverable(({ windowName, count, code }) => done([windowName, count, code]));
          sy.sendMsgToOtherRender("nobody", 1);
        }),
    );
    assert.deepEqual(report.slice(0, 2), ["nobody", 1]);
  });

  test("a value that cannot be cloned throws at the call, and names the place", async () => {
    const { page } = await open("a");
    const [code, message] = await page.evaluate(() => {
      try {
        sy.sendMsgToOtherRender("a", { items: [{ onClick() {} }] });
      } catch ({ code, message }) {
        return [code, message];
      }
    });
    assert.equal(code, "ERR_NOT_CLONEABLE");
    assert.match(message, /items\[0\]\.onClick is a function/);
  });

  test("what waits over a reload arrives once, and a call into the old document rejects", async () => {
    const a = await open("a");
    await a.page.evaluate(() => void sy.onCall(() => new Promise(() => undefined)));
    const asked = sy.callRender("a", 1).catch((error) => error);
    await later(50);
    for (const n of [1, 2, 3]) sy.sendMsgToRender("a", n);
    await a.page.reload();
    const { code, reason } = await asked;
    assert.deepEqual([code, reason], ["ERR_TARGET_GONE", "reloaded"]);
    await hear(a, "onMsgFromMain");
    assert.deepEqual(
      await heard(a, 3),
      [1, 2, 3].map((n) => ["main", n]),
    );
  });

  test("20 MB in each direction pass, and nothing stays in flight", async () => {
    const { page } = await open("a");
    let bytes = 0;
    handle((_, msg) => {
      bytes += msg.length;
    });
    await page.evaluate(async () => {
      window.bytes = 0;
      sy.onMsgFromMain((_, msg) => {
        window.bytes += msg.length;
      });
      for (let n = 0; n < 20; n++) await sy.sendMsgToMain(new Uint8Array(1_000_000));
    });
    for (const _ of range(20)) {
      sy.sendMsgToRender("a", new Uint8Array(1_000_000));
      await later(20);
    }
    await until("all came", () => page.evaluate(() => window.bytes === 20_000_000));
    assert.equal(bytes, 20_000_000);
    const { queued, accepted, delivered } = sy.stats().total;
    assert.deepEqual([queued, accepted >= delivered], [0, true]);
  });

  test("a page whose prototypes were changed before our calls still sends and receives", async () => {
    handle((_, msg) => msg);
    const { page } = await open("a");
    const answer = await page.evaluate(() => {
      Array.prototype.toJSON = () => "changed";
      Object.prototype.extra = 1;
      return sy.sendMsgToMain({ list: [1, 2] }).finally(() => {
        delete Array.prototype.toJSON;
        delete Object.prototype.extra;
      });
    });
    assert.deepEqual(answer, { list: [1, 2] });
  });
});
