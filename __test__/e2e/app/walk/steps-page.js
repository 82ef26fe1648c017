/** What the documents of a walk are told to do. */
const { howOf, textOf } = require("./how");
const { HOSTILE, NAMES } = require("./names");

const LANES = ["main", "other", "call"];
/** The hostile window has its share of it. */
const TARGETS = [...NAMES, HOSTILE];

function sendFromPage(walk) {
  const spot = inhabited(walk);
  const count = 1 + walk.random.below(8);
  if (spot) tellBooked(walk, spot, count, "send", walk.random.pick(TARGETS), count);
}

function callFromPage(walk) {
  const spot = inhabited(walk);
  const { random } = walk;
  const count = 1 + random.below(4);
  if (spot) tellBooked(walk, spot, count, "call", random.pick(TARGETS), count, howOf(random, true));
}

function request(walk) {
  const spot = inhabited(walk);
  const mode = walk.random.pick(["sync", "async"]);
  if (spot) tell(walk, spot, "request", mode, 1 + walk.random.below(5));
}

function listen(walk) {
  const spot = inhabited(walk);
  if (spot) tell(walk, spot, "listen", walk.random.pick(LANES));
}

function unlisten(walk) {
  const spot = inhabited(walk);
  if (!spot) return;
  const lane = walk.random.pick(LANES);
  walk.note(`${spot.name} ${lane}`);
  spot.unlisten(lane);
}

function inhabited(walk) {
  return walk.some(({ doc }) => doc);
}

function tell(walk, spot, ...command) {
  walk.note(`${spot.name} ${command.slice(1).map(textOf)}`);
  return spot.command(...command);
}

/** Main is to hear of so many things that the document sends. */
function tellBooked(walk, spot, count, ...command) {
  if (tell(walk, spot, ...command)) walk.bookings.expect(spot.doc.id, count);
}

module.exports = { LANES, sendFromPage, callFromPage, request, listen, unlisten };
