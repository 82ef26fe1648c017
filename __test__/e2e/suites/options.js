/** Options of initIpc. Bounds are put back at the end of each test. */
const sy = require("electron-switchyard");
const { withOptions } = require("../limits");

const cycle = {};
cycle.self = cycle;

/** `[options, what the message says]` */
const WRONG = [
  [{ maxQueueRecords: 0 }, /maxQueueRecords.*1 to 10000000.* 0/],
  [{ maxQueueRecords: 10000001 }, /maxQueueRecords.*10000001/],
  [{ maxQueueRecords: 1.5 }, /maxQueueRecords.*integer.*1\.5/],
  [{ maxQueueRecords: -1 }, /maxQueueRecords.*-1/],
  [{ maxQueueRecords: "100" }, /maxQueueRecords.*"100"/],
  [{ maxQueueRecords: Number.NaN }, /maxQueueRecords.*NaN/],
  [{ maxQueueRecords: Number.POSITIVE_INFINITY }, /maxQueueRecords.*Infinity/],
  [{ maxQueueRecords: null }, /maxQueueRecords.*null/],
  [{ maxQueueRecords: () => 5 }, /maxQueueRecords/],
  [{ maxQueueRecords: cycle }, /maxQueueRecords/],
  [{ maxQueueBytes: 65535 }, /maxQueueBytes.*65536.*65535/],
  [{ maxQueueBytes: 4294967296 }, /maxQueueBytes.*4294967295.*4294967296/],
  [{ maxInFlightBytes: 262143 }, /maxInFlightBytes.*262144.*262143/],
  [{ maxInFlightBytes: 2 ** 30 + 1 }, /maxInFlightBytes.*1073741824.*1073741825/],
  [{ maxQueueBytes: BigInt(70000) }, /maxQueueBytes.*70000/],
  [{ overflow: "explode" }, /overflow.*"reject".*"drop-oldest".*"drop-newest".*"explode"/],
  [{ overflow: true }, /overflow.*true/],
  [{ overflow: Symbol("s") }, /overflow.*Symbol\(s\)/],
  [{ resolveWindow: "fn" }, /resolveWindow.*function.*fn/],
  [{ resolveWindow: null }, /resolveWindow.*function.*null/],
  [{ registerPreload: 1 }, /registerPreload.*boolean.*1/],
  [{ registerPreload: Object.create(null) }, /registerPreload.*boolean/],
  [{ resolveWindow: Symbol("s") }, /resolveWindow.*Symbol\(s\)/],
  [{ subframes: "yes" }, /subframes.*boolean.*"yes"/],
  [{ handlerWaitMs: -1 }, /handlerWaitMs.*0 to 2147483647.*-1/],
  [{ handlerWaitMs: 2147483648 }, /handlerWaitMs.*2147483648/],
  [{ handlerWaitMs: 0.5 }, /handlerWaitMs.*integer.*0\.5/],
  [{ handlerWaitMs: "5000" }, /handlerWaitMs.*"5000"/],
  [{ handlerWaitMs: BigInt(5) }, /handlerWaitMs.*5/],
  [{ resolveWindows: () => undefined }, /resolveWindows/],
  [{ maxqueuerecords: 5 }, /maxqueuerecords/],
];

function sendMany(count) {
  for (let n = 0; n < count; n++) sy.sendMsgToRender("page", n);
}

const laws = {
  "the bounds hold: a full queue rejects, and says which and how to change it": (t) =>
    withOptions({ maxQueueRecords: 3 }, async () => {
      const page = await t.open("page");
      sendMany(3);
      const error = t.thrown(() => sy.sendMsgToRender("page", "too much"));
      t.assert.equal(error.code, "ERR_QUEUE_FULL");
      t.assert.match(error.message, /"page".*maxQueueRecords/);
      await page.hear("main", "onMsgFromMain");
      t.assert.equal((await page.hears("main", 3)).length, 3);
      t.assert.equal(sy.stats().windows.page.refused, 1);
    }),

  "a full queue is a warning on the page's console, and rejects sendMsgToMain": (t) =>
    withOptions({ maxQueueRecords: 2 }, async () => {
      const page = await t.open("page");
      await page.run(() => {
        for (const n of [1, 2, 3]) sy.sendMsgToOtherRender("page", n);
      });
      await page.says(
        /messages to "page" were not delivered \(1\): the queue.*is full.*ERR_QUEUE_FULL/,
      );
      const answers = page.run(() =>
        Promise.all([1, 2, 3].map((n) => sy.sendMsgToMain(n).catch(({ code }) => code))),
      );
      await t.until("two wait", () => sy.stats().mainProcess.queued === 2);
      await t.sleep(20);
      t.handle((_event, n) => n);
      t.assert.deepEqual(await answers, [1, 2, "ERR_QUEUE_FULL"]);
    }),

  "drop-oldest keeps the latest, drop-newest the first": async (t) => {
    for (const [overflow, kept] of [
      ["drop-oldest", ["3", "4"]],
      ["drop-newest", ["0", "1"]],
    ]) {
      await withOptions({ maxQueueRecords: 2, overflow }, async () => {
        const page = await t.open("page");
        sendMany(5);
        t.assert.equal(sy.stats().windows.page.dropped, 3);
        await page.hear("main", "onMsgFromMain");
        const texts = (await page.hears("main", 2)).map(([, text]) => text);
        t.assert.deepEqual(texts, kept, overflow);
        sy.destroyWindow("page");
      });
    }
  },

  "maxQueueBytes bounds what waits, attachments included": (t) =>
    withOptions({ maxQueueBytes: 65536 }, async () => {
      t.window("page");
      sy.sendMsgToRender("page", new Uint8Array(40000));
      const error = t.thrown(() => sy.sendMsgToRender("page", new Uint8Array(40000)));
      t.assert.equal(error.code, "ERR_QUEUE_FULL");
      t.assert.equal(sy.stats().windows.page.queued, 1);
    }),

  "a second initIpc replaces what it names and keeps the rest": (t) =>
    withOptions({ maxQueueRecords: 2, overflow: "drop-newest" }, async () => {
      t.window("page");
      sy.initIpc({ maxQueueRecords: 4 });
      sy.initIpc();
      sy.initIpc({ overflow: undefined });
      sendMany(6);
      const { queued, dropped } = sy.stats().windows.page;
      t.assert.deepEqual({ queued, dropped }, { queued: 4, dropped: 2 });
    }),

  "a rejected initIpc changes nothing": (t) =>
    withOptions({ maxQueueRecords: 2 }, async () => {
      t.window("page");
      t.thrown(() => sy.initIpc({ maxQueueRecords: 50, overflow: "explode" }));
      t.thrown(() => sy.initIpc({ maxQueueRecords: 50, registerPreload: "yes" }));
      sendMany(2);
      t.assert.equal(t.thrown(() => sendMany(1)).code, "ERR_QUEUE_FULL");
    }),
};

for (const [i, [options, pattern]] of WRONG.entries()) {
  const [[name, value]] = Object.entries(options);
  const shown = `${name} = ${value === cycle ? "a cycle" : describe(value)}`;
  laws[`initIpc refuses ${shown} (${i + 1}), and says what is right`] = async (t) => {
    const error = t.thrown(() => sy.initIpc(options));
    t.assert.equal(error.code, "ERR_INVALID_OPTION", String(error));
    t.assert.match(error.message, pattern);
  };
}

function describe(value) {
  return typeof value === "object" ? Object.prototype.toString.call(value) : String(value);
}

module.exports = laws;
