// Not a test: esbuild, as an app uses it.
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles a source of the app into one file. */
export function bundle(app, source, file, options) {
  return build({
    entryPoints: [join(app, "src", source)],
    outfile: join(app, file),
    bundle: true,
    target: "chrome83",
    logLevel: "warning",
    ...options,
  });
}
