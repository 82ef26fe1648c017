// Not a test: projects with the packed package installed, and its command run in them.
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../../scripts/lib/root.mjs";
import { write } from "../consumer.mjs";

const WINDOWS = process.platform === "win32";
const execute = promisify(execFile);

/** @param {string} command an npm command */
function tool(command, args, cwd) {
  return execute(WINDOWS ? `${command}.cmd` : command, args, { cwd, shell: WINDOWS });
}

/** What `npm pack` takes: the app's package, and the migration. */
const PACKAGES = [ROOT, join(ROOT, "npm", "migrate")];

/** A fresh folder in which npm has installed what `npm pack` made of this checkout. */
export async function newProject(name) {
  const project = join(ROOT, "target", "test", "migrate", name);
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  const pack = ["pack", "--json", "--ignore-scripts", "--offline", "--pack-destination", project];
  const { stdout } = await tool("npm", [...pack, ...PACKAGES], ROOT);
  const files = JSON.parse(stdout).map(({ filename }) => filename);
  write(project, { "package.json": JSON.stringify({ name, version: "1.0.0", private: true }) });
  await tool("npm", ["install", "--offline", "--no-audit", "--omit=optional", ...files], project);
  return project;
}

/** An empty folder of a project, outside of all others' .gitignore. */
export function newFolder(project, name, files) {
  const folder = join(project, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, ".git"), { recursive: true });
  write(folder, files);
  return folder;
}

/** What `npx ...` says and exits with, where the command is installed. */
export async function npx(folder, ...args) {
  return ended(tool("npx", ["--no", "--loglevel=error", ...args], folder));
}

/** The same without npx, which takes its time. */
export function migrate(project, folder, ...args) {
  const bin = join(project, "node_modules", "electron-switchyard-migrate", "migrate.cjs");
  return ended(execute(process.execPath, [bin, ...args], { cwd: folder }));
}

/** The same by the command of the app's package alone, in a project without the migration. */
export function withoutMigration(folder, ...args) {
  const bin = join(ROOT, "dist", "migrate.cjs");
  return ended(execute(process.execPath, [bin, ...args], { cwd: folder }));
}

async function ended(running) {
  try {
    return { exit: 0, ...(await running) };
  } catch (error) {
    if (typeof error.code !== "number") throw error;
    return { exit: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** The texts of a folder's files by their path. */
export function texts(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      return [relative(folder, file).replaceAll("\\", "/"), readFileSync(file, "utf8")];
    }),
  );
}
