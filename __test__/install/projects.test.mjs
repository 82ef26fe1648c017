// The projects that well-known generators make, changed as docs/preload.md says, built by their own
// commands and started.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { blocksOf, fillApp, says } from "../docs/apps.mjs";
import { bundlePage, STATION_SAYS, stationFiles } from "../docs/station.mjs";
import { write } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";
import { applyDiff, followGuide, GUIDE, SAID } from "./guide.mjs";
import { bareElectron, electronZip } from "./packagers.mjs";
import { linkTools, MAJOR, openTools, Projects, runIn, TEMPLATES } from "./projects.mjs";

const require = createRequire(import.meta.url);
const { addWatch } = require("./projects/add-watch.cjs");

const SANDBOXES = { on: true, off: false };
const BUNDLERS = join(ROOT, "__test__", "install", "bundlers");

const projects = new Projects();
before(() => projects.open());
after(() => projects.close());

for (const [template, details] of Object.entries(TEMPLATES)) {
  for (const [sandbox, isOn] of Object.entries(SANDBOXES)) {
    test(`${template}, sandbox ${sandbox}: changed as the guide says, the project runs`, async () => {
      const name = `${template.toLowerCase().replace(/\W+/g, "-")}-${sandbox}`;
      const project = await projects.generate(details, name);
      followGuide(project, { template, section: details.section, sandbox });
      const build = details.tools === "forge" ? packageIt : buildIt;
      await assertRuns(await build(project, details), project, isOn);
    });
  }
}

async function buildIt(project, { commands }) {
  for (const command of commands) await runIn(project, command);
  return { main: addWatch(project), project };
}

/**
 * Forge builds a project when it packages it. Resolves to the packaged project, with what watches it
 * inside.
 */
async function packageIt(project, { commands }) {
  const electron = bareElectron(projects, await electronRuntime(MAJOR));
  const { main } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  changeConfig(project, await electronZip(electron));
  for (const command of commands) await runIn(project, command);
  const name = basename(project);
  const packaged = join(project, "out", `${name}-${process.platform}-${process.arch}`);
  assertUnpacked(packaged);
  return { main, executable: join(packaged, name) };
}

/** The native file is outside of the archive, as the guide has it. */
function assertUnpacked(packaged) {
  const outside = join(
    packaged,
    "resources",
    "app.asar.unpacked",
    "node_modules",
    "electron-switchyard",
  );
  assert.ok(
    readdirSync(outside).some((name) => name.endsWith(".node")),
    outside,
  );
}

/** Where Electron is, in place of a download; and what watches, after all that Forge copies. */
function changeConfig(project, electronZipDir) {
  const file = join(project, "forge.config.ts");
  const watch = require.resolve("./projects/add-watch.cjs");
  const lines = `
Object.assign(config.packagerConfig, ${JSON.stringify({ electronZipDir, quiet: true })});
config.hooks.packageAfterPrune = async (_config, app) => {
  require(${JSON.stringify(watch)}).addWatch(app);
};
`;
  const [head, end, ...more] = readFileSync(file, "utf8").split("export default config;");
  assert.deepEqual(more, []);
  writeFileSync(file, `${head}${lines}\nexport default config;${end}`);
}

async function assertRuns({ main, executable, project }, folder, sandbox) {
  const [line] = SAID;
  const env = { WATCH_MAIN: main, WATCH_LINE: line, WATCH_DATA: `${folder}-data` };
  const runtime = executable ? { executable } : await electronRuntime(MAJOR);
  const { exit, result, said } = await startApp(runtime, project, env);
  const seen = { exit, failed: result?.failed, sandbox: result?.sandbox };
  assert.deepEqual(seen, { exit: 0, failed: undefined, sandbox }, said.join("\n"));
  assert.ok(result.said.includes(line), result.said.join("\n"));
}

/** An app of a document's blocks, with the packed package and the checkout's esbuild. */
async function plainApp(name, blocks, files = {}) {
  const app = projects.makeFolder(name);
  write(app, { "package.json": JSON.stringify({ name, version: "1.0.0" }), ...files });
  fillApp(app, blocks);
  linkTools(ROOT, app, ["esbuild", "@esbuild", ".bin"]);
  await projects.install(app);
  return app;
}

test("plain html: Getting started's app runs, with the packed package", async () => {
  const document = "docs/getting-started.md";
  const [{ text }] = blocksOf(document, (block) => block.said);
  const isOfApp = ({ lang, said }) => !said && lang !== "sh";
  const app = await plainApp("getting-started", blocksOf(document, isOfApp));
  await runIn(app, ["npm", "run", "build"]);
  await says(app, text.trim().split("\n"));
});

for (const [sandbox, isOn] of Object.entries(SANDBOXES)) {
  test(`plain html, sandbox ${sandbox}: the guide's preload, built by webpack, runs`, async () => {
    await ensureNodeModules(BUNDLERS);
    const webpack = createRequire(join(BUNDLERS, "package.json"))("webpack");
    const isMeant = ({ file, text }) =>
      file === "webpack.preload.js" || text.startsWith("// preload.js");
    const app = await plainApp(`webpack-${sandbox}`, blocksOf(GUIDE, isMeant), stationFiles(isOn));
    const config = require(join(app, "webpack.preload.js"));
    const stats = await promisify(webpack)({ ...config, context: app });
    assert.equal(stats.hasErrors(), false, stats.toString());
    await bundlePage(app);
    await says(app, STATION_SAYS);
  });
}

test("the tools of a template that cannot be installed fail its tests, and say why", async () => {
  const offline = async () => {
    throw new Error("npm install: ended with exit code 1");
  };
  await assert.rejects(
    openTools("forge", offline),
    /the projects of forge were not tried.*npm install: ended with exit code 1.*must work in/,
  );
});

test("a change that does not fit the template's file fails, with the place and the lines", () => {
  const project = projects.makeFolder("unfit");
  write(project, { "main.ts": "one\ntwo\n" });
  const text = "--- a/main.ts\n+++ b/main.ts\n@@\n one\n-three\n";
  assert.throws(
    () => applyDiff(project, { line: 7, text }),
    /docs\/preload\.md:7: main\.ts has these lines 0 times:\none\nthree/,
  );
});
