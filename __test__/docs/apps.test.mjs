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
import { blocksOf, hasFile, html, says, writeApp } from "./apps.mjs";
import { bundlePage, STATION_SAYS, stationFiles } from "./station.mjs";

/** Runs the one command of a document that begins so, with this checkout's tool. */
async function runCommand(app, document, begin) {
  const lines = blocksOf(document, ({ lang }) => lang === "sh").flatMap(({ text }) =>
    text.split("\n"),
  );
  const [line, ...more] = lines.filter((each) => each.startsWith(`${begin} `));
  assert.deepEqual(more, []);
  const [, tool, ...args] = line.split(/\s+/);
  const script = join(ROOT, "node_modules", tool, "bin", tool);
  await promisify(execFile)(script, args, { cwd: app });
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

test("README's app runs as it is pasted, without a build", async () => {
  const app = writeApp(
    "docs-readme",
    blocksOf("README.md", (each) => hasFile(each, "main.js") || each.lang === "html"),
  );
  await says(app, [
    "main: main got hello from main",
    "work: from main: [object Object]",
    "work: from main: [object Map]",
  ]);
});

test("README's third way for pages runs: electron-prokit's global in a plain script", async () => {
  const app = writeApp(
    "docs-plain",
    blocksOf("README.md", (each) => hasFile(each, "main.js")),
    {
      "main.html": `<script>
        electronProkit.renderMsgToMain("hello").then((answer) => console.log(answer));
        electronProkit.renderMsgToRender("work", "hi");
      </script>`,
      "work.html": `<script>
        electronProkit.onMsgFromMain((_event, msg) => console.log("from main: " + msg.job));
        electronProkit.onRenderMsgToRender((event, msg) => console.log(event.windowName + ": " + msg));
      </script>`,
    },
  );
  await says(app, ["main: main got hello from main", "work: from main: 1", "work: main: hi"]);
});

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
