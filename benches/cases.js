const { IN_MOST, PACKAGES } = require("./rivals");

/**
 * What is measured. `app` names the app that measures it: "many" has all rivals and their windows
 * together (app/main.js), "few" is started for each case alone (app/few/), and "first" for each
 * sample (app/first/). `drive` names what the app with many windows does (app/drives.js), `payload`
 * what it sends (app/payloads.js), `n` how often in one round; `smoke` is the `n` of a smoke run.
 * A case of `single` messages also has the percentiles of their times, and main's CPU for one.
 *
 * Goals are for Electron 22 and later: `goal` is the largest allowed share of electron-prokit's
 * value, and `hand` that of what one writes by hand. Without one of them there is no such goal.
 */
const AS_TODAY = "as today";
const PAIR = ["a", "b"];
const STREAM_HZ = 60;

/** @param {number} count */
function many(count) {
  return Array.from({ length: count }, (_, i) => `w${i + 1}`);
}

/** The windows of such an app have three rivals in them, side by side. */
const IN_ONE_WINDOW = ["switchyard", "hand", "port"];
/** The start of an app is the sample that differs most. */
const FIRST_USES = 9;

/** What differs from most cases is said in the case. */
const USUAL = { app: "many", rivals: IN_MOST, single: false };
/** electron-prokit has neither services nor topics. A raw port has no topics of its own: it is a floor. */
const WITH_SERVICES = ["switchyard", "hand", "port", ...Object.keys(PACKAGES)];
const WITH_RETAINED = ["switchyard", "hand", "comlink"];
const WITH_TOPICS = [...WITH_RETAINED, "port"];

