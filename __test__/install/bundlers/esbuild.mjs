import { html } from "../../package/app-sources.mjs";
import { write } from "../../package/consumer.mjs";
import { bundle } from "../../package/with-esbuild.mjs";

const MAIN = { platform: "node", format: "cjs", target: "node12" };

export async function buildWithEsbuild(app) {
  const electron = ["electron"];
  const page = (folder, options) =>
    bundle(app, "page.ts", `out/${folder}/page.js`, { format: "iife", ...options });
  await Promise.all([
    bundle(app, "main.ts", "out/main/inside.js", { ...MAIN, external: electron }),
    bundle(app, "main.ts", "out/main/outside.js", { ...MAIN, packages: "external" }),
    bundle(app, "preload.ts", "out/preload/preload.js", { ...MAIN, external: electron }),
    page("page-browser", { platform: "browser" }),
    page("page-plain", { platform: "neutral", conditions: ["module"] }),
  ]);
  writePages(app);
}

/** For bundlers that make no HTML. */
export function writePages(app) {
  const text = html('<script defer src="page.js"></script>');
  write(app, { "out/page-browser/index.html": text, "out/page-plain/index.html": text });
}
