// Not a test: what turns Electron's events into ours, bundled from the TypeScript.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const FILE = join(ROOT, "target", "test", "navigation.mjs");

await build({
  stdin: {
    resolveDir: join(ROOT, "js", "main", "documents"),
    contents: `
      export { Navigations } from "./navigation";
      export { isStillThere } from "./still-there";`,
  },
  outfile: FILE,
  bundle: true,
  format: "esm",
  platform: "node",
  logLevel: "error",
});

export const { isStillThere, Navigations } = await import(pathToFileURL(FILE).href);
