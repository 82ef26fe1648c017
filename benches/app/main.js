/** Runs the cases that the command line asks for, reports each sample, then exits. */
const { app } = require("electron");
const { CASES } = require("../cases");
const { RIVALS } = require("../rivals");
const { DRIVES, heardBy } = require("./drives");
const { Line } = require("./line");
const { path } = require("./node");
const { options, report, run } = require("./report");
const { rotated } = require("./rotated");
const { within } = require("./time");

const SAMPLE_TIMEOUT = 120_000;
const OPEN_TIMEOUT = 120_000;

const MAKERS = {
  switchyard: () => require("./rivals/switchyard/main"),
  prokit: () => require("./rivals/prokit/main.mjs"),
  hand: () => require("./rivals/hand/main"),
  port: () => require("./rivals/port/main"),
};

app.setPath("userData", path.join(__dirname, "user-data"));

const { rounds, smoke, cases } = options();

run(async () => {
  const lines = startLines();
  for (const each of CASES.filter(({ id }) => cases.includes(id))) {
    await runCase(smoke ? { ...each, n: each.smoke } : each, lines);
  }
});

/** A rival that this Electron cannot have says so, and takes part in nothing. */
function startLines() {
  const lines = RIVALS.map((id) => new Line(id, MAKERS[id]()));
  for (const { id, rival } of lines) {
    if (rival.cannot) report({ type: "cannot", rival: id, why: rival.cannot });
  }
  const able = lines.filter(({ rival }) => !rival.cannot);
  for (const line of able) line.start();
  return able;
}

/**
 * Rounds before the first one that is reported: V8 interprets a function first and compiles it
 * later. For the same reason no garbage is collected between samples: gc() throws compiled code
 * away as well, which made 5 ms of 12 for our 1,000 requests; no app does that.
 */
const UNREPORTED = 3;

/** One round after the other, in each one sample of each rival. */
async function runCase(which, lines) {
  report({ type: "case", id: which.id });
  const able = new Set(lines);
  const attempt = async (line, work) => {
    try {
      return await work();
    } catch (error) {
      able.delete(line);
      report({ type: "fault", id: which.id, rival: line.id, error: String(error.stack) });
      return undefined;
    }
  };
  for (const line of lines) {
    await attempt(line, () => within(OPEN_TIMEOUT, line.have(which.windows)));
  }
  const unreported = smoke ? 0 : UNREPORTED;
  for (let round = 1 - unreported; round <= rounds; round++) {
    for (const line of rotated([...able], round + unreported)) {
      const value = await attempt(line, () => sample(line, which));
      if (round > 0 && value !== undefined) {
        report({ type: "sample", id: which.id, rival: line.id, value });
      }
    }
  }
}

function sample(line, which) {
  return within(SAMPLE_TIMEOUT, DRIVES[which.drive](line, which), () => heardBy(line));
}
