/**
 * A page whose thread stands still while main goes on sending: what waits, and where. Its own
 * process, so that nothing else moves its memory.
 */
const { app } = require("electron");
const sy = require("electron-switchyard");
const { block } = require("../blocked");
const { wrongBooks } = require("../counters");
const { withOptions } = require("../limits");
const { v8, vm } = require("../node");
const { hop } = require("../time");

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");

const KIB = 1024;
const MIB = 1024 * KIB;

/** 30 MB, 1 MB in a turn. All messages are of one length, so that what fits is a beginning. */
const COUNT = 3000;
const A_TURN = 100;
const DIGITS = 6;
const FILLING = "x".repeat(10_000 - DIGITS - 10);
/** A record is `[3,0,"..."]`. */
const RECORD = DIGITS + FILLING.length + '[3,0,""]'.length;
const LARGEST_PACKET = 60_000;

function message(n) {
  return String(n).padStart(DIGITS, "0") + FILLING;
}

const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

/** A loaded page that keeps the numbers of what main sends it. */
async function openListener(t) {
  const page = await t.open("page");
  await page.run((digits) => {
    window.got = [];
    sy.onMsgFromMain((_event, msg) => got.push(Number(msg.slice(0, digits))));
  }, DIGITS);
  await page.known();
  return page;
}

/** The counts of messages to it: those of what the package has told the page before are taken off. */
function counter() {
  const before = sy.stats().windows.page;
  return () => {
    const { accepted, delivered, ...now } = sy.stats().windows.page;
    return {
      ...now,
      accepted: accepted - before.accepted,
      delivered: delivered - before.delivered,
    };
  };
}

/** What the page got, once there is so much of it and main has nothing more for it. */
async function gotBy(t, page, count) {
  await t.until("all that was accepted is there", () => page.run((n) => got.length >= n, count));
  t.assert.equal(sy.stats().windows.page.queued, 0);
  return page.run(() => got);
}

/** Sends all in many turns and looks at the counters in each; gives the numbers that were refused. */
async function sendAll(t, counts, { count = COUNT, maxQueueBytes, maxInFlightBytes }) {
  const refused = [];
  for (let n = 0; n < count; n++) {
    try {
      sy.sendMsgToRender("page", message(n));
    } catch (error) {
      if (error.code !== "ERR_QUEUE_FULL") throw error;
      refused.push(n);
    }
    if ((n + 1) % A_TURN !== 0) continue;
    await hop();
    t.assert.deepEqual(wrongBooks(), []);
    const { queuedBytes, delivered } = counts();
    t.assert.ok(queuedBytes <= maxQueueBytes, `${queuedBytes} bytes wait`);
    const underWay = delivered * RECORD;
    t.assert.ok(underWay <= maxInFlightBytes + LARGEST_PACKET, `${underWay} bytes are under way`);
    t.assert.ok(underWay >= RECORD, "nothing is under way");
  }
  return refused;
}

const BOUNDS = { maxQueueBytes: 8 * MIB, maxInFlightBytes: MIB };

/** What may come beyond the bounds: garbage that V8 keeps, and pages that the allocator keeps. */
const SLACK = 16 * MIB;
/** Far more than the bounds and that, in messages: 90 MB. */
const MUCH = 3 * COUNT;

/**
 * Which numbers each policy refuses and drops, and which arrive: `before` were on their way when
 * the page stood still, and then there was room for `room`.
 */
const POLICIES = {
  reject: (before, room) => ({
    refused: range(before + room, COUNT),
    dropped: [],
    arrive: range(0, before + room),
  }),
  "drop-oldest": (before, room) => ({
    refused: [],
    dropped: range(before, COUNT - room),
    arrive: [...range(0, before), ...range(COUNT - room, COUNT)],
  }),
  "drop-newest": (before, room) => ({
    refused: [],
    dropped: range(before + room, COUNT),
    arrive: range(0, before + room),
  }),
};

function lawOf(overflow) {
  return (t) =>
    withOptions({ ...BOUNDS, overflow }, async () => {
      const reports = [];
      t.undos.push(sy.onUndeliverable((report) => reports.push(report)));
      const page = await openListener(t);
      const counts = counter();
      const wake = await block(t, page);
      const refused = await sendAll(t, counts, BOUNDS);
      const { delivered, queued, ...others } = counts();
      const room = Math.floor(BOUNDS.maxQueueBytes / RECORD);
      const expected = POLICIES[overflow](delivered, room);
      t.assert.equal(queued, room);
      t.assert.deepEqual(refused, expected.refused);
      t.assert.equal(others.refused, expected.refused.length);
      t.assert.equal(others.dropped, expected.dropped.length);
      t.assert.equal(others.accepted, COUNT - expected.refused.length);
      const told = reports.reduce((sum, { count }) => sum + count, 0);
      t.assert.equal(told, expected.dropped.length);
      await wake();
      t.assert.deepEqual(await gotBy(t, page, expected.arrive.length), expected.arrive);
      t.assert.equal(counts().delivered, expected.arrive.length);
    });
}

