import assert from "node:assert/strict";
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

  test(`${name}: without the platform package an error lists the tries, and its advice helps`, async () => {
    const app = freshApp(place, `${folder}-without`);
    await withoutPlatform(place, app);
    await buildApp(app);
    const runtime = await electronRuntime(22);
    const ended = await startApp(runtime, app, { APP_MAIN: MAINS.required });
    assert.deepEqual([ended.exit, ended.result], [1, undefined]);
    const error = ended.said.join("\n");
    assert.match(error, /could not be loaded\. Tried, in this order:/);
    for (const tried of PLACES) assert.ok(error.includes(tried), `${tried} in ${error}`);
    assert.match(error, advice);

    await heal(place, app);
    const healed = await startApp(runtime, app, { APP_MAIN: MAINS.required });
    assert.deepEqual(healed, { exit: 0, result: reportOf(), said: [] });
  });
}
