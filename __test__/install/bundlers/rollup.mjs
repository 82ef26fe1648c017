import { builtinModules } from "node:module";
import { join } from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import nodeResolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { writePages } from "./esbuild.mjs";

const NODE = ["electron", ...builtinModules, /^node:/];

export async function buildWithRollup(app) {
  const to = async (source, file, external, resolve) => {
    const bundle = await rollup({
      input: join(app, "src", source),
      external,
      plugins: [nodeResolve(resolve), commonjs()],
      onLog: (_level, { message }) => {
        throw new Error(message);
      },
    });
    await bundle.write({ file: join(app, file), format: external.length > 0 ? "cjs" : "iife" });
    await bundle.close();
  };
  await to("main.js", "out/main/inside.js", NODE, { preferBuiltins: true });
  await to("main.js", "out/main/outside.js", [...NODE, /^electron-switchyard/]);
  await to("preload.js", "out/preload/preload.js", NODE);
  await to("page.js", "out/page-browser/page.js", [], { browser: true });
  await to("page.js", "out/page-plain/page.js", [], { browser: false });
  writePages(app);
}
