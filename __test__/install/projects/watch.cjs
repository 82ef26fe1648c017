/**
 * Starts a project's main process and watches its first page from outside, until that says the line
 * WATCH_LINE on its console. What has not come after ten seconds does not come.
 */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { app } = require("electron");

const { WATCH_MAIN, WATCH_LINE, WATCH_DATA } = process.env;
const PATIENCE_MS = 10_000;
const said = [];
let sandbox;

app.setPath("userData", WATCH_DATA);
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
app.on("web-contents-created", (_created, contents) => {
  // Not the developer tools, which some templates open.
  if (contents.getType() !== "window") return;
  contents.on("preload-error", (_event, _path, error) => fail(error));
  contents.on("console-message", (_event, _level, line) => {
    said.push(line);
    sandbox = contents.getLastWebPreferences().sandbox;
    if (line === WATCH_LINE) end();
  });
});
setTimeout(() => fail(`no page said "${WATCH_LINE}" in ${PATIENCE_MS} ms`), PATIENCE_MS);
start().catch(fail);

async function start() {
  const main = join(__dirname, WATCH_MAIN);
  const { type } = JSON.parse(readFileSync(join(__dirname, "package.json"), "utf8"));
  if (type === "module") await import(pathToFileURL(main).href);
  else require(main);
}

function fail(error) {
  end({ failed: error?.stack ?? String(error) });
}

function end(more) {
  console.log(`\nRESULT ${JSON.stringify({ sandbox, said, ...more })}`);
  setImmediate(() => app.exit(0));
}
