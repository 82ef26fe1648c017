import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The main process's own V8 snapshot. */
const SNAPSHOT = "browser_v8_context_snapshot.bin";

/**
 * Sets the fuses of a product's Electron as Electron's own downloads have them: its command line
 * listens to --inspect, and its main process starts with V8's usual snapshot. The product's has its
 * own code inside, 115 MB of it, which slow each start down.
 * @param {string} executable
 */
export async function flipFuses(executable) {
  // A node module: there once the modules are installed.
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import("@electron/fuses");
  await flip(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await rm(join(dirname(executable), SNAPSHOT), { force: true });
}
