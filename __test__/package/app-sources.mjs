// Not a test: the files of the small app that every way of building and installing is tried with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform, transformSync } from "esbuild";
import { ROOT } from "../../scripts/lib/root.mjs";

const SOURCES = join(ROOT, "__test__", "package", "app");

/** As it was written, in TypeScript. */
export const typedSource = (name) => readFileSync(join(SOURCES, name), "utf8");

/** The same without its types, under the name that ends with .js. */
export function source(name) {
  const text = typedSource(name.replace(/\.js$/, ".ts"));
  return transformSync(text, { loader: "ts", target: "esnext" }).code;
}

export const html = (script) => `<!doctype html><meta charset="utf-8"><title>app</title>${script}`;

/** A source without its imports: what it imports is required when the app runs. */
export async function asCommonJs(name) {
  const { code } = await transform(source(name), { format: "cjs", target: "node12" });
  return code;
}
