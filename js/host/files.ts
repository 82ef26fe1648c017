import { failure } from "../errors";
import { findsProkit, installedName } from "./installed";
import { electron, nodeRequire } from "./node";

/**
 * The folders in which this package may be. A bundler may have moved this code out of the package, so the
 * search includes the folders in which the app itself would find it.
 */
export function* packageFolders(): Generator<string> {
  const { dirname, join } = nodeRequire()("path") as typeof import("path");
  const here = typeof __dirname === "string" ? join(__dirname, "..") : undefined;
  if (here !== undefined) yield here;
  const known = new Set([here]);
  for (const require of appRequires()) {
    const folder = installed(require, dirname);
    if (folder === undefined || known.has(folder)) continue;
    known.add(folder);
    yield folder;
  }
}

/** The folder of the package as a `require` finds it; undefined if it does not. */
function installed(require: NodeRequire, dirname: (path: string) => string): string | undefined {
  const name = installedName(require);
  return name && dirname(require.resolve(`${name}/package.json`));
}

/** Each `require` resolves as a file of this code would, or as a file of the app would. */
export function appRequires(): NodeRequire[] {
  const folder = appFolder();
  const require = nodeRequire();
  return folder === undefined ? [require] : [require, requireFrom(folder)];
}

/** Whether the app finds the module `electron-prokit`, and not this package under that name. */
export function hasProkit(): boolean {
  try {
    const folder = appFolder();
    return folder !== undefined && findsProkit(requireFrom(folder));
  } catch {
    // The folder is whatever the app has named.
    return false;
  }
}

/** The folder of the app, or its archive. */
export function appFolder(): string | undefined {
  return process.versions["electron"] ? electron().app?.getAppPath() : undefined;
}

/** A `require` that resolves as a file in this folder would. The folder need not exist. */
export function requireFrom(folder: string): NodeRequire {
  const { createRequire } = nodeRequire()("module") as typeof import("module");
  return createRequire(`${folder}/`);
}

/**
 * The path on disk of a file that was kept out of its archive. macOS apps for both processors may have
 * app-x64.asar and app-arm64.asar.
 */
export function unpacked(path: string): string {
  return path.replace(/\.asar(?=[\\/]|$)/, ".asar.unpacked");
}

/**
 * The bytes of a file, also of one in an archive. Undefined if it has more than `maxBytes`, or cannot be
 * read. Pipes and devices are not read, because that might never end.
 */
export function readBounded(path: string, maxBytes: number): Buffer | undefined {
  const { readFileSync, statSync } = nodeRequire()("fs") as typeof import("fs");
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= maxBytes ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The path of the ready-made preload. */
export function preloadFile(): string {
  const { existsSync } = nodeRequire()("fs") as typeof import("fs");
  const { join } = nodeRequire()("path") as typeof import("path");
  const files: string[] = [];
  for (const folder of packageFolders()) {
    const file = join(folder, "dist", "preload.js");
    if (existsSync(file)) return file;
    files.push(file);
  }
  throw failure(
    "ERR_NO_PRELOAD",
    `the ready-made preload was not found; the app must have one of these files: ${files.join(", ")}`,
  );
}
