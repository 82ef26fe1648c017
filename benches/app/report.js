/** What the app says to the script that started it, and hears from it. */
const { app } = require("electron");

// What is measured is what users get: an app that is not packaged keeps the lines of its callers.
Object.defineProperty(app, "isPackaged", { value: true });

const PREFIX = "@@switchyard-bench ";
const OPTION = "--bench=";

function options() {
  const option = process.argv.find((arg) => arg.startsWith(OPTION));
  return JSON.parse(option.slice(OPTION.length));
}

function report(line) {
  process.stdout.write(`\n${PREFIX}${JSON.stringify(line)}\n`);
}

/** Runs it once the app is ready, then exits. */
function run(work) {
  app.on("window-all-closed", () => {});
  app
    .whenReady()
    .then(() => {
      const { electron, chrome, node } = process.versions;
      report({ type: "runtime", electron, chrome, node });
      return work();
    })
    .then(() => {
      report({ type: "end" });
      exit(0);
    }, fail);
}

function fail(error) {
  report({ type: "broken", error: String(error?.stack) });
  exit(1);
}

/** Electron 9 crashes when it exits within a load callback. */
function exit(code) {
  setImmediate(() => app.exit(code));
}

module.exports = { options, report, run };
