import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { NEW, OLD } from "./names";

const INSTALLERS: readonly (readonly [lock: string, add: string, remove: string])[] = [
  ["pnpm-lock.yaml", "pnpm add", "pnpm remove"],
  ["yarn.lock", "yarn add", "yarn remove"],
  ["bun.lock", "bun add", "bun remove"],
  ["package-lock.json", "npm install", "npm uninstall"],
];

/**
 * The steps for the dependencies of the project that has the paths. If electron-prokit is `unused` in the
 * paths, it is unused in the project only if the paths are all of it.
 */
export function installHints(paths: readonly string[], unused: boolean): string[] {
  const folders = paths.map(folderOf);
  const project = above(folders[0] as string, "package.json");
  if (project === undefined) return [`npm install ${NEW}`];
  const [, add, remove] = INSTALLERS.find(([lock]) => above(project, lock)) ?? INSTALLERS[3] ?? [];
  const known = dependencies(join(project, "package.json"));
  const hints = known.has(NEW) ? [] : [`${add} ${NEW}`];
  const isAll = folders.some((folder) => `${project}${sep}`.startsWith(`${folder}${sep}`));
  if (known.has(OLD) && unused && isAll) hints.push(`${remove} ${OLD}`);
  return hints;
}

function folderOf(path: string): string {
  const full = resolve(path);
  return statSync(full).isDirectory() ? full : dirname(full);
}

/** The nearest folder that has a file of this name, from a folder upwards. */
function above(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : above(parent, name);
}

function dependencies(file: string): ReadonlySet<string> {
  try {
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    return new Set(Object.keys({ ...manifest.devDependencies, ...manifest.dependencies }));
  } catch {
    return new Set();
  }
}
