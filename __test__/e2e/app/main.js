/** Runs the suites that the command line names, then exits. */
const { app } = require("electron");
const { path } = require("./node");
const { announce, report, runAll } = require("./runner");

app.on("window-all-closed", () => {});
app.setPath("userData", path.join(__dirname, "user-data", String(process.pid)));

const named = process.argv.find((arg) => arg.startsWith("--suites=")) || "";
// Before the app is ready: a suite may call the package at its top, as apps do.
load()
  .then((tests) => app.whenReady().then(() => runAll(tests)))
  .then(() => exit(0), fail);

async function load() {
  const tests = Object.assign({}, ...suiteFiles().map((file) => require(file)));
  announce(Object.keys(tests));
  return tests;
}

function suiteFiles() {
  const files = named.slice("--suites=".length).split(",").filter(Boolean);
  return files.map((file) => path.join(__dirname, "suites", file));
}

function fail(error) {
  report({ type: "broken", error: String(error?.stack) });
  exit(1);
}

/** Electron 9 crashes when it exits within a load callback. */
function exit(code) {
  setImmediate(() => app.exit(code));
}
