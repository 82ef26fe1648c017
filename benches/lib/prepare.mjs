import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const { RIVALS } = createRequire(import.meta.url)("../rivals.js");
const APP = fileURLToPath(new URL("../app", import.meta.url));
const WITH_OWN_PRELOAD = { prokit: "mjs", hand: "js", port: "js" };

/** The app, bundled into a folder of its own with the package installed in it. */
export async function prepareApp() {
  const store = join(ROOT, "target", "bench");
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(join(store, "app-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(ROOT, join(folder, "node_modules", "electron-switchyard"), "junction");
  await writeFile(join(folder, "package.json"), '{ "main": "main.js" }\n');
  const preloads = Object.entries(WITH_OWN_PRELOAD);
  await Promise.all([
    bundleMain(folder),
    ...preloads.map(([rival, ext]) => bundlePreload(folder, rival, ext)),
    ...RIVALS.flatMap((rival) => [bundlePage(folder, rival), writePage(folder, rival)]),
  ]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** electron-prokit's main import would load what its ipc does not need, an addon among it. */
function prokit() {
  const nothing = join(APP, "rivals", "prokit", "nothing.js");
  const unused = ["axios", "electron-updater", "koffi", "lowdb"];
  return {
    // Its CommonJS file calls itself a module.
    mainFields: ["module", "main"],
    alias: Object.fromEntries(unused.map((module) => [module, nothing])),
  };
}

function bundleMain(folder) {
  return build({
    entryPoints: [join(APP, "main.js")],
    outfile: join(folder, "main.js"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node12",
    external: ["electron", "electron-switchyard"],
    logLevel: "error",
    ...prokit(),
  });
}

function bundlePreload(folder, rival, ext) {
  return build({
    entryPoints: [join(APP, "rivals", rival, `preload.${ext}`)],
    outfile: join(folder, `preload-${rival}.js`),
    bundle: true,
    format: "cjs",
    platform: "browser",
    target: "chrome83",
    external: ["electron", "path"],
    logLevel: "error",
    ...prokit(),
  });
}

function bundlePage(folder, rival) {
  return build({
    entryPoints: [join(APP, "rivals", rival, "page.js")],
    outfile: join(folder, `${rival}.js`),
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "chrome83",
    nodePaths: [join(folder, "node_modules")],
    logLevel: "error",
  });
}

function writePage(folder, rival) {
  const html = `<!doctype html><meta charset="utf-8" /><script src="${rival}.js"></script>\n`;
  return writeFile(join(folder, `${rival}.html`), html);
}
