import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ensureNodeModules, ownElectron } from "../../scripts/lib/node-modules.mjs";

const LOCKED = "39.8.10";
const npmBefore = process.env.npm_execpath;
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "switchyard-modules-"));
  const packages = { "node_modules/electron": { version: LOCKED } };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
  // A client that writes down what it was asked.
  const client = `require("node:fs").appendFileSync("asked", process.argv.slice(2).join(" ") + "\\n")`;
  writeFileSync(join(root, "npm-cli.js"), client);
  process.env.npm_execpath = join(root, "npm-cli.js");
});

afterEach(() => {
  if (npmBefore === undefined) delete process.env.npm_execpath;
  else process.env.npm_execpath = npmBefore;
  rmSync(root, { recursive: true });
});

function install(version) {
  const folder = join(root, "node_modules", "electron");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "electron", version }));
}

function asked() {
  return readFileSync(join(root, "asked"), "utf8").trim().split("\n");
}

test("npm is asked for nothing beyond the lock file where no Electron, or the locked one, is there", () => {
  assert.deepEqual(ownElectron(root), []);
  install(LOCKED);
  assert.deepEqual(ownElectron(root), []);
});

test("an Electron that somebody installed stays when the node modules are installed", async () => {
  install("22.3.27");
  await ensureNodeModules(root);
  assert.deepEqual(asked(), ["install --no-save --include=dev electron@22.3.27"]);
});

test("the node modules are installed once for a lock file", async () => {
  mkdirSync(join(root, "node_modules"));
  await ensureNodeModules(root);
  await ensureNodeModules(root);
  assert.deepEqual(asked(), ["install --no-save --include=dev"]);
});
