// Apps built with each bundler: from the root import and from the subpaths, with the package inside
// the main process's file and outside, its pages built for browsers and not.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { reportOf, startApp } from "../package/electron-app.mjs";
import { IMPORTS, newApp, STARTS } from "./bundlers/app.mjs";
import { packAll } from "./unpacked.mjs";

await ensureNodeModules(fileURLToPath(new URL("bundlers", import.meta.url)));
const { buildWithElectronVite } = await import("./bundlers/electron-vite.mjs");
const { buildWithEsbuild } = await import("./bundlers/esbuild.mjs");
const { buildWithRollup } = await import("./bundlers/rollup.mjs");
const { buildWithVite } = await import("./bundlers/vite.mjs");
const { buildWithWebpack } = await import("./bundlers/webpack.mjs");

const BUNDLERS = {
  Vite: buildWithVite,
  "electron-vite": buildWithElectronVite,
  "webpack and ts-loader": buildWithWebpack,
  esbuild: buildWithEsbuild,
  rollup: buildWithRollup,
};

/** Only in the router's own end, whatever a bundler does to names. */
const HAS_MAIN = /NAPI_RS_NATIVE_LIBRARY_PATH/;
/** A member whose name builds for browsers shorten. */
const UNSHORTENED = /\b_takeRecord\b/;

const tarballs = await packAll("bundlers");

/** Vite builds main for browsers, and there the root import leaves main's calls outside. */
const bundlesMain = (bundler, imports) => bundler !== "Vite" || imports !== "root";

/** All code of a page. */
function scripts(app, page) {
  const folder = join(app, "out", page);
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".js"));
  return files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}

for (const [bundler, build] of Object.entries(BUNDLERS)) {
  for (const [imports, placesOf] of Object.entries(IMPORTS)) {
    test(`built with ${bundler}, imports: ${imports}`, async (t) => {
      const app = await newApp(`${bundler.split(" ")[0]}-${imports}`, placesOf, tarballs);
      await build(app);

      await t.test("the files have inside what they should", () => {
        const has = (file, what) => what.test(readFileSync(join(app, file), "utf8"));
        assert.equal(has("out/main/inside.js", HAS_MAIN), bundlesMain(bundler, imports));
        assert.equal(has("out/main/outside.js", HAS_MAIN), false);
        assert.equal(has("out/main/outside.js", /require\(["']electron-switchyard/), true);
        assert.equal(has("out/preload/preload.js", /require\(["']electron-sw/), false);
        const rootImport = imports !== "subpaths";
        assert.equal(UNSHORTENED.test(scripts(app, "page-browser")), false);
        assert.equal(UNSHORTENED.test(scripts(app, "page-plain")), rootImport);
      });

      for (const [start, env] of Object.entries(STARTS)) {
        for (const major of [22, 9]) {
          await t.test(`${start}, Electron ${major}`, async () => {
            const ended = await startApp(await electronRuntime(major), app, env);
            assert.deepEqual(ended, { exit: 0, result: reportOf(), said: [] });
          });
        }
      }
    });
  }
}
