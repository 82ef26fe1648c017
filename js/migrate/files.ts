import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import ignore, { type Ignore } from "ignore";
import { LOOKED_AT, REWRITTEN } from "./text";

/** A .gitignore, and the folder that it speaks of. */
interface Ignored {
  readonly folder: string;
  readonly rules: Ignore;
}

const ENDINGS: ReadonlySet<string> = new Set([...REWRITTEN, ...LOOKED_AT]);

/** The ending by which a file is handled, in small letters. */
export function endingOf(file: string): string {
  return extname(file).toLowerCase();
}

/**
 * The files that paths name: a file itself, and of a folder all that may hold imports, but for
 * node_modules, folders that begin with a dot, and what .gitignore names.
 *
 * @throws Error for a path that is not there or is a file of another kind.
 */
export function filesIn(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const full = resolve(path);
    const stats = statSync(full, { throwIfNoEntry: false });
    if (!stats) throw new Error(`there is no file or folder ${path}`);
    if (stats.isDirectory()) {
      for (const file of inFolder(full, ignoredAbove(full))) found.add(file);
    } else if (ENDINGS.has(endingOf(full))) {
      found.add(full);
    } else {
      throw new Error(
        `${path} is not rewritten; files are whose names end in ${REWRITTEN.join(" ")}`,
      );
    }
  }
  return [...found].sort();
}

function inFolder(folder: string, above: readonly Ignored[]): string[] {
  const ignored = [...above, ...ignoredIn(folder)];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const skipped = entry.name === "node_modules" || entry.name.startsWith(".");
      return skipped || isIgnored(`${path}/`, ignored) ? [] : inFolder(path, ignored);
    }
    const wanted = entry.isFile() && ENDINGS.has(endingOf(entry.name));
    return wanted && !isIgnored(path, ignored) ? [path] : [];
  });
}

function isIgnored(path: string, ignored: readonly Ignored[]): boolean {
  let is = false;
  for (const { folder, rules } of ignored) {
    const inside = relative(folder, path).replaceAll("\\", "/") + (path.endsWith("/") ? "/" : "");
    const result = rules.test(inside);
    is = result.ignored || (is && !result.unignored);
  }
  return is;
}

function ignoredIn(folder: string): Ignored[] {
  const file = join(folder, ".gitignore");
  return existsSync(file) ? [{ folder, rules: ignore().add(readFileSync(file, "utf8")) }] : [];
}

/** The rules of the folders above, up to the repository's. */
function ignoredAbove(folder: string): Ignored[] {
  if (existsSync(join(folder, ".git"))) return [];
  const above = dirname(folder);
  return above === folder ? [] : [...ignoredAbove(above), ...ignoredIn(above)];
}
