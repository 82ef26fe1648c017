/**
 * What is measured under pressure, in real windows. `group` names what measures it
 * (app/pressure/, app/start/); a value is in `unit`, and `limit` is the largest that is right.
 * Without a limit it is there to understand the others.
 */
const MIB = 1024 * 1024;
const MB = 1_000_000;

const DEFAULTS = { maxQueueBytes: 256 * MIB, maxInFlightBytes: 4 * MIB };
const LARGEST_PACKET = 60_000;

/**
 * What each process that has to do may keep beyond what waits, in bytes: V8's young generation,
 * which is collected when it is full and not before.
 */
const SLACK = 48 * MIB;

/** A page whose thread stands still for so long, and what main sends meanwhile. */
const BLOCKED = { ms: 10_000, bytes: 100 * MB, perTurn: MB, perMessage: 10_000 };
const SMALL_QUEUE = { ...DEFAULTS, maxQueueBytes: 16 * MIB };

const FLOOD = 1_000_000;

/** A smoke run: only to see that all of it runs. */
const SMOKE = {
  blocked: { ...BLOCKED, ms: 2000, bytes: 3 * MB },
  flood: 3000,
  pings: 5,
  starts: 1,
  silence: 50,
};
const WHOLE = { blocked: BLOCKED, flood: FLOOD, pings: 300, starts: 7, silence: 2000 };

/** In MiB, what so many processes may grow by. */
function allowed({ maxQueueBytes, maxInFlightBytes }, processes) {
  const waiting = Math.min(maxQueueBytes, BLOCKED.bytes);
  return Math.round((waiting + maxInFlightBytes + LARGEST_PACKET + processes * SLACK) / MIB);
}

/** `part` names a value of what a group measures. */
function measure(group, part, title, unit, limit = null) {
  return { id: `${group}-${part}`, group, part, title, unit, limit };
}

function blocked(group, what, bounds) {
  return [
    measure(group, "app", `${what}: growth of the app's memory`, "MiB", allowed(bounds, 2)),
    measure(group, "main", `${what}: growth of main's memory`, "MiB", allowed(bounds, 1)),
    measure(group, "stall", `${what}: longest stall of main's event loop`, "ms", 50),
    measure(group, "wrong", `${what}: lost, doubled or out of order`, "messages", 0),
    measure(group, "dropped", `${what}: dropped at the bound, and counted`, "messages"),
  ];
}

function flood(group, what) {
  return [
    measure(group, "lag", `${what}: lag of main's event loop, p99`, "ms", 50),
    measure(group, "longest", `${what}: the longest lag`, "ms"),
    measure(group, "request", `${what}: a third window's requests, p99`, "ms", 100),
    measure(group, "slowest", `${what}: the slowest of these`, "ms"),
    measure(group, "wrong", `${what}: lost, doubled or out of order`, "messages", 0),
    measure(group, "refused", `${what}: refused at the bound, and reported`, "messages"),
    measure(group, "time", `${what}: until all have come`, "s"),
  ];
}

function fairness(group) {
  return [
    measure(
      group,
      "packets",
      "main floods A: packets to A between a message to B and its post",
      "packets",
      1,
    ),
    measure(group, "calm", "a message to B and its answer, no flood, median", "ms"),
    measure(group, "flooded", "a message to B and its answer, main floods A, median", "ms"),
  ];
}

function idle(group) {
  return [
    measure(
      group,
      "start",
      "timers, immediates and messages in 2 s of silence after the start",
      "calls",
      0,
    ),
    measure(
      group,
      "traffic",
      "timers, immediates and messages in 2 s of silence after traffic",
      "calls",
      0,
    ),
  ];
}

function start(group) {
  return [
    measure(group, "time", "require() and initIpc() in a fresh process, median", "ms", 5),
    measure(group, "require", "of that require()", "ms"),
    measure(group, "exports", "before it, a first empty package with exports: Node's own", "ms"),
  ];
}

const GROUPS = {
  start: start("start"),
  idle: idle("idle"),
  blocked: blocked("blocked", "a page stands still for 10 s, main sends 100 MB", DEFAULTS),
  "blocked-small": blocked(
    "blocked-small",
    "the same, maxQueueBytes 16 MiB, drop-oldest",
    SMALL_QUEUE,
  ),
  "flood-main": flood("flood-main", "1,000,000 requests of one loop to main"),
  "flood-window": flood("flood-window", "1,000,000 messages of one loop to a window"),
  fairness: fairness("fairness"),
};

module.exports = { DEFAULTS, GROUPS, SMALL_QUEUE, SMOKE, WHOLE };
