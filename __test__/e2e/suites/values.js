/** Values arrive as structured clone would deliver them, on each of the four ways. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

/** Runs in main and in pages. */
function makeSamples() {
  const cycle = { name: "cycle" };
  cycle.self = cycle;
  const twice = { shared: true };
  const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
  const sparse = [1, 2, 3];
  delete sparse[1];
  const map = new Map([["a", 1]]);
  map.set(map, "itself");
  class Point {
    constructor() {
      this.x = 1;
    }
    get length() {
      return 5;
    }
  }
  let reads = 0;
  const getter = { get: () => ++reads, enumerable: true };
  const nested = (wrap) => Array.from({ length: 900 }).reduce(wrap, "core");
  return {
    undefined: undefined,
    null: null,
    booleans: [true, false],
    numbers: [0, -0, 1.5, 1e300, Number.NaN, Infinity, -Infinity, 2 ** 53],
    bigints: [BigInt(0), BigInt("-123456789012345678901234567890")],
    strings: ["", "plain", '"quoted"\\', "\u2028\u0000", "窓 \u{1f680}", "\ud800"],
    // biome-ignore lint/suspicious/noThenProperty: whoever awaits the value must not trip over it.
    members: { a: undefined, "": 1, "odd key": 2, constructor: 3, then: 4 },
    proto: JSON.parse('{ "__proto__": { "polluted": true } }'),
    arrays: [[], [[]], [undefined], sparse],
    dates: [new Date(0), new Date(Number.NaN)],
    regexps: [/a\/b/giu],
    maps: [new Map(), map],
    sets: [new Set(), new Set([1, "1", [1]])],
    buffer,
    views: [new Uint8Array(buffer, 2, 3), new Float64Array(buffer), new DataView(buffer, 1, 2)],
    typed: [new Int16Array([-1, 300]), new Uint8ClampedArray([300]), new BigInt64Array(1)],
    empty: [new ArrayBuffer(0), new Float32Array(0)],
    errors: [new Error("plain"), Object.assign(new TypeError("typed"), { code: "E" })],
    boxed: [Object(1), Object("text"), Object(false)],
    instance: [new Point()],
    bare: Object.assign(Object.create(null), { a: 1 }),
    getter: Object.defineProperty({}, "reads", getter),
    objects: nested((inner) => ({ inner })),
    lists: nested((inner) => [inner]),
    cycle,
    twice: [twice, twice],
  };
}

/** Samples whose copy is another text: prototypes are not sent. */
function expected(t) {
  const texts = {};
  for (const [name, value] of Object.entries(makeSamples())) texts[name] = t.shared.textOf(value);
  return texts;
}

function lawsOf(kindName, kind) {
  const ready = async (t, name) => {
    const page = await t.open(name, kind);
    await page.run(`() => { window.makeSamples = ${makeSamples}; }`);
    return page;
  };
  return {
    [`${kindName}: values arrive whole from page to main`]: async (t) => {
      const got = {};
      t.handle((_event, [name, value]) => {
        got[name] = t.shared.textOf(value);
      });
      const page = await ready(t, "page");
      await page.run(() =>
        Promise.all(Object.entries(makeSamples()).map((entry) => sy.sendMsgToMain(entry))),
      );
      t.assert.deepEqual(got, expected(t));
    },

    [`${kindName}: values arrive whole as answers`]: async (t) => {
      const samples = makeSamples();
      t.handle((_event, name) => samples[name]);
      const page = await ready(t, "page");
      const got = await page.run(async () => {
        const got = {};
        for (const name of Object.keys(makeSamples())) {
          got[name] = shared.textOf(await sy.sendMsgToMain(name));
        }
        return got;
      });
      t.assert.deepEqual(got, expected(t));
    },

    [`${kindName}: values arrive whole from main to page`]: async (t) => {
      const page = await ready(t, "page");
      await page.hear("main", "onMsgFromMain");
      const samples = Object.values(makeSamples());
      for (const value of samples) sy.sendMsgToRender("page", value);
      const texts = (await page.hears("main", samples.length)).map(([, text]) => text);
      t.assert.deepEqual(texts, Object.values(expected(t)));
    },

    [`${kindName}: values arrive whole from page to page`]: async (t) => {
      const [a, b] = [await ready(t, "a"), await ready(t, "b")];
      await b.hear("other", "onMsgFromOtherRender");
      await a.run(() => {
        for (const value of Object.values(makeSamples())) sy.sendMsgToOtherRender("b", value);
      });
      const all = Object.values(expected(t));
      const texts = (await b.hears("other", all.length)).map(([, text]) => text);
      t.assert.deepEqual(texts, all);
    },
  };
}

