// Not a test: an app that Electron Forge builds with Vite and packages.
import { join } from "node:path";
import { html, source } from "../package/app-sources.mjs";
import { write } from "../package/consumer.mjs";
import { electronZip } from "./packagers.mjs";
import { toolFile } from "./tools.mjs";

const PACKAGE = "node_modules/electron-switchyard";

/** The plugin packages what Vite has built and nothing else, so the package is copied by a hook. */
const config = (zips) => `
const { cpSync } = require("node:fs");
const { join } = require("node:path");
const { VitePlugin } = require(${JSON.stringify(toolFile("@electron-forge/plugin-vite"))});

module.exports = {
  packagerConfig: {
    asar: { unpack: "**/*.node" },
    quiet: true,
    electronZipDir: ${JSON.stringify(zips)},
  },
  plugins: [
    new VitePlugin({
      build: [{ entry: "src/main.js", config: "vite.main.config.mjs", target: "main" }],
      renderer: [{ name: "main_window", config: "vite.renderer.config.mjs" }],
    }),
  ],
  hooks: {
    packageAfterCopy: async (_config, buildPath) => {
      const options = { recursive: true, dereference: true };
      cpSync(join(__dirname, "${PACKAGE}"), join(buildPath, "${PACKAGE}"), options);
    },
  },
};
`;

const external = `export default { build: { rollupOptions: { external: ["electron-switchyard"] } } };\n`;

/** Turns an app in which the package is installed into Forge's. */
export async function forgeApp(app, electron, { inside }) {
  const window = {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    page: ".vite/renderer/main_window/index.html",
    userData: `${app}-data`,
  };
  const manifest = {
    name: "forged",
    version: "1.0.0",
    main: ".vite/build/main.js",
    dependencies: { "electron-switchyard": "*" },
    devDependencies: { electron: electron.version },
  };
  write(app, {
    "package.json": JSON.stringify(manifest),
    // Nothing but what Vite builds is packaged: no window.json.
    "src/main.js": source("main.js").replace(
      'readFileSync(join(folder, "window.json"), "utf8")',
      JSON.stringify(JSON.stringify(window)),
    ),
    "index.html": html('<script type="module" src="./src/page.js"></script>'),
    "forge.config.js": config(await electronZip(electron)),
    "vite.main.config.mjs": inside ? "export default {};\n" : external,
    "vite.renderer.config.mjs": "export default {};\n",
    // All that Forge looks at of it.
    "node_modules/electron/package.json": JSON.stringify({
      name: "electron",
      version: electron.version,
    }),
  });
}

const PACKAGE_IT = `
const { api } = require(${JSON.stringify(toolFile("@electron-forge/core"))});
const { platform, arch } = process;
api.package({ dir: process.cwd(), interactive: false, platform, arch });
`;

/** Resolves to the packaged app's executable. Vite's configuration is looked for in the cwd. */
export async function packageWithForge(place, app) {
  await place.run(process.execPath, ["-e", PACKAGE_IT], app);
  return join(app, "out", `forged-${process.platform}-${process.arch}`, "forged");
}
