/** What main does in a walk, and what the hostile window does. */
const sy = require("electron-switchyard");
const { sleep } = require("../time");
const { HANDLER_WAIT_MS } = require("./calls");
const { HOSTILE, NAMES } = require("./names");
const { textOf, howOf } = require("./how");

function sendFromMain(walk) {
  const name = walk.random.pick(NAMES);
  const spot = walk.named(name);
  const count = 1 + walk.random.below(12);
  walk.note(`${count} to ${name}`);
  if (!spot) return sendToNobody(walk, name);
  for (let i = 0; i < count; i++) {
    const n = walk.serial++;
    sy.sendMsgToRender(name, { doc: "main", n });
    spot.routed(`main ${n}`, "main", undefined);
  }
}

/** Thrown where no window ever had the name, and reported where the last one has closed. */
function sendToNobody({ t }, name) {
  try {
    sy.sendMsgToRender(name, "nobody's");
  } catch ({ code }) {
    t.assert.equal(code, "ERR_UNKNOWN_WINDOW");
  }
}

function callFromMain(walk) {
  const name = walk.random.pick([...NAMES, HOSTILE]);
  const count = 1 + walk.random.below(4);
  // Electron 9's main process has none.
  const how = howOf(walk.random, typeof AbortController === "function");
  walk.note(`${count} to ${name} ${textOf(how)}`);
  for (let i = 0; i < count; i++) {
    const n = walk.serial++;
    const call = (...rest) => sy.callRender(name, ...rest);
    walk.calls.main(n, walk.targetOf(name), how, walkCall.start(call, { doc: "main", n, how }));
  }
}

/** Main's handler leaves, for longer than requests wait for one or not. */
async function absence(walk) {
  const { random, bookings, absences } = walk;
  const isLong = random.chance(0.3);
  const ms = isLong ? HANDLER_WAIT_MS + random.below(100) : random.below(100);
  const isQuiet = [...walk.spots].every((spot) => spot.commands.size === 0);
  if (absences.isAbsent || !isQuiet || !bookings.areHere) return walk.note("not now");
  walk.note(`for ${ms} ms`);
  absences.begin(ms);
}

async function hostile(walk) {
  walk.note(await walk.hostile.act());
}

function pause({ random }) {
  return sleep(random.below(25));
}

module.exports = { sendFromMain, callFromMain, absence, hostile, pause };
