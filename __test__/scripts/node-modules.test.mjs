import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";

const npmBefore = process.env.npm_execpath;
let root;
let electron;

/** A client that writes down what it was asked, and puts another Electron in the place of the one there. */
const CLIENT = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
appendFileSync("asked", process.argv.slice(2).join(" ") + "\\n");
rmSync("node_modules/electron", { recursive: true, force: true });
if (process.env.FAKE_NPM_FAILS) process.exit(3);
mkdirSync("node_modules/electron", { recursive: true });
writeFileSync("node_modules/electron/package.json", '{ "version": "39.8.10" }');
`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "switchyard-modules-"));
  electron = join(root, "node_modules", "electron");
  writeFileSync(join(root, "package-lock.json"), "{}");
  writeFileSync(join(root, "npm-cli.js"), CLIENT);
  process.env.npm_execpath = join(root, "npm-cli.js");
});

afterEach(() => {
  if (npmBefore === undefined) delete process.env.npm_execpath;
  else process.env.npm_execpath = npmBefore;
  delete process.env.FAKE_NPM_FAILS;
  rmSync(root, { recursive: true });
});

/** As somebody does who installs an Electron with its binary. */
function installOwn(folder = electron) {
  mkdirSync(join(folder, "dist"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "version": "22.3.27" }');
  writeFileSync(join(folder, "path.txt"), "electron");
  writeFileSync(join(folder, "dist", "version"), "22.3.27");
}

const version = () => readFileSync(join(electron, "dist", "version"), "utf8");

test("the node modules are installed once for a lock file", async () => {
  await ensureNodeModules(root);
  await ensureNodeModules(root);
  const asked = readFileSync(join(root, "asked"), "utf8");
  assert.equal(asked, "install --no-save --include=dev\n");
  assert.equal(existsSync(join(electron, "dist")), false);
});

test("an Electron that somebody installed stays when npm puts the locked one in its place", async () => {
  installOwn();
  await ensureNodeModules(root);
  assert.equal(version(), "22.3.27");
  assert.equal(readFileSync(join(electron, "path.txt"), "utf8"), "electron");
  assert.equal(existsSync(join(root, ".electron", "installed")), false);
});

test("it stays when npm fails", async () => {
  installOwn();
  process.env.FAKE_NPM_FAILS = "1";
  await assert.rejects(ensureNodeModules(root), /install --no-save .*ended with exit code 3/);
  assert.equal(version(), "22.3.27");
});

test("it comes back when a run was killed meanwhile", async () => {
  installOwn(join(root, ".electron", "installed"));
  await ensureNodeModules(root);
  assert.equal(version(), "22.3.27");
});
