/** What must hold of a window of a walk once it is left alone, and of all windows at the end. */
const sy = require("electron-switchyard");
const { sleep } = require("../time");
const { LANES } = require("./steps-page");

const PATIENCE = 8000;

/** Everything that was sent to a window has come or waits. */
function settled(walk, spot) {
  return holdsFor(walk, spot, "settle", () => isSettled(walk, spot));
}

async function holdsFor(walk, spot, what, holds) {
  const end = Date.now() + PATIENCE;
  while (!holds()) {
    walk.check();
    if (Date.now() > end) {
      const truth = JSON.stringify(await spot.truth());
      throw new Error(`${spot.name} does not ${what}: ${stateOf(walk, spot)}; there is ${truth}`);
    }
    await sleep(3);
  }
}

function isSettled({ calls }, spot) {
  if (!spot.isQuiet || calls.areUnsure(spot)) return false;
  const { least, most } = spot.ledger.owed();
  const messages = queued(spot) - calls.waiting(spot).length;
  return least <= messages && messages <= most;
}

/** The calls that wait for a handler in a window that is settled; none if that is not sure. */
function waitingFor({ calls }, spot) {
  return spot.ledger.isSure ? calls.waiting(spot) : [];
}

function queued({ name }) {
  return name === undefined ? 0 : sy.stats().windows[name].queued;
}

function stateOf({ calls }, spot) {
  const { loads, crashes, commands, doc } = spot;
  const state = {
    loads,
    crashes,
    commands: commands.size,
    queued: queued(spot),
    flaw: doc?.flaw(),
    calls: calls.waiting(spot).map(({ key }) => key),
    areUnsure: calls.areUnsure(spot),
  };
  const docs = [...spot.docs.values()].map(String).join("; ");
  return `${JSON.stringify(state)}, missing ${spot.ledger}, documents ${docs}`;
}

/** Sees to it that the document that is there listens; loads one where none takes commands. */
async function haveListen(walk, spot) {
  const deaf = () => LANES.filter((lane) => !spot.doc?.listensTo(lane));
  for (let tries = 0; deaf().length > 0; tries++) {
    if (tries > 4) throw new Error(`${spot.name} does not listen: ${stateOf(walk, spot)}`);
    if (!spot.doc || tries > 2) {
      spot.exempt();
      await spot.load("A");
    } else for (const lane of deaf()) spot.command("listen", lane);
    const end = Date.now() + 2000;
    while (deaf().length > 0 && Date.now() < end) await sleep(3);
  }
}

/** The hostile window closes, all others get a page that listens: what waits comes, and nothing is left. */
async function finale(walk) {
  const { t, calls, hostile, spots } = walk;
  walk.absences.end();
  await hostile.end();
  for (const spot of spots) if (!spot.name) spot.take(walk.freeNames()[0]);
  for (const spot of spots) {
    await settled(walk, spot);
    await haveListen(walk, spot);
  }
  for (const spot of spots) await allCame(walk, spot);
  calls.judgeAll();
  walk.check();
  for (const spot of [...spots]) await spot.end("destroy", () => spots.delete(spot));
  t.assert.deepEqual(sy.stats().windows, {});
  t.assert.equal(sy.stats().total.queued, 0);
  walk.check();
}

async function allCame(walk, spot) {
  const { calls } = walk;
  await settled(walk, spot);
  const lost = () => spot.ledger.missing(({ exempt, dropped }) => !exempt && !dropped).length;
  await holdsFor(walk, spot, "get everything", () => queued(spot) === 0 && lost() === 0);
  await holdsFor(walk, spot, "end well", () => spot.doc.flaw() === undefined);
  const open = () => calls.open().length;
  await holdsFor(walk, spot, `get all calls settled, as ${calls.open()}`, () => open() === 0);
}

module.exports = { finale, isSettled, settled, waitingFor };
