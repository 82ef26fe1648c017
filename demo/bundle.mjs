import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const DEMO = fileURLToPath(new URL(".", import.meta.url));
const CHECKOUT = fileURLToPath(new URL("..", import.meta.url));

/** Makes what an app has after `npm install` and its bundler's run. */
export async function bundleDemo() {
  installPackage();
  await Promise.all([
    bundle("windows/page.js", { platform: "browser", format: "iife" }),
    bundle("preload/preload.js", { platform: "node", format: "cjs", external: ["electron"] }),
  ]);
}

/** Stands in for `npm install electron-switchyard`. */
function installPackage() {
  const modules = join(DEMO, "node_modules");
  const link = join(modules, "electron-switchyard");
  if (existsSync(link) && realpathSync(link) === realpathSync(CHECKOUT)) return;
  mkdirSync(modules, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(CHECKOUT, link, "junction");
}

/**
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} options
 */
function bundle(entry, options) {
  const entryPoints = [join(DEMO, entry)];
  const common = {
    bundle: true,
    target: "chrome83",
    outdir: join(DEMO, "out"),
    logLevel: "warning",
  };
  return build({ ...common, ...options, entryPoints });
}
