/** One window floods, or is flooded: the others have their turn. Told by counts, without a clock. */
const sy = require("electron-switchyard");
const { hearPosts } = require("../ports");
const { hop } = require("../time");

const COUNT = 100_000;
const TIMEOUT = 60_000;
/** With it the flood from main is 30 MB: far more than may be under way at once. */
const FILLING = "x".repeat(290);

/** Asks main, one request after the other, for ever: when a request comes, all before are answered. */
async function openBystander(t) {
  const page = await t.open("bystander");
  await page.run(() => {
    const ask = () => sy.sendMsgToMain("bystander").then(ask, () => undefined);
    ask();
  });
}

/**
 * Handles what comes: `flood` hears numbers. Counts the requests of the bystander that come between
 * the first of the flood and the last.
 */
function referee(t, last) {
  const state = { started: false, asked: 0 };
  return new Promise((resolve) => {
    t.handle((_event, msg) => {
      if (msg === "bystander") state.asked += Number(state.started);
      if (msg === "starts" || msg === 0) state.started = true;
      if (msg === last) resolve(state.asked);
      return msg;
    });
  });
}

/** How many answers came, and the first that was not what was asked, or -1. */
function floodMain(count) {
  const answers = [];
  for (let n = 0; n < count; n++) answers.push(sy.sendMsgToMain(n));
  return Promise.all(answers).then((got) => [
    got.length,
    got.findIndex((answer, n) => answer !== n),
  ]);
}

/** In the receiver: tells main of the first and of the last, and what was out of its order. */
function countFlood(count) {
  window.disorder = [];
  let next = 0;
  sy.onMsgFromOtherRender((_event, n) => {
    if (n === 0) sy.sendMsgToMain("starts");
    if (n !== next) window.disorder.push([n, next]);
    next = n + 1;
    if (next === count) sy.sendMsgToMain("ends");
  });
}

function fair(t, asked) {
  // They come one by one: all but the last were answered when that came. A machine whose cores are
  // taken by the flood gives the bystander little time.
  t.assert.ok(asked > 1, `${asked} requests of another window came during the flood`);
}

function law(run) {
  return Object.assign(run, { timeout: TIMEOUT });
}

module.exports = {
  "100,000 requests of one loop are answered in order, and another window's in between": law(
    async (t) => {
      const got = [];
      t.handle((event, msg) => {
        if (event.windowName === "flooder") got.push(msg);
      });
      const over = referee(t, COUNT - 1);
      await openBystander(t);
      const flooder = await t.open("flooder");
      t.assert.deepEqual(await flooder.run(floodMain, COUNT), [COUNT, -1]);
      t.assert.equal(got.length, COUNT);
      t.assert.equal(
        got.findIndex((n, i) => n !== i),
        -1,
      );
      fair(t, await over);
    },
  ),

  "100,000 messages of one loop to a window arrive in order, and others' requests are answered":
    law(async (t) => {
      const over = referee(t, "ends");
      await openBystander(t);
      const receiver = await t.open("receiver");
      await receiver.run(countFlood, COUNT);
      const flooder = await t.open("flooder");
      await flooder.run((count) => {
        for (let n = 0; n < count; n++) sy.sendMsgToOtherRender("receiver", n);
      }, COUNT);
      const asked = await over;
      t.assert.deepEqual(await receiver.run(() => disorder.slice(0, 10)), []);
      fair(t, asked);
    }),

  "a message to a window arrives before another window's queue is empty that was filled earlier":
    law(async (t) => {
      const heard = new Promise((resolve) => t.handle((_event, msg) => resolve(msg)));
      const flooded = await t.open("flooded");
      const other = await t.open("other");
      await flooded.run((count) => {
        window.got = 0;
        sy.onMsgFromMain(() => {
          got += 1;
          if (got === count) sy.sendMsgToMain("the flooded has all");
        });
      }, COUNT);
      await other.run(() => void sy.onMsgFromMain((_event, msg) => sy.sendMsgToMain(msg)));
      await Promise.all([flooded.known(), other.known()]);
      for (let n = 0; n < COUNT; n++) sy.sendMsgToRender("flooded", FILLING);
      sy.sendMsgToRender("other", "the other has its own");
      t.assert.equal(await heard, "the other has its own");
      t.assert.ok(sy.stats().windows.flooded.queued > 0, "nothing waited any more");
      await t.until("it has all", async () => (await flooded.run(() => got)) === COUNT);
    }),

  "main posts one packet of a flood at most between a message to another window and its post": law(
    async (t) => {
      const flooded = await t.open("flooded");
      const other = await t.open("other");
      for (const page of [flooded, other]) {
        await page.run(() => void sy.onMsgFromMain(() => undefined));
        await page.known();
      }
      const between = [];
      let [packets, all] = [0, 0];
      hearPosts(t, (message) => {
        // An acknowledgement is a number.
        if (typeof message === "number") return;
        if (String(message).includes("ping")) between.push(packets);
        else {
          packets += 1;
          all += 1;
        }
      });
      let pings = 0;
      for (let n = 0; n < COUNT; n++) {
        sy.sendMsgToRender("flooded", FILLING);
        if (n % 1000 !== 500) continue;
        packets = 0;
        sy.sendMsgToRender("other", `ping ${pings++}`);
        // Behind it in the same turn, or in turns of their own.
        if (n % 2000 === 500) await hop();
      }
      await t.until("all pings have left", () => between.length === pings);
      t.assert.ok(all > pings, "the flood did not leave meanwhile");
      t.assert.ok(Math.max(...between) <= 1, `packets before each ping: ${between}`);
    },
  ),
};
