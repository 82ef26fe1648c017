import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { ADDON } from "../addon/addon.mjs";
import { reportOf, startApp } from "../package/electron-app.mjs";
import { forgeApp, packageWithForge } from "./forge.mjs";
import { buildApp, freshApp, MAINS } from "./fresh-app.mjs";
import { installHoisted, MANAGERS } from "./managers.mjs";
import { bareElectron, PACKAGERS } from "./packagers.mjs";
import { requireTool } from "./tools.mjs";
import { openWorkplace } from "./workplace.mjs";

const place = await openWorkplace();
after(() => place.close());

const installed = (name) => MANAGERS.find((manager) => manager.name === name).install;
const INSTALLS = {
  npm: installed("npm"),
  pnpm: installed("pnpm"),
  "pnpm, hoisted": installHoisted,
};

const apps = {};
for (const [layout, install] of Object.entries(INSTALLS)) {
  apps[layout] = freshApp(place, `by-${layout.replace(", ", "-")}`);
  await install(place, apps[layout]);
  await buildApp(apps[layout]);
}

/** The native files in a packaged app's archive, and whether each is outside of it. */
function nativeFiles(executable) {
  const { listPackage, statFile, uncache } = requireTool("@electron/asar");
  const archive = join(dirname(executable), "resources", "app.asar");
  uncache(archive);
  const files = listPackage(archive).filter((file) => file.endsWith(".node"));
  return files.map((file) => {
    const unpacked = Boolean(statFile(archive, file.slice(1), false).unpacked);
    assert.equal(existsSync(join(`${archive}.unpacked`, file)), unpacked);
    return { file, inside: !unpacked };
  });
}

const NATIVE = statSync(ADDON).size;
const COPIED = "inside the archive, the native file is copied at each start, and the copy stays";
const IN_PLACE = "unpacked, the native file is loaded from where it lies, and nothing is copied";

/** Starts an app; gives the native files that it had loaded, and the copies that it left. */
async function startNoting(executable, main) {
  const temporary = mkdtempSync(join(place.folder, "tmp-"));
  const maps = join(temporary, "maps.txt");
  const env = { APP_MAIN: main, APP_LOADED: maps, TMPDIR: temporary };
  const ended = await startApp({ executable }, undefined, env);
  assert.deepEqual(ended, { exit: 0, result: reportOf(), said: [] });
  // Electron gives a copy a name of Chromium's.
  const copies = readdirSync(temporary).filter((file) => sizeOf(join(temporary, file)) === NATIVE);
  const files = readFileSync(maps, "utf8").match(/ \/.*$/gm) ?? [];
  const isNative = (file) => file.endsWith(".node") || copies.includes(basename(file));
  const loaded = new Set(files.map((file) => file.trim()).filter(isNative));
  return { loaded: [...loaded], copies: copies.length, temporary };
}

const sizeOf = (file) => statSync(file).size;

for (const { name, pack, inside, layouts } of PACKAGERS) {
  for (const layout of layouts) {
    test(`installed with ${layout}, packaged with ${name}, the app starts`, async (t) => {
      const electron = bareElectron(place, await electronRuntime(22));
      const executable = await pack(place, apps[layout], electron);
      const natives = nativeFiles(executable);
      assert.ok(natives.length > 0);
      for (const native of natives) assert.equal(native.inside, inside, native.file);
      for (const [way, main] of Object.entries(MAINS)) {
        await t.test(`${way}; ${inside ? COPIED : IN_PLACE}`, async () => {
          const { loaded, copies, temporary } = await startNoting(executable, main);
          assert.equal(loaded.length, 1, loaded.join());
          const unpacked = join(dirname(executable), "resources", "app.asar.unpacked");
          assert.ok(loaded[0].startsWith(inside ? temporary : unpacked), loaded[0]);
          assert.equal(copies, inside ? 1 : 0, "copies that are left in the temporary folder");
        });
      }
    });
  }
}

test("packed into an archive, the app starts in Electron 9", async () => {
  const [{ pack }] = PACKAGERS;
  const electron = bareElectron(place, await electronRuntime(9));
  const executable = await pack(place, apps.npm, electron);
  const ended = await startApp({ executable }, undefined, { APP_MAIN: MAINS.required });
  assert.deepEqual(ended, { exit: 0, result: reportOf(), said: [] });
});

for (const inside of [false, true]) {
  const where = inside ? "inside its bundle" : "outside of its bundle";

  test(`built and packaged by Electron Forge with Vite, the package ${where}, the app starts`, async () => {
    const electron = bareElectron(place, await electronRuntime(22));
    const app = freshApp(place, `forge-${inside ? "inside" : "outside"}`);
    await INSTALLS.npm(place, app);
    await forgeApp(app, electron, { inside });
    const executable = await packageWithForge(place, app);
    const natives = nativeFiles(executable);
    assert.ok(natives.length > 0);
    for (const native of natives) assert.equal(native.inside, false, native.file);
    const ended = await startApp({ executable });
    assert.deepEqual(ended, { exit: 0, result: reportOf(), said: [] });
  });
}
