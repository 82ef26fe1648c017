// Not a test: the codec, bundled for the tests of this folder.
import { renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../../", import.meta.url);
export const bundle = new URL("target/test/codec.mjs", root);
// The test files run at the same time, each builds: none may import a half-written file.
const draft = new URL(`target/test/codec.${process.pid}.mjs`, root);

await build({
  stdin: {
    resolveDir: fileURLToPath(new URL("js", root)),
    contents: 'export * from "./codec"; export { fragmentsOf, reassemble } from "./transport";',
  },
  outfile: fileURLToPath(draft),
  bundle: true,
  format: "esm",
  target: "chrome83",
  logLevel: "error",
});
renameSync(draft, bundle);

export const { encode, encodeArguments, decode, json, fragmentsOf, reassemble } = await import(
  bundle.href
);

/** The attachments as their receiver has them. */
export function joined(attachments) {
  return attachments.map((attachment) => reassemble(fragmentsOf(attachment)));
}

/** What arrives when the value is sent in a packet. */
export function send(value) {
  const { form, text, attachments } = encode(value, "msg");
  return decode(form, JSON.parse(text), joined(attachments));
}
