// Not a test: projects as electron-prokit's generator makes them.
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { runGenerator } from "./generators.mjs";

const FOLDER = join(ROOT, "__test__", "install", "templates");
const GENERATOR = join(FOLDER, "node_modules", "create-electron-prokit", "dist", "index.js");

/** What drives a project; see its main.js. */
export const DRIVER = join(FOLDER, "drive");

/** The generator's frameworks, and the keys that choose them. */
export const FRAMEWORKS = { react: "\n", vue: "\x1b[B\n" };

/** Gives the projects of a workplace what they are built with, but not this package. */
export async function openTemplates(place) {
  await ensureNodeModules(FOLDER);
  symlinkSync(join(FOLDER, "node_modules"), join(place.folder, "node_modules"), "junction");
}

/** Answers the generator's questions; resolves to the project's folder. */
export async function generate(folder, framework) {
  await runGenerator(GENERATOR, [framework], folder, [
    [/input description/, "A project\n"],
    [/input author/, "Somebody\n"],
    [/Select a framework/, FRAMEWORKS[framework]],
  ]);
  return join(folder, framework);
}

export function buildProject(place, project) {
  return place.run(process.execPath, [join(FOLDER, "build.mjs")], project);
}

/** Replaces text in the files of a project's folder; every file that has it. Returns how many. */
export function replaceIn(folder, pattern, replacement) {
  const files = filesBelow(folder).filter((file) => /\.(tsx?|vue)$/.test(file));
  const changed = files.filter((file) => {
    const before = readFileSync(file, "utf8");
    const after = before.replace(pattern, replacement);
    if (after !== before) writeFileSync(file, after);
    return after !== before;
  });
  return changed.length;
}

export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
