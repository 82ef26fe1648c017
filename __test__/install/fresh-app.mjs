// Not a test: an app that is not built, but for its page, with the package installed.
import { join } from "node:path";
import { build } from "esbuild";
import { asCommonJs, html, source } from "../package/app-sources.mjs";
import { write } from "../package/consumer.mjs";

/** Notes in the file APP_LOADED, if that is set, what the process has loaded when it ends. */
const START = `
const { APP_MAIN, APP_LOADED } = process.env;
require(APP_MAIN);
if (APP_LOADED) {
  const { readFileSync, writeFileSync } = require("fs");
  process.once("exit", () => writeFileSync(APP_LOADED, readFileSync("/proc/self/maps")));
}
`;

/** An app without the package yet. */
export function freshApp(place, name) {
  const app = place.makeFolder(name);
  const manifest = { name, version: "1.0.0", private: true, main: "start.js" };
  const window = { contextIsolation: true, sandbox: true, nodeIntegration: false };
  write(app, {
    "package.json": JSON.stringify(manifest),
    "window.json": JSON.stringify({ ...window, page: "page.html", userData: `${app}-data` }),
    "page.html": html('<script defer src="page.js"></script>'),
    "src/main.js": source("main.js"),
    "src/page.js": source("page.js"),
  });
  return app;
}

/**
 * Once the package is installed. Its preload is the package's own; its main process is there
 * twice, with the package required and with it bundled inside, and APP_MAIN says which is started.
 */
export async function buildApp(app) {
  write(app, {
    "start.js": START,
    "main-required.js": await asCommonJs("main.js"),
  });
  const bundled = { bundle: true, logLevel: "warning", absWorkingDir: app };
  await build({
    ...bundled,
    entryPoints: [join(app, "src", "main.js")],
    outfile: join(app, "main-bundled.js"),
    platform: "node",
    target: "node12",
    external: ["electron"],
  });
  await build({
    ...bundled,
    entryPoints: [join(app, "src", "page.js")],
    outfile: join(app, "page.js"),
    target: "chrome83",
  });
}

/** What APP_MAIN may be. */
export const MAINS = { required: "./main-required.js", bundled: "./main-bundled.js" };
