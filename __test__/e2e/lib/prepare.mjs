import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ROOT } from "../../../scripts/lib/root.mjs";

const HERE = fileURLToPath(new URL("..", import.meta.url));

/** A copy of the app with the package installed in it and its pages and preloads bundled. */
export async function prepareApp() {
  const store = join(ROOT, "target", "e2e");
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(join(store, "app-"));
  await cp(join(HERE, "app"), folder, { recursive: true });
  await cp(join(HERE, "suites"), join(folder, "suites"), { recursive: true });
  await cp(join(HERE, "..", "pair", "forged.json"), join(folder, "forged.json"));
  await mkdir(join(folder, "node_modules"));
  await symlink(ROOT, join(folder, "node_modules", "electron-switchyard"), "junction");
  await Promise.all([...bundlePages(folder), ...bundlePreloads(folder), ...bundleProkit(folder)]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** The pages' scripts, as a browser bundler makes them. */
function bundlePages(folder) {
  const scripts = { sy: "sy-entry.mjs", renderer: "renderer-entry.mjs" };
  return Object.entries(scripts).map(([name, entry]) =>
    build({
      entryPoints: [join(folder, "pages", entry)],
      outfile: join(folder, "pages", `${name}.js`),
      bundle: true,
      format: "iife",
      platform: "browser",
      target: "chrome83",
    }),
  );
}

/** Users' preloads, as bundlers for a sandboxed window make them. */
function bundlePreloads(folder) {
  const variants = ["user", "twice", "named"].flatMap((name) => [
    [name, "browser"],
    [name, "node"],
  ]);
  return variants.map(([name, platform]) =>
    build({
      entryPoints: [join(folder, "preloads", `${name}.mjs`)],
      outfile: join(folder, "built", `${name}-${platform}.js`),
      bundle: true,
      format: "cjs",
      platform,
      external: ["electron"],
      target: "chrome83",
    }),
  );
}

/** electron-prokit, to compare with and for windows that still have it. */
function bundleProkit(folder) {
  const nothing = join(folder, "prokit", "nothing.js");
  const unused = ["axios", "electron-updater", "koffi", "lowdb"];
  return ["main", "preload", "page", "both"].map((name) =>
    build({
      entryPoints: [join(folder, "prokit", `${name}.mjs`)],
      outfile: join(folder, "built", `prokit-${name}.js`),
      bundle: true,
      format: "cjs",
      platform: name === "main" ? "node" : "browser",
      // Its CommonJS file calls itself a module.
      mainFields: ["module"],
      alias: Object.fromEntries(unused.map((module) => [module, nothing])),
      external: ["electron", "path"],
      target: "chrome83",
      logLevel: "error",
    }),
  );
}
