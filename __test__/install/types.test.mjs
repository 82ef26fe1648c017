// The packed types against those of the oldest and the newest Electron, by three TypeScripts, with
// every declaration checked.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { complaints, typedApp } from "../package/compile.mjs";
import { MISTAKES, surprises } from "../package/mistakes.mjs";
import { packAll, unpackAll } from "./unpacked.mjs";

const TOOLS = fileURLToPath(new URL("types", import.meta.url));
const tool = (...path) => join(TOOLS, "node_modules", ...path);

const ESM = { module: "ESNext", skipLibCheck: false };
const RESOLUTIONS = {
  node: { ...ESM, moduleResolution: "node" },
  node16: { ...ESM, module: "Node16", moduleResolution: "Node16" },
  nodenext: { ...ESM, module: "NodeNext", moduleResolution: "NodeNext" },
  bundler: { ...ESM, moduleResolution: "Bundler" },
};

/** TypeScript 4 knows no `bundler`, TypeScript 7 no `node` any more. */
const RUNS = [
  { electron: "electron-22", typescript: "typescript-4", resolutions: ["node", "node16"] },
  {
    electron: "electron-22",
    typescript: "typescript",
    resolutions: ["node", "nodenext", "bundler"],
  },
  { electron: "electron-newest", typescript: "typescript", resolutions: Object.keys(RESOLUTIONS) },
  {
    electron: "electron-newest",
    typescript: "typescript-newest",
    resolutions: ["nodenext", "bundler"],
  },
];

await ensureNodeModules(TOOLS);
const tarballs = await packAll("types");

const versionOf = (name) => JSON.parse(readFileSync(tool(name, "package.json"), "utf8")).version;

/** An app with the package and that Electron, types only, which brings its own Node's types. */
async function appOf(electron, ...of) {
  const app = typedApp(...of);
  await unpackAll(app, tarballs);
  const folder = tool(electron);
  const node = createRequire(join(folder, "package.json")).resolve("@types/node/package.json");
  mkdirSync(join(app, "node_modules", "@types"));
  symlinkSync(folder, join(app, "node_modules", "electron"), "junction");
  symlinkSync(dirname(node), join(app, "node_modules", "@types", "node"), "junction");
  return app;
}

for (const { electron, typescript, resolutions } of RUNS) {
  const title = `TypeScript ${versionOf(typescript)} with Electron ${versionOf(electron)}`;
  for (const resolution of resolutions) {
    test(`${title}, moduleResolution ${resolution}: each mistake has a line that says it`, async () => {
      const name = `${typescript}-${electron}-${resolution}-${MISTAKES}`;
      const app = await appOf(electron, name, MISTAKES, RESOLUTIONS[resolution]);
      assert.deepEqual(surprises(await complaints(tool(typescript), app)), []);
    });
    for (const fixtures of ["types", "types-contract"]) {
      test(`${title}, moduleResolution ${resolution}: ${fixtures} compile`, async () => {
        const name = `${typescript}-${electron}-${resolution}-${fixtures}`;
        const app = await appOf(electron, name, fixtures, RESOLUTIONS[resolution]);
        assert.equal(await complaints(tool(typescript), app), "");
      });
    }
  }
}

/** Each is an app with a contract of its own: public-types.test.mjs looks into them. */
const CONTRACTS = join(ROOT, "__test__", "package", "types-any");

for (const { electron, typescript, resolutions } of [RUNS[0], RUNS.at(-1)]) {
  for (const file of readdirSync(CONTRACTS)) {
    test(`TypeScript ${versionOf(typescript)}: ${file} compiles`, async () => {
      const sources = { [`src/${file}`]: readFileSync(join(CONTRACTS, file), "utf8") };
      const options = { ...RESOLUTIONS[resolutions.at(-1)], skipLibCheck: true };
      const app = await appOf(electron, `${typescript}-${file}`, sources, options);
      assert.equal(await complaints(tool(typescript), app), "");
    });
  }
}
