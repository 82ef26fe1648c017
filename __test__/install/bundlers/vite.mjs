import { viteLibrary, vitePage } from "../../package/with-vite.mjs";

const PLAIN = { resolve: { conditions: ["module", "development|production"] } };

export async function buildWithVite(app) {
  await viteLibrary(app, "main.ts", "out/main/inside.js");
  await viteLibrary(app, "main.ts", "out/main/outside.js", [/^electron-switchyard/]);
  await viteLibrary(app, "preload.ts", "out/preload/preload.js");
  await vitePage(app, "out/page-browser");
  await vitePage(app, "out/page-plain", PLAIN);
}
