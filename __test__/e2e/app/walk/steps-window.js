/** What happens to the windows of a walk. */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");
const { NAMES } = require("./names");
const { isSettled, settled, waitingFor } = require("./settle");
const { Spot } = require("./spot");

async function open(walk, name = walk.random.pick(NAMES)) {
  if (walk.named(name) || walk.spots.size >= NAMES.length) return;
  walk.note(name);
  const kind = walk.random.pick([ISOLATED, OPEN]);
  const window = sy.createWindow(name, { show: false, ...kind.options() });
  const spot = new Spot(name, window, walk);
  walk.add(spot);
  if (walk.random.chance(0.8)) await loadIn(walk, spot);
}

async function load(walk) {
  const spot = walk.some();
  if (spot) await loadIn(walk, spot);
}

async function loadIn(walk, spot) {
  const page = walk.random.weighted({ A: 5, B: 4, nothing: 1 });
  walk.note(`${spot.name} ${page}`);
  await disturb(walk, spot, () => spot.load(page));
}

async function reload(walk) {
  const spot = walk.some(({ doc, loads }) => doc && loads === 0);
  if (spot) await disturb(walk, spot, () => spot.reload());
}

async function crash(walk) {
  const spot = walk.some(({ doc, loads }) => doc && loads === 0);
  if (!spot) return;
  await disturb(walk, spot, () => spot.crash());
  // Its messages wait until then.
  if (walk.random.chance(0.7)) await loadIn(walk, spot);
}

/** Gently: nothing is on its way, so nothing may be lost. Or rudely. */
async function disturb(walk, spot, act) {
  const isGentle = walk.random.chance(0.5);
  walk.note(`${spot.name}, ${isGentle ? "gently" : "rudely"}`);
  if (isGentle) await settled(walk, spot);
  else if (spot.inhabited) spot.exempt();
  const spared = isGentle ? waitingFor(walk, spot) : [];
  spot.abandon();
  const done = act();
  walk.calls.spare(spared);
  if (isGentle) await done;
}

async function close(walk) {
  const spot = walk.some();
  if (!spot) return;
  const way = walk.random.pick(["close", "destroy"]);
  walk.note(`${spot.name} ${way}`);
  if (walk.random.chance(0.5)) await settled(walk, spot);
  await spot.end(way, () => walk.spots.delete(spot));
}

async function unregister(walk) {
  const spot = walk.some(({ name }) => name);
  if (!spot) return;
  const { name } = spot;
  const isGentle = walk.random.chance(0.5);
  walk.note(`${name}${isGentle ? ", settled" : ""}`);
  if (isGentle) await settled(walk, spot);
  // Then what has not come waits, and is dropped now.
  const isSure = isGentle && isSettled(walk, spot) && spot.ledger.isSure;
  spot.fates.unregistered += 1;
  walk.t.assert.equal(sy.unregisterWindow(name), true);
  spot.rename(undefined);
  spot.drop(isSure);
}

function register(walk) {
  const spot = walk.some(({ name }) => !name);
  if (!spot) return;
  const name = walk.random.pick(walk.freeNames());
  walk.note(name);
  spot.take(name);
}

function hide(walk) {
  walk.some()?.window.hide();
}

function show(walk) {
  walk.some()?.window.showInactive();
}

module.exports = { open, load, reload, crash, close, unregister, register, hide, show };
