import assert from "node:assert/strict";
import { readdirSync, realpathSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { ADDON } from "../addon/addon.mjs";
import { reportOf, startApp } from "../package/electron-app.mjs";
import { buildApp, freshApp, MAINS } from "./fresh-app.mjs";
import { MANAGERS } from "./managers.mjs";
import { openWorkplace } from "./workplace.mjs";

const FILE = basename(ADDON);
/** Where a binary would be. */
const PLACES = [
  `${join("electron-switchyard", FILE)}: Cannot find module`,
  `the package ${FILE.replace(".", "-").replace(/\.node$/, "")}`,
];

const place = await openWorkplace();
after(() => place.close());

for (const { name, install, withoutPlatform, advice, heal } of MANAGERS) {
  const folder = name.replace(" ", "-");

  test(`installed with ${name}, the package serves an app`, async (t) => {
    const app = freshApp(place, folder);
    await install(place, app);
    await buildApp(app);
    for (const major of [22, 9]) {
      for (const [way, main] of Object.entries(MAINS)) {
        await t.test(`Electron ${major}, ${way}`, async () => {
          const ended = await startApp(await electronRuntime(major), app, { APP_MAIN: main });
          assert.deepEqual(ended, { exit: 0, result: reportOf(), said: [] });
        });
      }
    }
  });

  test(`${name}: with no binary at all an error lists the tries, and its advice helps`, async (t) => {
    const app = freshApp(place, `${folder}-without`);
    await withoutPlatform(place, app);
    await buildApp(app);
    const start = async () =>
      startApp(await electronRuntime(22), app, { APP_MAIN: MAINS.required });

    await t.test("the package's own binary is enough", async () => {
      assert.deepEqual(await start(), { exit: 0, result: reportOf(), said: [] });
    });

    await t.test("without that the error is as documented", async () => {
      removeBinaries(app);
      const { exit, result, said } = await start();
      assert.deepEqual([exit, result], [1, undefined]);
      const error = said.join("\n");
      assert.match(error, /could not be loaded\. These places were tried, in this order:/);
      for (const tried of PLACES) assert.ok(error.includes(tried), `${tried} in ${error}`);
      assert.match(error, advice);
    });

    await t.test("its advice brings the platform's package, which is enough", async () => {
      await heal(place, app);
      removeBinaries(app);
      assert.deepEqual(await start(), { exit: 0, result: reportOf(), said: [] });
    });
  });
}

/** Those in the main package; the platform's package is left alone. */
function removeBinaries(app) {
  const folder = realpathSync(join(app, "node_modules", "electron-switchyard"));
  const names = readdirSync(folder).filter((name) => name.endsWith(".node"));
  for (const name of names) rmSync(join(folder, name));
}
