import assert from "node:assert/strict";
import { after, test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { reportOf, startApp } from "../package/electron-app.mjs";
import { buildApp, freshApp } from "./fresh-app.mjs";
import { openWorkplace } from "./workplace.mjs";

const place = await openWorkplace();
after(() => place.close());

test("installed with npm, the package serves an app", async (t) => {
  const app = freshApp(place, "npm");
  await place.npm(["install", "electron-switchyard"], app);
  await buildApp(app);
  for (const major of [22, 9]) {
    await t.test(`Electron ${major}`, async () => {
      const ended = await startApp(await electronRuntime(major), app);
      assert.deepEqual(ended, { exit: 0, result: reportOf(), said: [] });
    });
  }
});
