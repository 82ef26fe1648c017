import assert from "node:assert/strict";
import { test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { wantedMajors } from "../../scripts/lib/electron-majors.mjs";
import { BUILDS } from "./builds.mjs";
import { reportOf, startApp } from "./electron-app.mjs";

for (const { name, majors, build, open = false } of BUILDS) {
  test(`one import serves main, preload and page. ${name}`, async (t) => {
    const app = await build();
    for (const major of wantedMajors(majors)) {
      await t.test(`Electron ${major ?? "installed"}`, async () => {
        const ended = await startApp(await electronRuntime(major), app);
        assert.deepEqual(ended, { exit: 0, result: reportOf({ open }), said: [] });
      });
    }
  });
}
