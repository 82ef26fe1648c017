/** A test runner of the size that is needed inside Electron. */
const { Stage } = require("./stage");
const faults = require("./faults");
const { wrongBooks } = require("./counters");
const { SLOWNESS } = require("./time");

const PREFIX = "@@switchyard-e2e ";
/** In ms, on a machine as usual. A test that needs longer says so by its `timeout`. */
const TIMEOUT = 15000;
/** Longer lines may be torn where several processes write to one pipe. */
const MAX_ERROR = 3000;

function report(line) {
  process.stdout.write(`\n${PREFIX}${JSON.stringify(line)}\n`);
}

function announce(names) {
  report({ type: "plan", names });
}

async function runAll(tests) {
  for (const [name, law] of Object.entries(tests)) {
    report({ type: "result", name, error: await runOne(law) });
  }
  report({ type: "end" });
}

/** What went wrong, or undefined. */
async function runOne(law) {
  faults.clear();
  const stage = new Stage();
  const wrong = [];
  await within(law(stage), law.timeout).catch((error) => wrong.push(stackOf(error)));
  await within(stage.leave()).catch((error) => wrong.push(stackOf(error)));
  wrong.push(...faults.all(), ...wrongBooks());
  if (wrong.length === 0) return undefined;
  return [...wrong, ...stage.lines()].join("\n").slice(0, MAX_ERROR);
}

function within(promise, usual = TIMEOUT) {
  const timeout = usual * SLOWNESS;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${timeout} ms`)), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function stackOf(error) {
  return error instanceof Error ? error.stack : `thrown: ${String(error)}`;
}

module.exports = { announce, report, runAll };
