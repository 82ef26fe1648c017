// Not a test: the ways in which apps are packaged. Each gives the packaged app's executable.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { requireTool, toolFile } from "./tools.mjs";

/** A copy of an Electron without an app, as packagers expect one. */
export function bareElectron(place, { executable, version }) {
  const folder = join(place.folder, `electron-${version}`);
  if (!existsSync(folder)) {
    cpSync(dirname(executable), folder, { recursive: true, verbatimSymlinks: true });
    rmSync(join(folder, "resources", "app"), { recursive: true, force: true });
  }
  return { folder, version, name: basename(executable) };
}

/** Puts an app's archive into a copy of Electron, which is a packaged app then. */
const withAsar = (options) => async (place, app, electron) => {
  const { createPackageWithOptions } = requireTool("@electron/asar");
  const folder = join(place.folder, `archived-${electron.version}`);
  cpSync(electron.folder, folder, { recursive: true, verbatimSymlinks: true });
  const archive = join(folder, "resources", "app.asar");
  rmSync(`${archive}.unpacked`, { recursive: true, force: true });
  await createPackageWithOptions(app, archive, options);
  return join(folder, electron.name);
};

/** With no configuration beyond where Electron is, in place of a download. */
async function withElectronBuilder(place, app, electron) {
  const output = `${app}-builder`;
  const config = {
    electronDist: electron.folder,
    electronVersion: electron.version,
    "directories.output": output,
  };
  const args = Object.entries(config).map(([key, value]) => `-c.${key}=${value}`);
  const cli = toolFile("electron-builder/cli.js");
  await place.run(process.execPath, [cli, "--dir", "--publish=never", ...args], app);
  const [folder] = readdirSync(output).filter((name) => name.endsWith("-unpacked"));
  return join(output, folder, basename(app));
}

const ZIP = `
import os, sys, zipfile
folder, file = sys.argv[1:]
with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
    for path, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(path, name)
            archive.write(whole, os.path.relpath(whole, folder))
`;

/** @electron/packager takes an Electron only as the zip that it would download. */
export async function electronZip({ folder, version }) {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const zips = `${folder}-zip`;
  if (existsSync(zips)) return zips;
  mkdirSync(zips);
  await promisify(execFile)("python3", ["-c", ZIP, folder, join(zips, name)]);
  return zips;
}

const withPackager = (asar) => async (_place, app, electron) => {
  const { packager } = requireTool("@electron/packager");
  const [folder] = await packager({
    dir: app,
    out: `${app}-packager`,
    overwrite: true,
    quiet: true,
    asar,
    electronVersion: electron.version,
    electronZipDir: await electronZip(electron),
  });
  return join(folder, basename(app));
};

const UNPACKED = { unpack: "**/*.node" };

/**
 * Each: its name; how it packages; whether the native file stays in the archive; and the apps, by
 * how the package was installed. The pattern for what is unpacked passes over `.pnpm`, and
 * @electron/packager drops all that is there.
 */
export const PACKAGERS = [
  { name: "@electron/asar", pack: withAsar({}), inside: true, layouts: ["npm", "pnpm"] },
  { name: "@electron/asar, unpacked", pack: withAsar(UNPACKED), inside: false, layouts: ["npm"] },
  { name: "electron-builder", pack: withElectronBuilder, inside: false, layouts: ["npm", "pnpm"] },
  { name: "@electron/packager", pack: withPackager(true), inside: true, layouts: ["npm"] },
  {
    name: "@electron/packager, unpacked",
    pack: withPackager(UNPACKED),
    inside: false,
    layouts: ["npm", "pnpm, hoisted"],
  },
];
