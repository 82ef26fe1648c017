/** Room in a window's queue is shared: nobody shuts out the others, main least of all. */
const sy = require("electron-switchyard");
const { withOptions } = require("../limits");

/** Sends so many messages to the window "silent", which listens to none, and one request behind. */
async function flood(page, count) {
  await page.run((count) => {
    sy.onUndeliverable(() => undefined);
    for (let n = 0; n < count; n++) sy.sendMsgToOtherRender("silent", n);
  }, count);
  await page.run(() => sy.sendMsgToMain(0));
}

const queued = () => sy.stats().windows.silent.queued;

module.exports = {
  "a flood of one page to a lane without listeners leaves room for main and for another page": (
    t,
  ) =>
    withOptions({ maxQueueRecords: 4000 }, async () => {
      t.handle(() => 1);
      const pages = [await t.open("flooder"), await t.open("other"), await t.open("silent")];
      const [flooder, other, silent] = pages;
      await silent.run(() => void sy.onCall((_event, msg) => msg));
      await flood(flooder, 10_000);
      t.assert.equal(queued(), 2250);
      for (let n = 0; n < 1000; n++) sy.sendMsgToRender("silent", n);
      t.assert.equal(queued(), 3250);
      t.assert.equal(await sy.callRender("silent", 2), 2);
      t.assert.equal(await other.run(() => sy.callOtherRender("silent", 3)), 3);
      sy.destroyWindow("flooder");
      await flood(other, 2000);
      t.assert.equal(queued(), 3000, "what the closed window left went first");
      await silent.hear("main", "onMsgFromMain");
      t.assert.equal((await silent.hears("main", 1000)).length, 1000);
    }),

  "calls of a page beyond what it may have open reject, and the others are answered": async (t) => {
    const page = await t.open("page");
    const waiting = [];
    t.handle((_event, n) => new Promise((answer) => waiting.push(() => answer(n))));
    await page.run(() => {
      window.settled = { answered: 0, refused: 0, other: 0 };
      for (let n = 0; n < 101_000; n++) {
        sy.sendMsgToMain(n).then(
          () => window.settled.answered++,
          ({ code }) => window.settled[code === "ERR_QUEUE_FULL" ? "refused" : "other"]++,
        );
      }
    });
    await t.until("all are here", () => waiting.length === 100_000);
    for (const answer of waiting.splice(0)) answer();
    const settled = () => page.run(() => window.settled);
    await t.until("all are settled", async () => {
      const { answered, refused, other } = await settled();
      return answered + refused + other === 101_000;
    });
    t.assert.deepEqual(await settled(), { answered: 100_000, refused: 1000, other: 0 });
  },
};
