/**
 * How a case is driven: `(line, case)` to a sample, whose `value` is the whole time of a round,
 * divided into the unit of the case. One of single messages also has the percentiles of their times
 * and the CPU of main, in microseconds for one. A clock is read in one process only, main or the
 * page "a", and after the work's end: the receiver answers what it got last.
 */
const { withCpu } = require("./clock");
const { PAYLOADS } = require("./payloads");
const { paced, performanceNow, sleep } = require("./time");

const SECONDS_OF_MINUTE = 60;
/** For messages that a page was asked about before they came, in milliseconds. */
const LATEST = 5000;
const LOOK_EVERY = 20;
/** The window that opens after a value was retained. */
const LATE = "late";

/** Page "a" works, and reads its clock. */
function byPage(line, { payload, n }, call) {
  return line.page("a", call, payload, n, "b");
}

function atOnce(call, roleOfB) {
  return async (line, which) => {
    await line.settle({ b: roleOfB?.(which.n) });
    const { time } = await byPage(line, which, call);
    return { value: time };
  };
}

function inTurn(call, roleOfB) {
  return async (line, which) => {
    await line.settle({ b: roleOfB });
    const { result, cpu } = await withCpu(() => byPage(line, which, call));
    const { time, p50, p99 } = result;
    const value = time / which.n;
    return which.single ? { value, p50, p99, cpu: cpu / which.n } : { value };
  };
}

const DRIVES = {
  askInTurn: inTurn("askInTurn"),
  askAtOnce: atOnce("askAtOnce"),
  callInTurn: inTurn("callInTurn"),
  callAtOnce: atOnce("callAtOnce"),
  echoInTurn: inTurn("echoInTurn", ["echoes", "a"]),
  tellInTurn: inTurn("tellInTurn", ["acknowledges", "a", 1]),
  tellAtOnce: atOnce("tellAtOnce", (n) => ["acknowledges", "a", n]),

  async sendAtOnce(line, { payload, n }) {
    await line.settle({ b: ["acknowledgesMain", n] });
    return timeSends(line, { windows: ["b"], payload, n }, (msg) => line.rival.send("b", msg));
  },

  async sendAround(line, { payload, n, windows }) {
    await line.settle({ all: ["acknowledgesMain", n] });
    return timeSends(line, { windows, payload, n }, (msg) => sendToAll(line, windows, msg));
  },

  async publish(line, { payload, n, windows }) {
    await line.settle({ all: ["acknowledgesTopic", n] });
    return timeSends(line, { windows, payload, n }, (value) => line.rival.publish(value));
  },

  /** In windows that open one after the other, once each has loaded. */
  async retained(line, { payload, n, windows }) {
    line.rival.retain(PAYLOADS[payload]());
    let sum = 0;
    for (let i = 0; i < n; i++) {
      await line.have([...windows, LATE]);
      const { time } = await line.page(LATE, "retained", payload);
      sum += time;
      await line.have(windows);
    }
    return { value: sum / n };
  },

  /** CPU of the whole main process, whatever it was spent on, scaled up to a minute. */
  async stream(line, { payload, n, hz, windows }) {
    await line.settle({});
    const msg = PAYLOADS[payload]();
    const { cpu } = await withCpu(() => paced(hz, n, () => sendToAll(line, windows, msg)));
    await requireHeard(line, windows, n);
    const seconds = n / hz;
    return { value: (cpu / 1e6) * (SECONDS_OF_MINUTE / seconds) };
  },
};

function sendToAll(line, windows, msg) {
  for (const name of windows) line.rival.send(name, msg);
}

/** All in one turn of main, until each window has said that it has got all. */
async function timeSends(line, { windows, payload, n }, send) {
  const msg = PAYLOADS[payload]();
  const done = line.asked(windows);
  const start = performanceNow();
  for (let i = 0; i < n; i++) send(msg);
  await done;
  return { value: performanceNow() - start };
}

/** What runs a script in a page may overtake what is in flight to it. */
async function requireHeard(line, windows, n) {
  for (const name of windows) {
    const end = performanceNow() + LATEST;
    let heard = await line.page(name, "heard");
    while (heard < n && performanceNow() < end) {
      await sleep(LOOK_EVERY);
      heard = await line.page(name, "heard");
    }
    if (heard !== n) throw new Error(`window ${name} got ${heard} of ${n} messages`);
  }
}

/** What each window has got so far, in words. */
async function heardBy(line) {
  const names = [...line.windows.keys()];
  const counts = await Promise.all(names.map((name) => line.page(name, "heard")));
  return names.map((name, i) => `, window ${name} got ${counts[i]} messages`).join("");
}

module.exports = { DRIVES, heardBy };
