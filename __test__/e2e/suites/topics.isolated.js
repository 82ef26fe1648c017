/** Topics in real windows. Its own process: what is retained and counted is the app's. */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

const KINDS = { "isolated and sandboxed": ISOLATED, "not isolated, sandboxed": OPEN };

/** Subscribes a page; `got` then has each value with the name of its publisher. */
async function subscribe(page, topic) {
  await page.run((topic) => {
    window.got = [];
    window.undo = sy.subscribe(topic, ({ windowName }, value) => got.push([windowName, value]));
  }, topic);
  await page.known();
}

const gotBy = (page) => page.run(() => got.map(([from, value]) => [from || "main", value]));

/** The values that a page has once there are this many. */
function gets(t, page, count) {
  return t.until(`the page has ${count} values`, async () => {
    const got = await gotBy(page);
    return got.length >= count && got;
  });
}

/** The values that main gets of a topic, for the time of the test. */
function mainGets(t, topic) {
  const got = [];
  t.undos.push(
    sy.subscribe(topic, ({ windowName }, value) => got.push([windowName || "main", value])),
  );
  return got;
}

function lawsOf(kindName, kind) {
  const topic = `${kindName}: topic`;
  return {
    [`${kindName}: values of main and of a window reach all who subscribe, in order`]: async (
      t,
    ) => {
      const [a, b] = [await t.open("a", kind), await t.open("b", kind)];
      for (const page of [a, b]) await subscribe(page, topic);
      const main = mainGets(t, topic);
      for (let n = 0; n < 100; n++) sy.publish(topic, { n });
      await a.run((topic) => {
        for (let n = 0; n < 100; n++) sy.publish(topic, { n, bytes: new Uint8Array(n * 100) });
      }, topic);
      await t.until("main has all", () => main.length >= 200);
      for (const got of [await gets(t, a, 200), await gets(t, b, 200), main]) {
        t.assert.equal(got.length, 200);
        for (const publisher of ["main", "a"]) {
          const own = got.filter(([from]) => from === publisher).map(([, { n }]) => n);
          t.assert.deepEqual(
            own,
            Array.from({ length: 100 }, (_, n) => n),
          );
        }
      }
    },

    [`${kindName}: a window that is opened late has the retained value at once, after a reload too`]:
      async (t) => {
        sy.publish(topic, "old", { retain: true });
        sy.publish(topic, "retained", { retain: true });
        sy.publish(topic, "not retained");
        const page = await t.open("late", kind);
        await subscribe(page, topic);
        t.assert.deepEqual(await gets(t, page, 1), [["main", "retained"]]);
        await page.reload();
        await subscribe(page, topic);
        sy.publish(topic, "next");
        t.assert.deepEqual(await gets(t, page, 2), [
          ["main", "retained"],
          ["main", "next"],
        ]);
        sy.publish(topic, undefined, { retain: true });
        t.assert.equal(sy.stats().topics[topic].retainedBytes, 0);
      },

    [`${kindName}: the value that a page retains outlasts the page, and undo ends a subscription`]:
      async (t) => {
        const page = await t.open("publisher", kind);
        await page.run((topic) => sy.publish(topic, { by: "page" }, { retain: true }), topic);
        await page.known();
        page.window.destroy();
        const late = await t.open("late", kind);
        await subscribe(late, topic);
        t.assert.deepEqual(await gets(t, late, 1), [["publisher", { by: "page" }]]);
        await late.run(() => undo());
        await late.known();
        sy.publish(topic, undefined, { retain: true });
        await late.known();
        t.assert.equal((await gotBy(late)).length, 1);
      },

    [`${kindName}: a window that crashes in a flood delays nobody`]: async (t) => {
      const [a, b] = [await t.open("a", kind), await t.open("b", kind)];
      for (const page of [a, b]) await subscribe(page, topic);
      for (let n = 0; n < 500; n++) {
        sy.publish(topic, { n, text: "x".repeat(2_000) });
        if (n === 250) await a.crash();
      }
      const got = await gets(t, b, 500);
      t.assert.deepEqual(
        got.map(([, { n }]) => n),
        Array.from({ length: 500 }, (_, n) => n),
      );
    },

    [`${kindName}: a busy window gets the last value of a key, and its turn costs main nothing`]:
      async (t) => {
        const page = await t.open("busy", kind);
        await subscribe(page, topic);
        sy.publish(topic, "before");
        await gets(t, page, 1);
        const wasBusy = page.run(() => {
          const end = Date.now() + 700;
          while (Date.now() < end);
        });
        for (let n = 0; n < 20_000; n++) {
          sy.publish(topic, { n, text: "x".repeat(1_000) }, { conflate: "k" });
          if (n % 2_000 === 0) await new Promise(setImmediate);
        }
        await wasBusy;
        const got = await t.until("the last one came", async () => {
          const values = await gotBy(page);
          return values[values.length - 1][1].n === 19_999 && values;
        });
        const numbers = got.slice(1).map(([, { n }]) => n);
        t.assert.deepEqual(
          numbers,
          [...numbers].sort((one, other) => one - other),
        );
        t.assert.ok(numbers.length < 20_000, `${numbers.length}`);
      },
  };
}

const laws = Object.entries(KINDS).map(([name, kind]) => lawsOf(name, kind));

module.exports = Object.assign({}, ...laws, {
  "publish throws for its arguments, and for nothing that a window does": async (t) => {
    const page = await t.open("page");
    t.assert.throws(() => sy.publish("t", { f: [() => 1] }), {
      code: "ERR_NOT_CLONEABLE",
      message: /^electron-switchyard: value\.f\[0\] is a function/,
    });
    t.assert.throws(() => sy.publish("", 1), { code: "ERR_INVALID_ARG_TYPE" });
    t.assert.throws(() => sy.publish("t", 1, { conflate: 1 }), { code: "ERR_INVALID_OPTION" });
    t.assert.throws(() => sy.subscribe("t", 1), { code: "ERR_INVALID_ARG_TYPE" });
    const { code } = await page.thrown(() => sy.publish("t", 1, { to: 7 }));
    t.assert.equal(code, "ERR_INVALID_OPTION");
    const reports = [];
    t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
    sy.publish("t", 1, { to: ["nowhere"] });
    await t.until("it is reported", () => reports.length > 0);
    const [{ windowName, topic, count }] = reports;
    t.assert.deepEqual([windowName, topic, count], ["nowhere", "t", 1]);
  },

  "maxRetainedBytes is an integer in its range, and a value that does not fit is reported": async (
    t,
  ) => {
    for (const maxRetainedBytes of [-1, 1.5, 2 ** 30 + 1, "1", true]) {
      t.assert.throws(() => sy.initIpc({ maxRetainedBytes }), { code: "ERR_INVALID_OPTION" });
    }
    sy.initIpc({ maxRetainedBytes: 1_000 });
    t.undos.push(() => sy.initIpc({ maxRetainedBytes: 16_777_216 }));
    const reports = [];
    t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
    const got = mainGets(t, "long");
    sy.publish("long", "x".repeat(2_000), { retain: true });
    await t.until("it is reported", () => reports.length > 0);
    const [{ windowName, topic, code, message }] = reports;
    t.assert.deepEqual([windowName, topic, code], ["", "long", "ERR_QUEUE_FULL"]);
    t.assert.match(message, /maxRetainedBytes/);
    t.assert.equal(got.length, 1);
    t.assert.equal(sy.stats().topics.long.retainedBytes, 0);
  },
});