const ALL = [
  {
    id: "request",
    title: "one small request to main and back, sequential",
    drive: "askInTurn",
    payload: "small",
    single: true,
    n: 1000,
    smoke: 5,
    windows: PAIR,
    unit: "ms per request",
    goal: 0.7,
    hand: 1,
  },
  {
    id: "request-two",
    title: "one small request, an app with two windows",
    app: "few",
    rivals: IN_ONE_WINDOW,
    single: true,
    n: 1500,
    smoke: 5,
    windows: PAIR,
    unit: "ms per request",
    hand: 1,
  },
  {
    id: "request-lone",
    title: "one small request, an app with one window",
    app: "few",
    rivals: IN_ONE_WINDOW,
    single: true,
    n: 1500,
    smoke: 5,
    windows: ["a"],
    unit: "ms per request",
    hand: 0.92,
    /** In microseconds, what main's CPU for one may be above that of a raw message port. */
    cpuOverPort: 15,
  },
  {
    id: "first-use",
    title: "the first request of an app, once its page has loaded",
    app: "first",
    n: 1,
    smoke: 1,
    rounds: FIRST_USES,
    windows: ["a"],
    unit: "ms per request",
  },
  {
    id: "requests",
    title: "1,000 concurrent small requests",
    drive: "askAtOnce",
    payload: "small",
    n: 1000,
    smoke: 20,
    windows: PAIR,
    unit: "ms for all",
    goal: 0.08,
    hand: AS_TODAY,
  },
  {
    id: "flood",
    title: "main to window, 20,000 small",
    drive: "sendAtOnce",
    payload: "small",
    n: 20_000,
    smoke: 50,
    windows: PAIR,
    unit: "ms for all",
    goal: 0.04,
    hand: AS_TODAY,
  },
  {
    id: "ping",
    title: "window to window, one small (there and back)",
    drive: "echoInTurn",
    payload: "small",
    single: true,
    n: 500,
    smoke: 5,
    windows: PAIR,
    unit: "ms per round trip",
    goal: 0.85,
    hand: 0.85,
  },
  {
    id: "flood-across",
    title: "window to window, 10,000 small",
    drive: "tellAtOnce",
    payload: "small",
    n: 10_000,
    smoke: 50,
    windows: PAIR,
    unit: "ms for all",
    goal: 0.025,
    hand: AS_TODAY,
  },
  {
    id: "rows",
    title: "1,000-row array (5 members a row) to main and back",
    drive: "askInTurn",
    payload: "rows",
    n: 20,
    smoke: 2,
    windows: PAIR,
    unit: "ms per round trip",
    goal: 0.22,
    hand: AS_TODAY,
  },
  {
    id: "rows-undefined",
    title: "the same, members partly undefined",
    drive: "askInTurn",
    payload: "rowsPartlyUndefined",
    n: 20,
    smoke: 2,
    windows: PAIR,
    unit: "ms per round trip",
    goal: 0.25,
    hand: AS_TODAY,
  },
  {
    id: "rows-across",
    title: "1,000-row array, window to window (there and back)",
    drive: "echoInTurn",
    payload: "rows",
    n: 20,
    smoke: 2,
    windows: PAIR,
    unit: "ms per round trip",
    goal: 0.15,
    hand: AS_TODAY,
  },
  {
    id: "bytes",
    title: "1 MB Uint8Array to main and back",
    drive: "askInTurn",
    payload: "megabyte",
    n: 20,
    smoke: 2,
    windows: PAIR,
    unit: "ms per round trip",
    goal: 0.5,
    hand: AS_TODAY,
  },
  {
    id: "text-across",
    title: "16 MB string window to window",
    drive: "tellInTurn",
    payload: "text",
    n: 3,
    smoke: 2,
    windows: PAIR,
    unit: "ms per message",
    goal: 0.5,
    hand: 0.75,
  },
  {
    id: "broadcast",
    title: "one message to each of 20 windows, 200 rounds",
    drive: "sendAround",
    payload: "small",
    n: 200,
    smoke: 3,
    windows: many(20),
    unit: "ms for all",
    goal: 0.15,
    hand: AS_TODAY,
  },
  {
    id: "stream",
    title: `an endless ${STREAM_HZ} Hz stream to 5 windows`,
    drive: "stream",
    payload: "small",
    /** Five seconds, scaled up to the minute. */
    n: 5 * STREAM_HZ,
    smoke: 6,
    hz: STREAM_HZ,
    windows: many(5),
    unit: "CPU s of main per minute",
    goal: 0.8,
    hand: 1,
  },
  {
    id: "service",
    title: "one call of a service of main, sequential",
    rivals: WITH_SERVICES,
    drive: "callInTurn",
    payload: "small",
    single: true,
    n: 1000,
    smoke: 5,
    windows: PAIR,
    unit: "ms per call",
    hand: 1.05,
  },
  {
    id: "services",
    title: "1,000 concurrent calls of a service of main",
    rivals: WITH_SERVICES,
    drive: "callAtOnce",
    payload: "small",
    n: 1000,
    smoke: 20,
    windows: PAIR,
    unit: "ms for all",
    hand: 0.15,
  },
  {
    id: "publish-small",
    title: "1 kB published to 20 windows, 200 times",
    rivals: WITH_TOPICS,
    drive: "publish",
    payload: "kilobyte",
    n: 200,
    smoke: 3,
    windows: many(20),
    unit: "ms for all",
    hand: 0.1,
  },
  {
    id: "publish-large",
    title: "100 kB published to 20 windows, 50 times",
    rivals: WITH_TOPICS,
    drive: "publish",
    payload: "hundredKilobytes",
    n: 50,
    smoke: 2,
    windows: many(20),
    unit: "ms for all",
    hand: 0.35,
  },
  {
    id: "retained",
    title: "a retained value in a new window, once it has loaded",
    rivals: WITH_RETAINED,
    drive: "retained",
    payload: "small",
    n: 5,
    smoke: 1,
    windows: ["a"],
    unit: "ms per window",
  },
];

const CASES = ALL.map((each) => ({ ...USUAL, ...each }));

module.exports = { AS_TODAY, CASES };