const AT_ONCE = {
  "a message is what it was when it was sent": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    const msg = { n: 1, bytes: new Uint8Array([1]) };
    sy.sendMsgToRender("page", msg);
    msg.n = 2;
    msg.bytes[0] = 2;
    t.assert.deepEqual(await page.hears("main", 1), [
      [undefined, "{n: 1,bytes: Uint8Array(0, 1, ArrayBuffer(1))}"],
    ]);
  },

  "a message that waits for its page is what it was when it was sent": async (t) => {
    const sender = await t.open("sender");
    const page = t.window("page");
    const msg = { n: 1, list: [new Date(1)], bytes: new Uint8Array([1]) };
    sy.sendMsgToRender("page", msg);
    Object.assign(msg, { n: 2, more: true });
    msg.list[0].setTime(2);
    msg.list.push(2);
    msg.bytes[0] = 2;
    await sender.run(() => {
      const msg = { n: 1, bytes: new Uint8Array([1]) };
      sy.sendMsgToOtherRender("page", msg);
      msg.n = 2;
      msg.bytes[0] = 2;
    });
    await page.load();
    await page.hear("main", "onMsgFromMain");
    await page.hear("other", "onMsgFromOtherRender");
    const bytes = "bytes: Uint8Array(0, 1, ArrayBuffer(1))";
    t.assert.deepEqual(await page.hears("main", 1), [
      [undefined, `{n: 1,list: [Date(1)],${bytes}}`],
    ]);
    t.assert.deepEqual(await page.hears("other", 1), [["sender", `{n: 1,${bytes}}`]]);
  },

  "a request that waits for a handler, and an answer, are what they were when they were sent":
    async (t) => {
      const page = await t.open("page");
      await page.run(() => {
        const msg = { n: 1, bytes: new Uint8Array([1]) };
        window.answer = sy.sendMsgToMain(msg).then(shared.textOf);
        msg.n = 2;
        msg.bytes[0] = 2;
      });
      await t.until("it waits", () => sy.stats().mainProcess.queued === 1);
      t.handle((_event, msg) => {
        setImmediate(() => {
          msg.n = 3;
          msg.bytes[0] = 3;
        });
        return msg;
      });
      const answer = await page.run(() => window.answer);
      t.assert.equal(answer, "{n: 1,bytes: Uint8Array(0, 1, ArrayBuffer(1))}");
    },

  "16 MiB arrive whole, both ways": async (t) => {
    t.handle((_event, bytes) => bytes);
    const page = await t.open("page");
    const same = await page.run(async () => {
      const bytes = new Uint8Array(1 << 24).map((_, i) => i % 251);
      const back = await sy.sendMsgToMain(bytes);
      return back !== bytes && back.every((byte, i) => byte === i % 251) && back.length === 1 << 24;
    });
    t.assert.equal(same, true);
  },

  "a Node Buffer sends its own bytes only": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("page", Buffer.from("hi"));
    t.assert.deepEqual(await page.hears("main", 1), [
      [undefined, "Uint8Array(0, 2, ArrayBuffer(104,105))"],
    ]);
  },
};

const [first, , , second] = Object.keys(KINDS);
const SOME = [first, second, "not isolated", "not isolated, sandboxed"];

module.exports = Object.assign({}, ...SOME.map((name) => lawsOf(name, KINDS[name])), AT_ONCE);
