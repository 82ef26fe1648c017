// docs/recipes/hot-reload.md in a real Vite dev server and real Electron: however often modules are
// replaced, each message arrives once.
import assert from "node:assert/strict";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { createServer } from "vite";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { wantedMajors } from "../../scripts/lib/electron-majors.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { appFolder, copyPackage, write } from "../package/consumer.mjs";
import { startApp } from "../package/electron-app.mjs";
import { blocksOf } from "./apps.mjs";
import { filesOf } from "./blocks.mjs";
import { FRAMEWORKS, frameworkPlugins, pageOf, recipeOf } from "./recipes.mjs";

const DOCUMENT = "docs/recipes/hot-reload.md";
const MODULES = blocksOf(DOCUMENT).flatMap(filesOf);

/** A dozen edits, each with its pause. */
const PATIENCE_MS = 40_000;

const NONE = [];
/** Strays are numbers that came twice or late. */
const NO_STRAY_AND_NONE_MISSING = [NONE, NONE];
const ONCE = ["platform 11", "platform 12", "platform 13"];
const STEPS = {
  edits: {
    messages: NO_STRAY_AND_NONE_MISSING,
    ticker: NO_STRAY_AND_NONE_MISSING,
    news: NONE,
    wrongAnswers: 0,
    documents: 1,
    wereMany: true,
  },
  reload: {
    all: [NO_STRAY_AND_NONE_MISSING, NO_STRAY_AND_NONE_MISSING, NO_STRAY_AND_NONE_MISSING],
    wrong: 0,
    wrongLater: 0,
  },
  services: { takenOver: 103, services: ["board"] },
  components: { react: ONCE, vue: ONCE, svelte: ONCE },
  dropped: 0,
};

const app = appFolder("docs-hot-reload");
let server;

/** The package as it is installed, so that Vite bundles it beforehand as it does for its users. */
function installPackage() {
  const folder = copyPackage(app);
  for (const name of readdirSync(ROOT).filter((each) => each.endsWith(".node"))) {
    cpSync(join(ROOT, name), join(folder, name));
  }
}

/** Undoes what an earlier run edited. */
const writeModules = () => {
  for (const { name, text } of MODULES) write(app, { [name]: text });
  const show = 'export const show = (value: number) => console.log("ticker", value);';
  write(app, { "view.ts": show });
  for (const name of Object.keys(FRAMEWORKS)) {
    const { files } = recipeOf(name);
    write(join(app, name), { ...files, [`${name}.html`]: pageOf(name, name) });
  }
};

before(async () => {
  installPackage();
  writeModules();
  const scripts = ["board.ts", "ticker.ts"].map(
    (src) => `<script type="module" src="/${src}"></script>`,
  );
  write(app, {
    "package.json": JSON.stringify({ name: "hot", version: "1.0.0", main: "hot-driver.cjs" }),
    "board.html": `<!doctype html><title>board</title>${scripts.join("")}`,
  });
  cpSync(new URL("hot-driver.cjs", import.meta.url), join(app, "hot-driver.cjs"));
  const options = {
    platform: "node",
    format: "cjs",
    external: ["electron", "electron-switchyard"],
  };
  const entryPoints = [join(app, "main.ts")];
  await build({ entryPoints, outdir: join(app, "out"), bundle: true, ...options });
  server = await createServer({
    root: app,
    configFile: false,
    logLevel: "error",
    plugins: frameworkPlugins(),
    server: { port: 0, host: "127.0.0.1", fs: { strict: false } },
    optimizeDeps: { include: ["electron-switchyard", "react", "react-dom/client", "vue"] },
  });
  await server.listen();
});

after(() => server?.close());

for (const major of wantedMajors([33, 22])) {
  test(`Electron ${major}: each message arrives once, however often modules are replaced`, async (t) => {
    writeModules();
    const { port } = server.httpServer.address();
    const env = { DEV_SERVER: `http://127.0.0.1:${port}` };
    const { exit, said, result } = await startApp(
      await electronRuntime(major),
      app,
      env,
      PATIENCE_MS,
    );
    assert.deepEqual({ exit, said }, { exit: 0, said: [] });
    for (const [name, wanted] of Object.entries(STEPS)) {
      await t.test(name, () => assert.deepEqual(result[name], wanted));
    }
  });
}
