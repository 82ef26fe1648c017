// The demo packaged for Windows, with the package as it is published.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { packTargets } from "../lib/pack.mjs";
import { ROOT } from "../lib/root.mjs";
import { run } from "../lib/run.mjs";
import { targetNamed } from "../lib/targets.mjs";
import { DEMO } from "./tour.mjs";

const HOME = join(ROOT, "target", "windows", "packaged");

/**
 * An app as a packager leaves it, in a folder and with an executable of its own name.
 * @param {import("./electrons.mjs").WindowsElectron} electron
 * @param {{ unpack?: string }} options What stays outside of the archive.
 * @returns {Promise<string>} Its executable.
 */
export async function packagedDemo({ executable }, options) {
  const { ensureTools, requireTool } = await import("../../__test__/install/tools.mjs");
  await ensureTools();
  rmSync(HOME, { recursive: true, force: true });
  const source = await stagedDemo();
  const home = join(HOME, "Größte Station");
  cpSync(dirname(executable), home, { recursive: true });
  rmSync(join(home, "resources", "app"), { recursive: true, force: true });
  const archive = join(home, "resources", "app.asar");
  await requireTool("@electron/asar").createPackageWithOptions(source, archive, options);
  renameSync(join(home, "electron.exe"), join(home, "station.exe"));
  return join(home, "station.exe");
}

/** The demo with the package installed in it, from its tarballs. */
async function stagedDemo() {
  const app = join(HOME, "app");
  const modules = join(app, "node_modules", "electron-switchyard");
  mkdirSync(modules, { recursive: true });
  for (const name of ["package.json", "main", "preload", "shared", "windows", "out"]) {
    cpSync(join(DEMO, name), join(app, name), { recursive: true });
  }
  const [{ file }] = await packTargets(join(HOME, "tarballs"), [targetNamed("win32-x64-msvc")]);
  await run("tar", ["-xf", file, "--strip-components=1"], { cwd: modules, quiet: true });
  return app;
}

/**
 * The native files of a packaged app that are outside of its archive.
 * @param {string} executable
 */
export function unpackedNatives(executable) {
  const folder = join(dirname(executable), "resources", "app.asar.unpacked");
  if (!existsSync(folder)) return [];
  const names = /** @type {string[]} */ (readdirSync(folder, { recursive: true }));
  return names.filter((name) => name.endsWith(".node"));
}
