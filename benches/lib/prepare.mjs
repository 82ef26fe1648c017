import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const { RIVALS } = createRequire(import.meta.url)("../rivals.js");
const APP = fileURLToPath(new URL("../app", import.meta.url));
/** Notes a page's timers and messages; the tests have it too. */
const WATCHED = join(ROOT, "__test__", "e2e", "app", "pages", "watched.js");
const WITH_OWN_PRELOAD = { prokit: "mjs", hand: "js", port: "js", trpc: "js", "typed-ipc": "js" };

/** The app that compares with many windows, bundled. */
export function prepareMany() {
  return inFolder((folder) => [bundleMain(folder, "main.js"), ...withRivals(folder)]);
}

/** The app whose page asks once. */
export function prepareFirst() {
  return inFolder((folder) => [
    bundleMain(folder, join("first", "main.js")),
    ...withRivals(folder),
  ]);
}

function withRivals(folder) {
  const preloads = Object.entries(WITH_OWN_PRELOAD);
  return [
    ...preloads.map(([rival, ext]) =>
      bundlePreload(folder, join("rivals", rival, `preload.${ext}`), rival),
    ),
    ...RIVALS.flatMap((rival) => [
      bundlePage(folder, join("rivals", rival, "page.js"), rival),
      writePage(folder, rival),
    ]),
  ];
}

/** The app that compares with few windows. */
export function prepareFew() {
  return inFolder((folder) => [
    bundleMain(folder, join("few", "main.js")),
    bundlePreload(folder, join("few", "preload.js"), "few"),
    bundlePage(folder, join("few", "page.js"), "few"),
    writePage(folder, "few"),
  ]);
}

/** The app that puts this package under pressure. */
export function preparePressure() {
  return inFolder((folder) => [
    bundleMain(folder, join("pressure", "main.js")),
    bundlePage(folder, join("pressure", "page.js"), "pressure"),
    cp(WATCHED, join(folder, "watched.js")),
    writePage(folder, "pressure", ["watched", "pressure"]),
  ]);
}

/** The app that starts this package and no more. */
export function prepareStart() {
  return inFolder((folder) => [
    bundleMain(folder, join("start", "main.js"), ["with-exports"]),
    writeOther(join(folder, "node_modules", "with-exports")),
  ]);
}

/** The app that measures the parts of that start. */
export function prepareStartParts() {
  return inFolder((folder) => [
    bundleMain(folder, join("start", "parts.js"), ["with-exports"]),
    writeOther(join(folder, "node_modules", "with-exports")),
  ]);
}

/**
 * The app that rests with ten windows, with this package and without it. In this checkout it would find
 * electron-prokit, and its pages would be asked for that.
 */
export function prepareWeight() {
  return inFolder(
    (folder) => [
      bundleMain(folder, join("weight", "main.js")),
      bundlePage(folder, join("weight", "page.js"), "weight", { minify: true, charset: "ascii" }),
      writePage(folder, "weight"),
      writePage(folder, "empty"),
      writeFile(join(folder, "empty.js"), ""),
      writeFile(join(folder, "expose.js"), EXPOSE),
    ],
    tmpdir(),
  );
}

/** The least that a preload does which gives the page something of Electron's. */
const EXPOSE = `const { contextBridge, ipcRenderer } = require("electron");
contextBridge.exposeInMainWorld("ask", { ask: (msg) => ipcRenderer.invoke("ask", msg) });
`;

/** A package that an app has besides. */
async function writeOther(folder) {
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), '{ "exports": "./index.js" }\n');
  await writeFile(join(folder, "index.js"), "");
}

/** Does a piece of work with an app's folder, which is gone afterwards. */
export async function withApp(prepare, work) {
  const app = await prepare();
  try {
    return await work(app.folder);
  } finally {
    await app.remove();
  }
}

/** A folder of an app's own with the package installed in it. */
async function inFolder(fill, store = join(ROOT, "target", "bench")) {
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(join(store, "app-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(ROOT, join(folder, "node_modules", "electron-switchyard"), "junction");
  await writeFile(join(folder, "package.json"), '{ "main": "main.js" }\n');
  await Promise.all(fill(folder));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** electron-prokit's main import would load what its ipc does not need, an addon among it. */
function prokit() {
  const nothing = join(APP, "rivals", "prokit", "nothing.js");
  const unused = ["axios", "electron-updater", "koffi", "lowdb"];
  return {
    // Its CommonJS file calls itself a module.
    mainFields: ["module", "main"],
    alias: Object.fromEntries(unused.map((module) => [module, nothing])),
  };
}

function bundleMain(folder, entry, installed = []) {
  return bundle(folder, entry, "main", {
    ...IN_NODE,
    external: ["electron", "electron-switchyard", ...installed],
    ...prokit(),
  });
}

function bundlePreload(folder, entry, name) {
  return bundle(folder, entry, `preload-${name}`, {
    ...IN_BROWSER,
    format: "cjs",
    nodePaths: [join(folder, "node_modules")],
    external: ["electron", "path"],
    ...prokit(),
  });
}

function bundlePage(folder, entry, name, more = {}) {
  const nodePaths = [join(folder, "node_modules")];
  return bundle(folder, entry, name, { ...IN_BROWSER, format: "iife", nodePaths, ...more });
}

const IN_NODE = { format: "cjs", platform: "node", target: "node12" };
const IN_BROWSER = { platform: "browser", target: "chrome83" };

function bundle(folder, entry, name, options) {
  return build({
    entryPoints: [join(APP, entry)],
    outfile: join(folder, `${name}.js`),
    bundle: true,
    logLevel: "error",
    ...options,
  });
}

function writePage(folder, name, scripts = [name]) {
  const tags = scripts.map((script) => `<script src="${script}.js"></script>\n`);
  const html = `<!doctype html><meta charset="utf-8" />${tags.join("")}`;
  return writeFile(join(folder, `${name}.html`), html);
}