/** In bytes: of main, and of all of the app's processes. */
function memory() {
  collect();
  const kibibytes = app.getAppMetrics().map(({ memory }) => memory.workingSetSize);
  return {
    main: process.memoryUsage().rss,
    app: kibibytes.reduce((sum, each) => sum + each) * KIB,
  };
}

/** What the processes grow by while the page stands still and main sends much. */
async function growth(t, page) {
  const counts = counter();
  const wake = await block(t, page);
  const before = memory();
  await sendAll(t, counts, { ...BOUNDS, count: MUCH });
  const after = memory();
  const { queued, delivered } = counts();
  await wake();
  await gotBy(t, page, queued + delivered);
  return { main: after.main - before.main, app: after.app - before.app };
}

/** What is under way when so much is allowed, in bytes, with a message more to be sent. */
async function underWay(maxInFlightBytes, counts) {
  sy.initIpc({ maxInFlightBytes });
  sy.sendMsgToRender("page", message(0));
  await hop();
  return counts().delivered * RECORD;
}

const WRONG = [262143, 1073741825, 0, -1, 262144.5, Number.NaN, "4194304", null, BigInt(4194304)];

const laws = {
  "maxInFlightBytes is rejected where it is no integer in its range, which is named": async (t) => {
    for (const maxInFlightBytes of WRONG) {
      const error = t.thrown(() => sy.initIpc({ maxInFlightBytes }));
      t.assert.equal(error.code, "ERR_INVALID_OPTION");
      t.assert.match(error.message, /maxInFlightBytes.*integer.*262144 to 1073741824/);
    }
    for (const maxInFlightBytes of [262144, 1073741824]) {
      await withOptions({ maxInFlightBytes }, () => undefined);
    }
  },

  "maxInFlightBytes holds for what is sent after it was changed, up and down": (t) =>
    withOptions({ maxInFlightBytes: MIB / 4 }, async () => {
      const page = await openListener(t);
      const counts = counter();
      const wake = await block(t, page);
      for (let n = 0; n < 400; n++) sy.sendMsgToRender("page", message(0));
      const grew = [];
      for (const most of [MIB / 4, MIB, MIB / 2, 2 * MIB]) {
        grew.push((await underWay(most, counts)) / MIB);
      }
      const packet = LARGEST_PACKET / MIB;
      for (const [i, most] of [1 / 4, 1, 1, 2].entries()) {
        t.assert.ok(grew[i] >= most && grew[i] < most + packet, `MiB under way: ${grew}`);
      }
      await wake();
      await gotBy(t, page, 404);
    }),
};

const HELD =
  "a page stands still while main sends 30 MB: what fits comes in order, the rest is counted";
for (const overflow of Object.keys(POLICIES)) laws[`${HELD} (${overflow})`] = lawOf(overflow);

laws["a page stands still while main sends 90 MB: the app grows by its bounds at most"] = (t) =>
  withOptions({ ...BOUNDS, overflow: "drop-oldest" }, async () => {
    const page = await openListener(t);
    t.undos.push(sy.onUndeliverable(() => undefined));
    // The first time V8's heap takes its size.
    await growth(t, page);
    await page.run(() => got.splice(0));
    const grown = await growth(t, page);
    const most = BOUNDS.maxQueueBytes + BOUNDS.maxInFlightBytes + LARGEST_PACKET + SLACK;
    t.assert.ok(grown.main <= most, `main grows by ${grown.main} bytes, and may by ${most}`);
    t.assert.ok(grown.app <= most, `the app grows by ${grown.app} bytes, and may by ${most}`);
  });

laws["attachments that are each more than may be under way all arrive"] = async (t) => {
  const page = await t.open("page");
  await page.run(() => {
    window.lengths = [];
    sy.onMsgFromMain((_event, value) => void lengths.push(value.length));
  });
  // Whatever is left over when they are cut into pieces.
  const sizes = [4_320_000, 4_380_000, 4_440_000, 16 * MIB];
  const sent = [];
  for (const size of sizes) {
    for (const value of [new Uint8Array(size), "x".repeat(size)]) {
      sy.sendMsgToRender("page", value);
      sent.push(size);
    }
  }
  await t.until("all are there", () => page.run((n) => lengths.length === n, sent.length));
  t.assert.deepEqual(await page.run(() => lengths), sent);
};

module.exports = laws;
