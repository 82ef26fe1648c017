// Not a test: the codec, bundled for the tests of this folder.
import { renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../../", import.meta.url);
const bundle = new URL("target/test/codec.mjs", root);
// The test files run at the same time, each builds: none may import a half-written file.
const draft = new URL(`target/test/codec.${process.pid}.mjs`, root);

await build({
  entryPoints: [fileURLToPath(new URL("js/codec/index.ts", root))],
  outfile: fileURLToPath(draft),
  bundle: true,
  format: "esm",
  target: "chrome83",
  logLevel: "error",
});
renameSync(draft, bundle);

export const { encode, decode } = await import(bundle.href);

/** What arrives when the value is sent in a frame. */
export function send(value) {
  const { form, text, attachments } = encode(value, "msg");
  return decode(form, JSON.parse(text), attachments);
}
