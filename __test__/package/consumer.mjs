// Not a test: an app's folder with this package in its node_modules.
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { requireEntryFiles } from "../../scripts/lib/entries.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";

const FOLDER = join(ROOT, "target", "test", "package");

/** An empty app folder, one for each name. */
export function appFolder(name, files = {}) {
  const app = join(FOLDER, name);
  rmSync(app, { recursive: true, force: true });
  mkdirSync(join(app, "node_modules"), { recursive: true });
  write(app, { "package.json": JSON.stringify({ name, version: "1.0.0" }), ...files });
  return app;
}

/** The package as it is here. */
export function linkPackage(app) {
  requireEntryFiles();
  symlinkSync(ROOT, join(app, "node_modules", "electron-switchyard"), "junction");
}

/** The package's JavaScript alone, without its native binary. */
export function copyPackage(app) {
  const folder = join(app, "node_modules", "electron-switchyard");
  for (const each of ["package.json", "index.d.ts", "dist"]) {
    cpSync(join(ROOT, each), join(folder, each), { recursive: true });
  }
  return folder;
}

/** Writes files by their path below a folder. */
export function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, ...path.split("/"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
