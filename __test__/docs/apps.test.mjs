// The documents' apps are built as the documents say, started in real Electron, and say what the
// documents say they do.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";
import { blocksOf, hasFile, html, readmeApp, says, writeApp } from "./apps.mjs";
import { bundlePage, STATION_SAYS, stationFiles } from "./station.mjs";

/** Runs a command line of a document with this checkout's tool. */
async function runLine(app, line) {
  const [, tool, ...args] = line.split(/\s+/);
  const script = join(ROOT, "node_modules", tool, "bin", tool);
  await promisify(execFile)(script, args, { cwd: app });
}

/** Runs the one command of a document that begins so. */
async function runCommand(app, document, begin) {
  const lines = blocksOf(document, ({ lang }) => lang === "sh").flatMap(({ text }) =>
    text.split("\n"),
  );
  const [line, ...more] = lines.filter((each) => each.startsWith(`${begin} `));
  assert.deepEqual(more, []);
  await runLine(app, line);
}

function bundle(app, names, options) {
  return build({
    entryPoints: names.map((name) => join(app, name)),
    bundle: true,
    outdir: join(app, "out"),
    format: "esm",
    logLevel: "warning",
    ...options,
  });
}

const readme = readmeApp();

for (const { way, page, lines } of readme.ways) {
  test(`README's app runs as it is pasted, ${way}`, async () => {
    const files = { ...readme.files, "page.html": page };
    const app = writeApp(`docs-readme-${way.replaceAll(" ", "-")}`, [], files);
    if (way === "bundled") await runLine(app, readme.command);
    await says(
      app,
      lines.map((line) => `page: ${line}`),
    );
  });
}

test("Getting started's app is built by its own script, and says what the document says", async () => {
  const document = "docs/getting-started.md";
  const [{ text }] = blocksOf(document, (block) => block.said);
  const app = writeApp(
    "docs-getting-started",
    blocksOf(document, ({ lang, said }) => !said && lang !== "sh"),
  );
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await promisify(execFile)(npm, ["run", "build"], { cwd: app, shell: npm.endsWith(".cmd") });
  await says(app, text.trim().split("\n"));
});

for (const sandbox of [true, false]) {
  test(`the preload of the guide runs, built by its esbuild command, sandbox: ${sandbox}`, async () => {
    const document = "docs/preload.md";
    const preload = blocksOf(document, (block) => hasFile(block, "preload.js"));
    const app = writeApp(`docs-preload-${sandbox}`, preload, stationFiles(sandbox));
    await bundlePage(app);
    await runCommand(app, document, "npx esbuild");
    assert.ok(statSync(join(app, "out", "preload.js")).size < 60_000);
    await says(app, STATION_SAYS);
  });
}

test("Migrating's app has electron-prokit's database in a page beside our calls", async () => {
  const document = "docs/migrating.md";
  const files = ["main.js", "preload.js", "page.js"];
  const wanted = (block) => files.some((name) => hasFile(block, name));
  const app = writeApp("docs-database", blocksOf(document, wanted), {
    "page.html": html("out/page.js"),
  });
  // Its page and preload carry what electron-prokit uses in the main process only.
  const external = ["electron", "koffi", "electron-updater", ...builtinModules];
  await bundle(app, ["page.js"], { external: [...external, "lowdb"] });
  const mainFields = ["module", "main"];
  await bundle(app, ["main.js"], { format: "cjs", platform: "node", external, mainFields });
  await runCommand(app, document, "npx esbuild");
  await says(app, ["page: 7, main got hello"], { main: "out/main.js" });
});
