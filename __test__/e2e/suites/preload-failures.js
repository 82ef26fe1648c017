/** Main says that a preload has failed, whose error Electron writes to the console of the page alone. */
const { writeFileSync } = require("fs");
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");
const { path } = require("../node");

const SANDBOXED = { contextIsolation: true, sandbox: true };
const UNSANDBOXED = { contextIsolation: true, sandbox: false };
const BUNDLE_IT =
  /; bundle it into one CommonJS file, or set webPreferences\.preload to getPreloadPath\(\)/;

/** A preload as an ES module, which no linter is to read as CommonJS. */
function imports() {
  const file = path.join(__dirname, "..", "built", "imports.js");
  writeFileSync(file, 'import { initExposeInMainWorld } from "electron-switchyard/preload";\n');
  return file;
}

const CAUSES = {
  throws: {
    kind: kind(UNSANDBOXED, { preload: source("throws.js") }),
    says: /throws\.js failed: Error: bytecode rejected$/,
  },
  "requires the package in a sandbox": {
    kind: kind(SANDBOXED, { preload: source("unbundled.js") }),
    says: /unbundled\.js failed: Error: module not found: electron-switchyard\/preload; bundle it/,
    remedy: BUNDLE_IT,
  },
  "has an import statement": {
    kind: kind(SANDBOXED, { preload: imports }),
    says: /imports\.js failed: SyntaxError: Cannot use import statement outside a module; bundle it/,
    remedy: BUNDLE_IT,
  },
  "is not there, sandboxed": {
    kind: kind(SANDBOXED, { preload: source("nowhere.js") }),
    says: /nowhere\.js failed: Error: ENOENT: no such file or directory, open '.*nowhere\.js'$/,
  },
  "is not there": {
    kind: kind(UNSANDBOXED, { preload: source("nowhere.js") }),
    says: /nowhere\.js failed: Error: Cannot find module '.*nowhere\.js'$/,
  },
};

const warnings = (t) => t.console.lines.filter((line) => /^electron-switchyard: /.test(line));

/** The warning does not wait for three seconds of silence. */
function lawsOf(what, { kind, says, remedy = says }) {
  const law = async (t) => {
    const page = t.window("failed", kind);
    await page.load();
    await t.sleep(1000);
    const [line] = warnings(t);
    t.assert.match(line, /nothing of window "failed" listens: its preload /);
    t.assert.match(line, says);
    t.assert.match(line, remedy);
    await page.reload();
    await t.sleep(100);
    t.assert.deepEqual(warnings(t), [line]);
  };
  return { [`a preload that ${what}: one warning at once, also when the page reloads`]: law };
}

const OTHERS = {
  "a preload that fails in a window without a name is said of its webContents": async (t) => {
    const page = t.unnamedWindow(CAUSES["throws"].kind);
    await page.load();
    await t.until("it warns", () => warnings(t).length === 1);
    const { id } = page.contents;
    t.assert.match(
      warnings(t)[0],
      new RegExp(
        `a window without a name, webContents ${id} \\(file:.*\\): its preload .*throws\\.js`,
      ),
    );
  },

  "a preload that fails after initExposeInMainWorld is said of a window that listens": async (
    t,
  ) => {
    const page = t.window("late", kind(UNSANDBOXED, { preload: source("throws-late.js") }));
    await page.load();
    await page.hear("main", "onMsgFromMain");
    sy.sendMsgToRender("late", 1);
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
    await t.until("it warns", () => warnings(t).length === 1);
    t.assert.match(
      warnings(t)[0],
      /^electron-switchyard: window "late": its preload .*throws-late\.js failed: Error: after the call$/,
    );
  },

  "an app that removes its listeners of a window is warned all the same": async (t) => {
    const page = t.window("failed", CAUSES["throws"].kind);
    page.contents.removeAllListeners("preload-error");
    await page.load();
    await t.until("it warns", () => warnings(t).length === 1);
  },

  "any number of failures, of any length, are 50 lines of some hundred characters": async (t) => {
    const page = await t.open("window");
    for (let n = 0; n < 200; n++) {
      const file = `/${"p".repeat(1000)}${n}.js`;
      page.contents.emit("preload-error", {}, file, new Error(`${"e".repeat(1000)}\n${n}`));
    }
    t.assert.equal(warnings(t).length <= 50, true);
    for (const line of warnings(t)) t.assert.equal(line.length <= 600, true);
    t.assert.match(warnings(t).pop(), /; further ones are not shown$/);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(CAUSES).map((entry) => lawsOf(...entry)),
  OTHERS,
);
