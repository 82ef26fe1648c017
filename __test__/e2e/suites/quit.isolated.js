/** Apps that end with full queues and open requests. Each is an Electron of its own. */
const { path, spawn } = require("../node");

const WAYS = {
  "app.quit()": "quit",
  "the last window closed": "last-window",
  "all windows destroyed": "destroyed",
  "app.quit() within a handler": "from-handler",
  "app.quit() while a window loads": "while-loading",
};
/** From the call to the end of the process. */
const MOST = 5000;

/** Flags of Chromium that this process was given, which the machine may need. */
const flags = process.argv.slice(1).filter((arg) => /^--(?!suites=)/.test(arg));

function start(way) {
  const app = path.join(__dirname, "..", "quit");
  const child = spawn(process.execPath, [...flags, app, `--way=${way}`]);
  const output = [];
  const said = () =>
    output
      .join("")
      .split("\n")
      .filter((line) => line.startsWith("@@"));
  child.stdout.on("data", (text) => output.push(String(text)));
  child.stderr.on("data", (text) => output.push(String(text)));
  const ended = new Promise((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
  });
  return { child, ended, said, output };
}

function lawOf(way) {
  return async (t) => {
    const { child, ended, said, output } = start(way);
    t.undos.push(() => child.kill("SIGKILL"));
    await t.until(`its queues are full; ${output.join("")}`, () => said().length > 0);
    const from = Date.now();
    const ending = await Promise.race([ended, t.sleep(MOST + 3000)]);
    const took = Date.now() - from;
    t.assert.deepEqual(ending, { code: 0, signal: null }, output.join(""));
    t.assert.ok(took < MOST, `it took ${took} ms`);
    t.assert.equal(said().length, 1, said().join("\n"));
    t.assert.match(said()[0], /^@@full: .*"queued":3[79]\d\d,/);
  };
}

module.exports = Object.assign(
  {},
  ...Object.entries(WAYS).map(([name, way]) => ({
    [`${name} with full queues and open requests ends the app well`]: lawOf(way),
  })),
);
