// electron-switchyard/testing in vitest and jest, from the packed package, as docs/testing.md has it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { blocksOf, filesOf } from "../docs/blocks.mjs";
import { appFolder, write } from "../package/consumer.mjs";
import { packAll, unpackAll } from "./unpacked.mjs";

const RUNNERS = fileURLToPath(new URL("runners", import.meta.url));
await ensureNodeModules(RUNNERS);
const tarballs = await packAll("runners");

/** Timers that are faked, and main's calls beside a page's. `jest` and `vi` have the same names. */
const FAKED = `
import { onMsgFromRender } from "electron-switchyard/main";
import { sendMsgToMain } from "electron-switchyard/renderer";
import { testApp } from "electron-switchyard/testing";
import { expect, test, vi } from "vitest";

test("messages arrive, and time limits go by the faked clock", async () => {
  vi.useFakeTimers();
  const app = testApp({ windows: ["work"] });
  const undos = [app.main.install(), app.window("work").install()];
  onMsgFromRender((_event, msg) => (msg === "slow" ? new Promise(() => {}) : "at once"));
  expect(await sendMsgToMain("quick")).toBe("at once");
  const codes = [];
  sendMsgToMain("slow", { timeoutMs: 60000 }).catch(({ code }) => codes.push(code));
  app.main.callRender("work", "anyone?").catch(({ code }) => codes.push(code));
  await app.settle();
  vi.advanceTimersByTime(5000);
  await app.settle();
  expect(codes).toEqual(["ERR_NO_HANDLER"]);
  vi.runAllTimers();
  await app.settle();
  expect(codes).toEqual(["ERR_NO_HANDLER", "ERR_TIMEOUT"]);
  for (const undo of undos) undo();
  app.dispose();
  vi.useRealTimers();
});
`;

/** The tests of the document that are of vitest, and ours. */
function tests() {
  const ofVitest = ({ text }) => text.includes('from "vitest"');
  const blocks = blocksOf("docs/testing.md").filter(ofVitest);
  assert.ok(blocks.length > 0);
  return [...blocks.flatMap(filesOf), { name: "faked.test.ts", text: FAKED }];
}

/** An app with the package, the runners and the tests in it. */
async function newApp(name, type, textOf) {
  const app = appFolder(name, { "package.json": JSON.stringify({ name, type }) });
  for (const each of readdirSync(join(RUNNERS, "node_modules"))) {
    symlinkSync(join(RUNNERS, "node_modules", each), join(app, "node_modules", each), "junction");
  }
  for (const each of tests()) write(app, await textOf(each));
  await unpackAll(app, tarballs);
  return app;
}

/** vitest reads TypeScript, and a comment in which environment a test runs. */
const asItIs = ({ name, text }) => ({ [`src/${name}`]: text });

/** jest reads neither without more tools. */
async function asCommonJs({ name, text }) {
  const { code } = await transform(text, { loader: "ts", format: "cjs" });
  return { [`src/${name.replace(/ts$/, "js")}`]: code };
}

/** What a runner says, with an exit code of 0. Where CI is set, it would say it in colours. */
function run(app, script, args) {
  const { NODE_TEST_CONTEXT: _context, CI: _ci, FORCE_COLOR: _color, ...others } = process.env;
  const env = { ...others, NO_COLOR: "1" };
  const command = [join(app, "node_modules", ...script.split("/")), ...args];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, { cwd: app, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${stdout}\n${stderr}`.slice(0, 5000)));
      else resolve(stdout + stderr);
    });
  });
}

test("vitest", async (t) => {
  const app = await newApp("runners-vitest", "module", asItIs);
  const config = (test) =>
    `export default { resolve: ${JSON.stringify({ conditions: ["browser"] })}, test: ${JSON.stringify(test)} };`;
  write(app, {
    "outside.mjs": config({ pool: "forks" }),
    // Vite then takes the package's files for browsers.
    "inside.mjs": config({ server: { deps: { inline: ["electron-switchyard"] } } }),
    "threads.mjs": config({ pool: "threads" }),
  });
  for (const setup of ["outside", "inside", "threads"]) {
    await t.test(`the package is taken by ${setup}.mjs`, async () => {
      const said = await run(app, "vitest/vitest.mjs", ["run", "--config", `${setup}.mjs`]);
      assert.match(said, /Tests {2}2 passed \(2\)/);
    });
  }
  await t.test("happy-dom", async () => {
    const args = [
      "run",
      "--config",
      "outside.mjs",
      "--environment",
      "happy-dom",
      "src/faked.test.ts",
    ];
    assert.match(await run(app, "vitest/vitest.mjs", args), /Tests {2}1 passed \(1\)/);
  });
});

test("jest", async (t) => {
  const app = await newApp("runners-jest", "commonjs", asCommonJs);
  write(app, {
    "of-jest.js": "module.exports = { afterEach, beforeEach, expect, test, vi: jest };",
    "jest.config.js": `module.exports = {
      transform: {},
      moduleNameMapper: { "^vitest$": "<rootDir>/of-jest.js" },
    };`,
  });
  await t.test("jsdom", async () => {
    const said = await run(app, "jest/bin/jest.js", ["--env", "jsdom"]);
    assert.match(said, /Tests: +2 passed, 2 total/);
  });
  await t.test("without a DOM", async () => {
    const said = await run(app, "jest/bin/jest.js", ["--env", "node", "faked"]);
    assert.match(said, /Tests: +1 passed, 1 total/);
  });
});
