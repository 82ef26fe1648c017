// Not a test: the package from its tarballs, without an installer.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packTarballs } from "../../scripts/lib/pack.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

/** The tarballs of the package and of this machine's platform package, in a folder of their own. */
export function packAll(name) {
  const folder = join(ROOT, "target", "test", "tarballs", name);
  rmSync(folder, { recursive: true, force: true });
  return packTarballs(folder);
}

/** Unpacks them into an app's node_modules. */
export async function unpackAll(app, tarballs) {
  for (const { name, file } of tarballs) {
    const folder = join(app, "node_modules", name);
    mkdirSync(folder, { recursive: true });
    await run("tar", ["-xf", file, "--strip-components=1"], { cwd: folder, quiet: true });
  }
}
