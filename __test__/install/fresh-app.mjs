// Not a test: an app that is not built, but for its page, with the package installed.
import { join } from "node:path";
import { build } from "esbuild";
import { asCommonJs, html, source } from "../package/app-sources.mjs";
import { write } from "../package/consumer.mjs";

/** An app without the package yet. */
export function freshApp(place, name) {
  const app = place.makeFolder(name);
  const manifest = { name, version: "1.0.0", private: true, main: "main.js" };
  const window = { contextIsolation: true, sandbox: true, nodeIntegration: false };
  write(app, {
    "package.json": JSON.stringify(manifest),
    "window.json": JSON.stringify({ ...window, page: "page.html", userData: `${app}-data` }),
    "page.html": html('<script defer src="page.js"></script>'),
    "src/page.js": source("page.js"),
  });
  return app;
}

/** Once the package is installed: the preload is the package's own. */
export async function buildApp(app) {
  write(app, { "main.js": await asCommonJs("main.js") });
  await build({
    entryPoints: [join(app, "src", "page.js")],
    outfile: join(app, "page.js"),
    bundle: true,
    target: "chrome83",
    logLevel: "warning",
  });
}
