import { fileURLToPath } from "node:url";
import { run } from "../../../scripts/lib/run.mjs";
import { write } from "../../package/consumer.mjs";

const COMMAND = new URL("node_modules/electron-vite/bin/electron-vite.js", import.meta.url);

/** What it would read from an Electron in the app's node_modules. */
const ELECTRON = { ELECTRON_MAJOR_VER: "22" };

const WAYS = {
  inside: { externalizeDeps: false, page: "page-browser" },
  outside: { externalizeDeps: true, page: "page-plain", conditions: ["module", "production"] },
};

/** By its command, with a file of settings for each way. */
export async function buildWithElectronVite(app) {
  for (const [main, way] of Object.entries(WAYS)) {
    const config = `${main}.config.mjs`;
    write(app, { [config]: `export default ${JSON.stringify(settings(main, way))};\n` });
    const args = [fileURLToPath(COMMAND), "build", "--config", config, "--logLevel", "error"];
    const env = { ...process.env, ...ELECTRON };
    await run(process.execPath, args, { cwd: app, env, quiet: true });
  }
}

function settings(main, { externalizeDeps, page, conditions }) {
  return {
    main: { build: { ...library("main", main), externalizeDeps } },
    // A sandboxed preload cannot require packages.
    preload: { build: { ...library("preload", "preload"), externalizeDeps: false } },
    renderer: {
      root: "src",
      base: "./",
      resolve: conditions && { conditions },
      build: {
        target: "chrome83",
        outDir: `out/${page}`,
        emptyOutDir: false,
        rollupOptions: { input: "src/index.html" },
      },
    },
  };
}

function library(source, name) {
  return {
    target: "node12.14",
    outDir: `out/${source}`,
    emptyOutDir: false,
    lib: { entry: `src/${source}.ts`, formats: ["cjs"] },
    rolldownOptions: { output: { entryFileNames: `${name}.js` } },
  };
}
