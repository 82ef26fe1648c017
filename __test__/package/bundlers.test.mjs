import assert from "node:assert/strict";
import { test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { BUILDS } from "./builds.mjs";
import { startApp } from "./electron-app.mjs";

/** `open`: the page has Node and shares the preload's world. */
const report = (open) => ({
  answer: { answer: 42, asker: "left" },
  fromMain: { hello: "left" },
  echo: ["right", "Uint8Array", 1, 2],
  refusal: "ERR_NOT_CLONEABLE",
  nodeInPage: open,
  seesPreload: open,
});

for (const { name, majors, build, open = false } of BUILDS) {
  test(`one import serves main, preload and page. ${name}`, async (t) => {
    const app = await build();
    for (const major of majors) {
      await t.test(`Electron ${major}`, async () => {
        const ended = await startApp(await electronRuntime(major), app);
        assert.deepEqual(ended, { exit: 0, result: report(open), said: [] });
      });
    }
  });
}
