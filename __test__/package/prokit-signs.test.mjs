// The signs of electron-prokit that need no Electron: its module, and the text of preloads.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const WORD = "EPrenderMsgToMain";
// Outside the checkout, which has electron-prokit.
const folder = mkdtempSync(join(tmpdir(), "prokit-signs-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const BUILT = join(folder, "signs.cjs");
await build({
  stdin: {
    resolveDir: join(ROOT, "js"),
    contents: `
      export { findsProkit } from "./host/installed";
      export { preloadsOf } from "./main/preloads";
      export { MAX_PRELOAD_BYTES, PreloadTexts } from "./main/prokit/preload-texts";`,
  },
  outfile: BUILT,
  bundle: true,
  format: "cjs",
  platform: "node",
  define: { hostRequire: "require" },
  logLevel: "error",
});
const require = createRequire(import.meta.url);
const { findsProkit, MAX_PRELOAD_BYTES, PreloadTexts, preloadsOf } = require(BUILT);

/** Whether an app finds electron-prokit that has a module of this name with these files. */
function finds(name, files) {
  const app = mkdtempSync(join(folder, "app-"));
  for (const [file, text] of Object.entries(files)) {
    const inside = join(app, "node_modules", name);
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, file), text);
  }
  return findsProkit(createRequire(`${app}/`));
}

test("electron-prokit's module is found by its package.json, whatever that exports", () => {
  const manifests = [
    { name: "electron-prokit" },
    { name: "electron-prokit", exports: {} },
    { name: "electron-prokit", exports: { import: "./index.mjs" } },
    { name: "@fork/electron-prokit" },
    {},
  ];
  for (const manifest of manifests) {
    const text = JSON.stringify(manifest);
    assert.equal(finds("electron-prokit", { "package.json": text }), true, text);
  }
});

test("this package under electron-prokit's name is no sign, and no other package is", () => {
  const ours = { "package.json": JSON.stringify({ name: "electron-switchyard" }) };
  assert.equal(finds("electron-prokit", ours), false);
  assert.equal(finds("electron-switchyard", ours), false);
  assert.equal(finds("electron-prokit-db", { "package.json": "{}" }), false);
  assert.equal(finds("electron-prokit", {}), false);
  assert.equal(finds("electron-prokit", { "package.json": "no JSON" }), false);
});

function preload(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test("a preload that names electron-prokit's channel is found among others", () => {
  const files = [
    preload("other.js", "electron-prokit EPrenderMsgToRender"),
    preload("minified.js", `\0\xff(()=>{e.invoke("${WORD}",a)})()`),
  ];
  assert.equal(new PreloadTexts(WORD).isIn(files), true);
  assert.equal(new PreloadTexts(WORD).isIn(files.slice(0, 1)), false);
  assert.equal(new PreloadTexts(WORD).isIn([]), false);
});

test("a preload is read once, and one that could not be read is tried again", () => {
  const texts = new PreloadTexts(WORD);
  const file = preload("changing.js", "nothing");
  assert.equal(texts.isIn([file]), false);
  preload("changing.js", WORD);
  assert.equal(texts.isIn([file]), false);
  const later = join(folder, "later.js");
  assert.equal(texts.isIn([later]), false);
  preload("later.js", WORD);
  assert.equal(texts.isIn([later]), true);
});

test("a preload of MAX_PRELOAD_BYTES is read whole, and a longer one is not", () => {
  assert.equal(MAX_PRELOAD_BYTES, 16 * 1024 * 1024);
  const whole = Buffer.alloc(MAX_PRELOAD_BYTES, " ");
  whole.write(WORD, whole.length - WORD.length);
  assert.equal(new PreloadTexts(WORD).isIn([preload("whole.js", whole)]), true);
  const longer = Buffer.concat([Buffer.from(WORD), Buffer.alloc(MAX_PRELOAD_BYTES)]);
  assert.equal(new PreloadTexts(WORD).isIn([preload("longer.js", longer)]), false);
});

test("what is no file is no sign, and holds nobody up", (t) => {
  for (const path of [folder, join(folder, "nowhere.js"), "", "\0", "relative.js"]) {
    assert.equal(new PreloadTexts(WORD).isIn([path]), false, path);
  }
  if (process.platform === "win32") return t.diagnostic("Windows has no such pipes");
  const pipe = join(folder, "pipe.js");
  spawnSync("mkfifo", [pipe]);
  const code = `process.exit(new (require(${JSON.stringify(BUILT)}).PreloadTexts)("x").isIn([${JSON.stringify(pipe)}]) ? 1 : 0)`;
  const { status } = spawnSync(process.execPath, ["-e", code], { timeout: 10_000 });
  assert.equal(status, 0);
});

test("the preloads of a window are those of its session and its own, in each Electron", () => {
  const contents = {
    "Electron 9": {
      session: { getPreloads: () => ["session.js"] },
      _getPreloadPaths: () => ["session.js", "own.js"],
      getLastWebPreferences: () => ({ preload: "own.js" }),
    },
    "Electron 22 and 33": {
      session: { getPreloads: () => ["session.js"] },
      _getPreloadPaths: () => ["session.js", "own.js"],
      getLastWebPreferences: () => ({}),
    },
    "Electron 35": {
      session: { getPreloadScripts: () => [{ filePath: "session.js" }] },
      _getPreloadScript: () => ({ filePath: "own.js" }),
      getLastWebPreferences: () => null,
    },
  };
  for (const [name, each] of Object.entries(contents)) {
    assert.deepEqual([...new Set(preloadsOf(each))], ["session.js", "own.js"], name);
  }
  const without = { session: { getPreloadScripts: () => [] }, _getPreloadScript: () => null };
  assert.deepEqual(preloadsOf(without), []);
});
