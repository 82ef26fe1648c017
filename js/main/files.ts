import { electron, nodeRequire } from "./node";

/**
 * Where this package's files may be. A bundler may have moved this code out of the package, so
 * the package is also looked for the way the app itself would find it.
 */
export function packageFolders(): string[] {
  const { dirname, join } = nodeRequire()("path") as typeof import("path");
  const folders = new Set<string>();
  if (typeof __dirname === "string") folders.add(join(__dirname, ".."));
  for (const require of appRequires()) {
    try {
      folders.add(dirname(require.resolve("electron-switchyard/package.json")));
    } catch {
      // Not to be found from there; the next may.
    }
  }
  return [...folders];
}

/** What resolves as a file of this code and as a file of the app would. */
export function appRequires(): NodeRequire[] {
  const require = nodeRequire();
  const { createRequire } = require("module") as typeof import("module");
  const app = process.versions["electron"] ? electron().app : undefined;
  return app ? [require, createRequire(`${app.getAppPath()}/`)] : [require];
}

/** The file where it is really on disk, if the app is packed into an asar and the file is not. */
export function unpacked(file: string): string {
  return file.replace(/app\.asar(?=[\\/])/, "app.asar.unpacked");
}

/** The ready-made preload. */
export function preloadFile(): string {
  const { existsSync } = nodeRequire()("fs") as typeof import("fs");
  const { join } = nodeRequire()("path") as typeof import("path");
  const files = packageFolders().map((folder) => join(folder, "dist", "preload.js"));
  const found = files.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(`electron-switchyard: its preload was not found; looked for ${files.join(", ")}`);
}
