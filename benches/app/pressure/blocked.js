/** A page's thread stands still while main goes on sending. */
const { app } = require("electron");
const sy = require("electron-switchyard");
const { hop, sleep } = require("../time");
const { LagMeter } = require("./lag");
const { withWindows } = require("./windows");

const NAME = "blocked";
const KIB = 1024;
const MIB = 1024 * KIB;
/** What is sent before, so that heaps have their size, as a part of all. */
const WARM = 0.1;

async function measureBlocked({ ms, ...load }, bounds, overflow) {
  sy.initIpc({ ...bounds, overflow });
  const undo = sy.onUndeliverable(() => undefined);
  try {
    return await withWindows([NAME], async (page) => {
      await page.run("countMain");
      await send({ ...load, bytes: load.bytes * WARM });
      await arrived(page);
      await page.run("forget");
      return blockedFor(ms, page, load);
    });
  } finally {
    undo();
  }
}

async function blockedFor(ms, page, load) {
  const dropped = sy.stats().windows[NAME].dropped;
  gc();
  await sleep(200);
  const before = memory();
  const awake = page.run("block", ms);
  await sleep(50);
  const sending = new LagMeter();
  const sent = await send(load);
  const sendingLag = sending.stop();
  const after = memory();
  const stillBlocked = await Promise.race([awake.then(() => false), hop().then(() => true)]);
  if (!stillBlocked) throw new Error("the page went on before main had sent all");
  const lost = sy.stats().windows[NAME].dropped - dropped;
  const rest = new LagMeter();
  await awake;
  const { came, wrong } = await arrived(page, sent - lost);
  const restLag = rest.stop();
  return {
    app: (after.app - before.app) / MIB,
    main: (after.main - before.main) / MIB,
    stall: Math.max(sendingLag.longest, restLag.longest),
    wrong: wrong + Math.abs(sent - lost - came),
    dropped: lost,
  };
}

/** Sends it all, a part in each turn of the event loop; gives how many messages that were. */
async function send({ bytes, perTurn, perMessage }) {
  let n = 0;
  for (let sent = 0; sent < bytes; sent += perTurn) {
    for (let part = 0; part < perTurn; part += perMessage) {
      const number = `${n++} `;
      sy.sendMsgToRender(NAME, number + "x".repeat(perMessage - number.length));
    }
    await hop();
  }
  return n;
}

/** What the page has got once nothing waits for it any more. */
async function arrived(page, count = 0) {
  let seen;
  do {
    await sleep(20);
    seen = await page.run("seen");
  } while (sy.stats().windows[NAME].queued > 0 || seen.came < count);
  return seen;
}

/** In bytes: resident, of all of the app's processes and of main. */
function memory() {
  const sizes = app.getAppMetrics().map(({ memory }) => memory.workingSetSize * KIB);
  return { app: sizes.reduce((sum, each) => sum + each), main: process.memoryUsage().rss };
}

module.exports = { measureBlocked };
