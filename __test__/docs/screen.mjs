// Not a test: what Electron and bundlers print about the usual mistakes.
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { appFolder, copyPackage } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";

const PAGE = `import { sendMsgToMain } from "electron-switchyard/renderer";\nsendMsgToMain(1);\n`;
const USES_FS = `import { readFileSync } from "fs";\nconsole.log(readFileSync("a"));\n`;
const USES_PATH = `import { join } from "path";\nconsole.log(join("a"));\n`;
const AWAITS = "await globalThis.ready;\nexport {};\n";

const FILES = {
  "page.js": PAGE,
  "uses-fs.js": USES_FS,
  "uses-path.js": USES_PATH,
  "awaits.js": AWAITS,
  "native.js": `import native from "./native.node";\nconsole.log(native);\n`,
  "native.node": "",
  "main-call.js": `import { initIpc } from "electron-switchyard/renderer";\ninitIpc();\n`,
  "no-subpath.js": `import { sendMsgToMain } from "electron-switchyard/page";\nsendMsgToMain(1);\n`,
};

/** Mistakes in an app that has the package. */
const INSTALLED = ["main-call.js", "no-subpath.js"];

/** The default of Vite 5. */
const TARGET_OF_VITE_5 = ["es2020", "edge88", "firefox78", "chrome87", "safari14"];

const ESBUILD = [
  ["uses-fs.js"],
  ["uses-path.js"],
  ["page.js"],
  ["awaits.js", { format: "esm", target: "chrome83" }],
  ["awaits.js", { format: "cjs" }],
  ["awaits.js", { format: "iife" }],
  ["native.js"],
];

const VITE = [
  ["uses-fs.js"],
  ["page.js"],
  ["awaits.js", { target: TARGET_OF_VITE_5 }],
  ["awaits.js", { lib: { entry: "awaits.js", formats: ["cjs"], name: "app" } }],
];

/** What each bundler prints of each mistake. */
export async function bundlersSay() {
  const app = appFolder("docs-screen-bundlers", FILES);
  const said = [];
  for (const [file, options] of ESBUILD) said.push(await esbuildSays(join(app, file), options));
  for (const [file, build] of VITE) said.push(await viteSays(app, join(app, file), build));
  const installed = appFolder("docs-screen-installed", FILES);
  copyPackage(installed);
  for (const file of INSTALLED) {
    said.push(await esbuildSays(join(installed, file)));
    said.push(await viteSays(installed, join(installed, file)));
  }
  return said;
}

async function esbuildSays(file, options) {
  const made = { entryPoints: [file], bundle: true, write: false, logLevel: "silent", ...options };
  try {
    await esbuild(made);
  } catch (error) {
    return error.errors.map(({ text }) => text).join("\n");
  }
  throw new Error(`esbuild says nothing of ${file}`);
}

async function viteSays(root, input, build) {
  const lines = [];
  const say = (line) => lines.push(line);
  const customLogger = { info() {}, warn: say, warnOnce: say, error: say, clearScreen() {} };
  Object.assign(customLogger, { hasErrorLogged: () => false, hasWarned: false });
  const rollupOptions = { input };
  try {
    const options = { write: false, rollupOptions, ...build };
    await vite({ root, configFile: false, customLogger, build: options });
  } catch (error) {
    return [...lines, error.message].join("\n");
  }
  throw new Error(`Vite says nothing of ${input}`);
}

const ES_MODULE = `import { initExposeInMainWorld } from "electron-switchyard/preload";\n`;
const COMMONJS = `require("electron-switchyard/preload");\n`;

/** Electron's own ipc, in a preload. */
const IPC = `
const { ipcRenderer } = require("electron");
try {
  ipcRenderer.send("save", new Proxy({}, {}));
} catch (error) {
  console.log(String(error));
}
ipcRenderer.invoke("save");
`;

/** Pages cannot read properties of a global that is not there. */
const BROKEN_PAGE = `<!doctype html><meta charset="utf-8"><title>page</title>
<script type="module">${PAGE}</script>
<script>${PAGE}</script>
<script>require("electron-switchyard");</script>
<script>electronProkit.renderMsgToMain(1);</script>
<script>window.electronProkit.renderMsgToMain(1);</script>
`;

const MAIN = `
const { app, BrowserWindow } = require("electron");
const path = require("path");
const said = [];
const say = (error) => said.push(String(error));
const attempt = (call) => {
  try {
    call();
  } catch (error) {
    say(error);
  }
};
app.setPath("userData", path.join(__dirname, "user-data"));
app.on("web-contents-created", (_created, contents) => {
  contents.on("console-message", (_event, _level, line) => say(line));
});
const open = async (preload, sandbox = true, page = "empty.html") => {
  const own = preload && (preload.startsWith("./") ? preload : path.join(__dirname, preload));
  const webPreferences = { preload: own, sandbox, contextIsolation: true, nodeIntegration: false };
  const window = new BrowserWindow({ show: false, webPreferences });
  await window.loadFile(page);
  return window;
};
app.whenReady().then(async () => {
  for (const sandbox of [true, false]) {
    for (const file of ["commonjs.js", "commonjs.mjs", "module.js", "module.mjs", "exports.js", "nowhere.js"]) await open(file, sandbox);
  }
  await open("./relative.js");
  await open(undefined, true, "broken.html");
  const window = await open("ipc.js");
  attempt(() => window.webContents.send("save", () => 0));
  window.destroy();
  attempt(() => window.webContents.send("save"));
  attempt(() => require("electron-switchyard"));
  setTimeout(() => {
    console.log("RESULT " + JSON.stringify(said));
    app.exit(0);
  }, 300);
});
`;

/** What an Electron prints on the consoles of pages, and in the terminal. */
export async function electronSays(major) {
  const app = appFolder(`docs-screen-${major}`, {
    "package.json": JSON.stringify({ name: "screen", version: "1.0.0", main: "main.js" }),
    "main.js": MAIN,
    "commonjs.js": COMMONJS,
    "commonjs.mjs": COMMONJS,
    "module.js": ES_MODULE,
    "module.mjs": ES_MODULE,
    "exports.js": "export const name = 1;\n",
    "ipc.js": IPC,
    "empty.html": "<!doctype html>",
    "broken.html": BROKEN_PAGE,
  });
  const { exit, result, said } = await startApp(await electronRuntime(major), app);
  if (exit !== 0) throw new Error(`Electron ${major} ended with ${exit}: ${said.join("\n")}`);
  const consoles = result.filter((line) => !/Security Warning/.test(line));
  return { consoles, terminal: said };
}
