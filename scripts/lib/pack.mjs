// Packs what is published: the main package, its migration, and a package for each platform. The checkout's own
// package.json cannot name the platform packages, because `npm install` would look for them on the
// registry before they are there; so what is packed is a staged copy.
import { execFile } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { crateLicences } from "./crate-licences.mjs";
import { requireEntryFiles } from "./entries.mjs";
import { npmCommand } from "./node-modules.mjs";
import { origin, publishedDocument } from "./origin.mjs";
import { ROOT } from "./root.mjs";
import {
  allTargets,
  binaryName,
  mainManifest,
  packagedBinary,
  packageFolder,
  packageName,
} from "./targets.mjs";

/** @typedef {import("./targets.mjs").Target} Target */
/** @typedef {{ name: string, version: string, file: string }} Tarball */

/**
 * Whether the main package carries every binary as well. It does, because packagers lose platform
 * packages: which ones and when is in docs/design/0008-binaries.md.
 */
export const BINARIES_IN_MAIN = true;

/** Beside each binary: the licences of what is linked into it. */
const LICENCES = "electron-switchyard.node.licenses.txt";

/** The migration from electron-prokit, which no app carries. */
const MIGRATE = join(ROOT, "npm", "migrate");

const STAGE = join(ROOT, "target", "pack");

/**
 * Packs the main package, the migration, and the platform packages whose binary is in npm/, this machine's newest
 * build in place of an older one.
 * @param {string} folder Where the tarballs go.
 * @returns {Promise<Tarball[]>} The main package first.
 */
export async function packTarballs(folder) {
  takeHostBinaries();
  return packTargets(
    folder,
    allTargets().filter((target) => existsSync(packagedBinary(target))),
  );
}

/**
 * Packs the main package, the migration, and the packages of these targets, with the binaries that are in npm/.
 * @param {string} folder
 * @param {readonly Target[]} targets
 * @returns {Promise<Tarball[]>}
 */
export async function packTargets(folder, targets) {
  const missing = targets.filter((target) => !existsSync(packagedBinary(target)));
  if (missing.length > 0) {
    throw new Error(`not built: ${missing.map(packagedBinary).join(", ")}`);
  }
  // One folder for each process, so that two that pack at once do not meet.
  const stage = join(STAGE, String(process.pid));
  rmSync(stage, { recursive: true, force: true });
  try {
    const licences = crateLicences();
    const main = await stageMain(stage, targets, licences);
    const others = targets.map((target) => stagePlatform(stage, target, licences));
    return await npmPack([main, stageMigrate(stage), ...others], resolve(folder));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** What `npm run build` made in the checkout's root goes to its platform's package. */
function takeHostBinaries() {
  for (const target of allTargets()) {
    const built = join(ROOT, binaryName(target));
    if (existsSync(built)) copyFileSync(built, packagedBinary(target));
  }
}

/**
 * @param {string} stage
 * @param {readonly Target[]} targets
 * @param {string} licences
 */
async function stageMain(stage, targets, licences) {
  requireEntryFiles();
  const staged = join(stage, "main");
  const shipped = await shippedFiles(ROOT);
  requireNamedFiles(mainManifest(), shipped);
  for (const path of shipped) copyInto(staged, path);
  for (const path of shipped.filter((each) => each.endsWith(".md"))) {
    const file = join(staged, path);
    writeFileSync(file, publishedDocument(readFileSync(file, "utf8"), path, shipped));
  }
  const binaries = BINARIES_IN_MAIN ? targets : [];
  for (const target of binaries) {
    copyFileSync(packagedBinary(target), join(staged, binaryName(target)));
  }
  if (BINARIES_IN_MAIN) writeFileSync(join(staged, LICENCES), licences);
  writeManifest(staged, publishedManifest());
  return staged;
}

/**
 * Throws if the manifest names a file that is not packed: npm leaves out in silence what is not there.
 * @param {any} manifest
 * @param {readonly string[]} shipped
 */
export function requireNamedFiles(manifest, shipped) {
  const { main, module, browser, types, bin, exports } = manifest;
  const named = JSON.stringify([main, module, browser, types, exports, Object.values(bin)]);
  const files = [...named.matchAll(/"(?:\.\/)?([\w./-]+\.\w+)"/g)].map(([, file]) => file);
  const missing = [...new Set(files)].filter((file) => !shipped.includes(file));
  if (missing.length > 0) {
    throw new Error(`not built, or not among package.json's files: ${missing.join(", ")}`);
  }
}

/** The main package's manifest as the registry gets it. */
export function publishedManifest() {
  const { devDependencies: _, scripts: __, private: ___, ...kept } = mainManifest();
  const names = allTargets().map(packageName);
  const optionalDependencies = Object.fromEntries(names.map((name) => [name, kept.version]));
  const files = BINARIES_IN_MAIN ? [...kept.files, "*.node", LICENCES] : kept.files;
  return { ...kept, ...origin(), files, optionalDependencies };
}

/** @param {string} stage */
function stageMigrate(stage) {
  const staged = join(stage, "migrate");
  cpSync(MIGRATE, staged, { recursive: true });
  copyFileSync(join(ROOT, "LICENSE"), join(staged, "LICENSE"));
  const manifest = JSON.parse(readFileSync(join(staged, "package.json"), "utf8"));
  requireNamedFiles(manifest, readdirSync(staged));
  writeManifest(staged, { ...manifest, ...origin() });
  return staged;
}

/**
 * @param {string} stage
 * @param {Target} target
 * @param {string} licences
 */
function stagePlatform(stage, target, licences) {
  const staged = join(stage, target.name);
  cpSync(packageFolder(target), staged, { recursive: true });
  copyFileSync(join(ROOT, "LICENSE"), join(staged, "LICENSE"));
  writeFileSync(join(staged, LICENCES), licences);
  const manifest = JSON.parse(readFileSync(join(staged, "package.json"), "utf8"));
  writeManifest(staged, { ...manifest, ...origin(), files: [...manifest.files, LICENCES] });
  return staged;
}

/**
 * @param {string} folder
 * @param {object} manifest
 */
function writeManifest(folder, manifest) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {string} staged
 * @param {string} path
 */
function copyInto(staged, path) {
  const file = join(staged, path);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(ROOT, path), file);
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function shippedFiles(folder) {
  const [{ files }] = await npm(["pack", "--dry-run"], folder);
  return files.map((/** @type {{ path: string }} */ { path }) => path);
}

/**
 * @param {readonly string[]} packages Their folders.
 * @param {string} folder
 * @returns {Promise<Tarball[]>}
 */
async function npmPack(packages, folder) {
  mkdirSync(folder, { recursive: true });
  const packed = await npm(["pack", "--pack-destination", folder, ...packages], ROOT);
  return packed.map((/** @type {{ name: string, version: string, filename: string }} */ each) => ({
    name: each.name,
    version: each.version,
    file: join(folder, each.filename),
  }));
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<any>} What npm says, as JSON.
 */
async function npm(args, cwd) {
  const [command, ...before] = npmCommand();
  const options = ["--json", "--ignore-scripts", "--offline"];
  const { stdout } = await promisify(execFile)(command, [...before, ...args, ...options], {
    cwd,
    // Windows starts a .cmd file (npm is one) only through a shell.
    shell: command.endsWith(".cmd"),
  });
  return JSON.parse(stdout);
}
