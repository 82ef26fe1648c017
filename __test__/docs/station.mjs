// Not a test: an app around docs/preload.md's preload.js, in a window with the sandbox or without.
import { join } from "node:path";
import { build } from "esbuild";
import { html } from "./apps.mjs";

const MAIN = (sandbox) => `
const { app } = require("electron");
const { join } = require("path");
const sy = require("electron-switchyard");
sy.initIpc();
sy.onMsgFromRender((event, msg) => msg + " for " + event.windowName);
app.whenReady().then(() => {
  const webPreferences = { preload: join(__dirname, "out", "preload.js"), sandbox: ${sandbox} };
  sy.createWindow("gate", { webPreferences }).loadFile("page.html");
});
`;

/** Calls the preload's function, and the package. */
const PAGE = `
import { sendMsgToMain } from "electron-switchyard";
station.open().then(console.log);
sendMsgToMain("page").then(console.log);
`;

/** All but the preload and what builds it to out/preload.js. */
export const stationFiles = (sandbox) => ({
  "main.js": MAIN(sandbox),
  "page.js": PAGE,
  "page.html": html("out/page.js"),
});

export const STATION_SAYS = ["page: open for gate", "page: page for gate"];

export function bundlePage(app) {
  return build({
    entryPoints: [join(app, "page.js")],
    bundle: true,
    outdir: join(app, "out"),
    format: "esm",
    logLevel: "warning",
  });
}
