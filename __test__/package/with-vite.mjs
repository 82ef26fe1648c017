// Not a test: Vite, as electron-prokit's template uses it.
import { builtinModules } from "node:module";
import { join } from "node:path";
import { build } from "vite";

const COMMON = { configFile: false, logLevel: "error" };

/** Builds a main process or a preload as a library, which is to say for browsers. */
export function viteLibrary(app, source, file, external = []) {
  return build({
    ...COMMON,
    root: join(app, "src"),
    build: {
      target: "chrome83",
      outDir: join(app, file, ".."),
      emptyOutDir: false,
      minify: false,
      lib: { entry: join(app, "src", source), formats: ["cjs"] },
      rollupOptions: {
        external: ["electron", ...builtinModules, /^node:/, ...external],
        output: { entryFileNames: file.split("/").at(-1) },
      },
    },
  });
}

/** Builds the page of src/index.html. */
export function vitePage(app, folder, options = {}) {
  return build({
    ...COMMON,
    ...options,
    root: join(app, "src"),
    base: "./",
    build: {
      target: "chrome83",
      outDir: join(app, folder),
      assetsInlineLimit: 1_048_576,
      rollupOptions: { external: [...builtinModules, "electron"] },
    },
  });
}
