import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NEW, OLD } from "./names";

const INSTALLERS: readonly (readonly [lock: string, add: string, remove: string])[] = [
  ["pnpm-lock.yaml", "pnpm add", "pnpm remove"],
  ["yarn.lock", "yarn add", "yarn remove"],
  ["bun.lock", "bun add", "bun remove"],
  ["package-lock.json", "npm install", "npm uninstall"],
];

/** What is to be done about the dependencies of the project that has a folder. */
export function installHints(folder: string, stillUsed: boolean): string[] {
  const project = above(folder, "package.json");
  if (project === undefined) return [`npm install ${NEW}`];
  const [, add, remove] = INSTALLERS.find(([lock]) => above(project, lock)) ?? INSTALLERS[3] ?? [];
  const known = dependencies(join(project, "package.json"));
  const hints = known.has(NEW) ? [] : [`${add} ${NEW}`];
  if (known.has(OLD) && !stillUsed) hints.push(`${remove} ${OLD}`);
  return hints;
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
