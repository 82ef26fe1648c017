// Not a test: the files of the small app that every way of building and installing is tried with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const SOURCES = join(ROOT, "__test__", "package", "app");

export const source = (name) => readFileSync(join(SOURCES, name), "utf8");

export const html = (script) => `<!doctype html><meta charset="utf-8"><title>app</title>${script}`;

/** A source without its imports: what it imports is required when the app runs. */
export async function asCommonJs(name) {
  const { code } = await transform(source(name), { format: "cjs", target: "node12" });
  return code.replaceAll('require("node:', 'require("');
}
