import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { fits } from "../../scripts/lib/electron-version.mjs";

const root = mkdtempSync(join(tmpdir(), "switchyard-electron-"));
after(() => rmSync(root, { recursive: true }));

/** A folder that looks like an unpacked Electron. */
function fakeElectron(name, version) {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "electron"), "");
  writeFileSync(join(folder, "version"), version);
  return folder;
}

/** A Linux machine for which there is no wheel, so that nothing is ever fetched. */
function machine(override, folder = "empty") {
  const env = override ? { ELECTRON_OVERRIDE_DIST_PATH: override } : {};
  return { root: join(root, folder), env, platform: "linux", arch: "riscv64" };
}

test("a version fits by its major number", () => {
  assert.equal(fits("22.3.25", 22), true);
  assert.equal(fits("9.4.1", 9), true);
  assert.equal(fits("22.3.25", 9), false);
  assert.equal(fits("2.0.0", 22), false);
  assert.equal(fits("39.8.10", undefined), true);
});

test("an override of the wanted major is taken", async () => {
  const folder = fakeElectron("override-22", "v22.1.0\n");
  assert.deepEqual(await electronRuntime(22, machine(folder)), {
    executable: join(folder, "electron"),
    version: "22.1.0",
    source: "ELECTRON_OVERRIDE_DIST_PATH",
  });
});

test("an override of any major is taken when none is wanted", async () => {
  const folder = fakeElectron("override-39", "39.8.10");
  assert.equal((await electronRuntime(undefined, machine(folder))).version, "39.8.10");
});

test("an override of the wrong major is passed over", async () => {
  const folder = fakeElectron("wrong", "39.8.10");
  fakeElectron("checkout/node_modules/electron/dist", "22.0.0");
  const runtime = await electronRuntime(22, machine(folder, "checkout"));
  assert.equal(runtime.source, "node_modules/electron");
  assert.equal(runtime.version, "22.0.0");
});

test("on an unknown platform the error says what was tried and what to do", async () => {
  const folder = fakeElectron("wrong", "39.8.10");
  await assert.rejects(electronRuntime(9, machine(folder)), ({ message }) => {
    assert.match(message, /^No Electron 9 was found/);
    assert.match(message, /ELECTRON_OVERRIDE_DIST_PATH: holds Electron 39\.8\.10/);
    assert.match(message, /node_modules\/electron: no .*dist/);
    assert.match(message, /none with Electron 9 for linux-riscv64/);
    assert.match(message, /npm install .*electron@9/);
    assert.match(message, /set ELECTRON_OVERRIDE_DIST_PATH to/);
    return true;
  });
});

test("the default asked for in the error is Electron 22", async () => {
  await assert.rejects(electronRuntime(undefined, machine()), /npm install .*electron@22/);
});
