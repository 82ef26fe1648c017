/**
 * What is measured. `drive` names what main does (app/drives.js), `payload` what is sent
 * (app/payloads.js), `n` how often in one round; `smoke` is the `n` of a smoke run. A value is
 * milliseconds of one of `per`, of which a round has `rounds`; `goal` is the largest allowed share
 * of electron-prokit's value in Electron 22.
 */
const PAIR = ["a", "b"];
const STREAM_HZ = 60;

/** @param {number} count */
function many(count) {
  return Array.from({ length: count }, (_, i) => `w${i + 1}`);
}

const CASES = [
  {
    id: "request",
    title: "one small request to main and back, sequential",
    drive: "askInTurn",
    payload: "small",
    n: 1000,
    smoke: 5,
    windows: PAIR,
    unit: "ms per request",
    goal: 0.7,
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
  },
  {
    id: "ping",
    title: "window to window, one small (there and back)",
    drive: "echoInTurn",
    payload: "small",
    n: 500,
    smoke: 5,
    windows: PAIR,
    unit: "ms per round trip",
    goal: 0.85,
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
  },
];

module.exports = { CASES };
