// The recipes run in real Electron, and say what they say that they say.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { wantedMajors } from "../../scripts/lib/electron-majors.mjs";
import { appFolder, linkPackage, write } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";
import { html } from "./apps.mjs";
import { textOf } from "./blocks.mjs";
import { buildRecipes, RECIPES, recipeOf } from "./recipes.mjs";

/** A dozen windows, and the second in which the others do not answer the last recipe. */
const PATIENCE_MS = 30_000;

const recipes = RECIPES.map(recipeOf);
/** The one recipe that says something while the app quits. */
const [quitting] = recipes.filter(({ name }) => name === "shutdown");
const lines = recipes.flatMap((recipe) => recipe.lines);

const app = await buildRecipes(recipes);
setMain(app, "recipes-driver.cjs");

function setMain(folder, main) {
  const file = join(folder, "package.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), main }));
}

for (const major of wantedMajors([33, 22])) {
  test(`Electron ${major ?? "installed"}: each recipe says its lines`, async (t) => {
    const runtime = await electronRuntime(major);
    const RECIPE_LINES = String(lines.length - quitting.lines.length);
    const { exit, result, said } = await startApp(runtime, app, { RECIPE_LINES }, PATIENCE_MS);
    assert.deepEqual({ exit, said }, { exit: 0, said: [] });
    for (const { name, lines } of recipes) {
      await t.test(name, () => {
        assert.deepEqual(
          lines.filter((line) => !result.includes(line)),
          [],
        );
      });
    }
    assert.deepEqual(result, [...lines].sort());
  });
}

for (const major of wantedMajors([33])) {
  test(`Electron ${major ?? "installed"}: main is an ES module`, async () => {
    const { files, lines } = recipeOf("esm-main");
    const folder = appFolder("docs-esm-main", files);
    linkPackage(folder);
    write(folder, {
      "module.html": html("out/module.js"),
      "watch.cjs": 'import("./watch.mjs");',
      "watch.mjs": WATCH,
    });
    const entryPoints = [join(folder, "module.js")];
    await build({ entryPoints, bundle: true, format: "esm", outdir: join(folder, "out") });
    setMain(folder, "watch.cjs");
    const ended = await startApp(await electronRuntime(major), folder);
    assert.deepEqual(ended, { exit: 0, result: lines, said: [] });
  });
}

/** Prints the first line of a page. */
const WATCH = `
  import { basename } from "node:path";
  import { app } from "electron";
  app.setPath("userData", import.meta.dirname + "/user-data");
  app.on("web-contents-created", (_created, contents) => {
    contents.on("console-message", (_event, _level, message) => {
      console.log("RESULT " + JSON.stringify([basename(contents.getURL(), ".html") + ": " + message]));
      app.exit(0);
    });
  });
  await import("./main.mjs");
`;

test("the index lists each recipe", () => {
  const listed = [...textOf("docs/recipes/README.md").matchAll(/\]\(([\w-]+)\.md\)/g)];
  const names = listed.map(([, name]) => name).filter((name) => name !== "getting-started");
  assert.deepEqual(names.sort(), [...RECIPES, "hot-reload", "esm-main"].sort());
});
