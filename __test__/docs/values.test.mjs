// Each row of docs/values.md, sent by a page in real Electron: through this package, and through
// raw ipc.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { electronMajors } from "../../scripts/lib/electron-majors.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";
import { html } from "./apps.mjs";
import { tablesOf } from "./tables.mjs";

const PATIENCE_MS = 30_000;

const [ARRIVES, REJECTED] = tablesOf("docs/values.md");
const ROWS = [...ARRIVES, ...REJECTED].map(([name, example, ours, raw, instead]) => ({
  name,
  example: codeIn(example),
  ours,
  raw,
  instead: instead && codeIn(instead),
}));

/** The code of a cell, if there is any. */
function codeIn(cell) {
  return /`([^`]+)`/.exec(cell)?.[1].replaceAll("\\|", "|");
}

/** What a cell says of a version: `the same; in 9: rejected`. */
function cellFor(cell, major) {
  const [usual, ...others] = cell.split(/; in (?=\d)/);
  const other = others.find((each) => each.split(":")[0].split(/\D+/).includes(String(major)));
  return other ? other.slice(other.indexOf(":") + 1).trim() : usual;
}

const SOURCES = [
  'import { reactive, toRaw } from "@vue/reactivity";',
  'import { observable } from "mobx";',
  'import { createDraft, enableMapSet } from "immer";',
  "enableMapSet();",
];

const listOf = (codes) => `[${codes.map((code) => (code ? `() => (${code})` : "undefined"))}]`;

/** The page has the examples, and main what they are there: the code of cells is run in main. */
async function writeApp() {
  const app = appFolder("docs-values");
  linkPackage(app);
  const examples = listOf(ROWS.map(({ example }) => example));
  const instead = ROWS.map(({ instead }) => instead && `async (it) => (${instead})`);
  const results = [
    ...new Set(ROWS.flatMap(({ example, ours, raw }) => wantedCodes(example, ours, raw))),
  ];
  write(app, {
    "package.json": JSON.stringify({ name: "values", version: "1.0.0", main: "values-driver.cjs" }),
    "page.mjs": `${SOURCES.join("\n")}
      import { sendMsgToMain } from "electron-switchyard";
      window.sendMsgToMain = sendMsgToMain;
      window.toRaw = toRaw;
      window.examples = ${examples};
      window.instead = [${instead.map((each) => each ?? "undefined")}];
      window.isReady = true;`,
    "results.mjs": `module.exports = { ${results.map((code) => `${JSON.stringify(code)}: () => (${code})`)} };`,
    "page.html": html("out/page.js"),
    "preload.js": `const { ipcRenderer } = require("electron");
      window.raw = (value) => ipcRenderer.invoke("raw", value);
      require(process.env.SWITCHYARD_PRELOAD);`,
    "rows.json": JSON.stringify(ROWS.map(({ name }) => name)),
  });
  const common = {
    bundle: true,
    outdir: join(app, "out"),
    logLevel: "warning",
    nodePaths: [join(ROOT, "node_modules")],
  };
  const define = { "process.env.NODE_ENV": '"production"' };
  await build({
    ...common,
    entryPoints: [join(app, "page.mjs")],
    format: "esm",
    target: "chrome83",
    define,
  });
  await build({
    ...common,
    entryPoints: [join(app, "results.mjs")],
    format: "cjs",
    target: "node12",
    platform: "node",
  });
  cpSync(join(ROOT, "__test__", "e2e", "app", "pages", "describe.js"), join(app, "describe.js"));
  cpSync(new URL("values-driver.cjs", import.meta.url), join(app, "values-driver.cjs"));
  return app;
}

/** The code whose value is what arrives. */
function wantedCodes(example, ...cells) {
  return cells
    .flatMap((cell) => cell.split(/; in \d[^:]*: /))
    .map((cell) => wantedCode(example, cell))
    .filter(Boolean);
}

function wantedCode(example, cell) {
  return cell === "the same" ? example : codeIn(cell);
}

const app = await writeApp();

for (const major of electronMajors()) {
  test(`Electron ${major ?? "installed"}: each row is what arrives`, async (t) => {
    const runtime = await electronRuntime(major);
    const { exit, result, said } = await startApp(runtime, app, {}, PATIENCE_MS);
    assert.deepEqual({ exit, said }, { exit: 0, said: [] });
    const { results, outcomes } = result;
    for (const [i, { name, example, ours, raw, instead }] of ROWS.entries()) {
      await t.test(name, () => {
        const at = Number.parseInt(runtime.version, 10);
        const wanted = (cell) => {
          const code = wantedCode(example, cellFor(cell, at));
          return code ? results[code] : cellFor(cell, at);
        };
        const { ours: got, raw: gotRaw, instead: gotInstead } = outcomes[i];
        assert.deepEqual({ ours: got, raw: gotRaw }, { ours: wanted(ours), raw: wanted(raw) });
        if (instead) assert.equal(gotInstead, "arrives");
      });
    }
  });
}

test("each row has an example, and each that is rejected a remedy", () => {
  assert.ok(ARRIVES.length > 20 && REJECTED.length > 10);
  for (const { name, example } of ROWS) assert.ok(example, name);
  for (const [name, , , , instead] of REJECTED) assert.ok(instead.length > 5, name);
});
