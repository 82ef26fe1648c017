// The packed manifest, judged by the tools that know what each Node, bundler and TypeScript reads of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureNodeModules } from "../../scripts/lib/node-modules.mjs";
import { ROOT } from "../../scripts/lib/root.mjs";
import { packAll } from "./unpacked.mjs";

const TOOLS = fileURLToPath(new URL("types", import.meta.url));
const ATTW = join(TOOLS, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");

/** Bundlers that know no `exports` need the field that publint would do without. */
const WANTED = ["USE_EXPORTS_BROWSER"];

await ensureNodeModules(TOOLS);
const tarballs = await packAll("manifest");
const { file } = tarballs.find(({ name }) => name === "electron-switchyard");

test("publint has no complaint, not even a suggestion", async () => {
  const entry = createRequire(join(TOOLS, "package.json")).resolve("publint");
  const { publint } = await import(pathToFileURL(entry));
  const { messages } = await publint({ pack: { tarball: arrayBufferOf(file) } });
  assert.deepEqual(
    messages.filter(({ code }) => !WANTED.includes(code)),
    [],
  );
});

function arrayBufferOf(path) {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

test("arethetypeswrong finds each entry's types right, in each way to resolve them", async () => {
  // The ready-made preload is a file to be run, and exports nothing.
  const { problems, entrypoints } = await attw("--exclude-entrypoints", "dist/preload.js");
  assert.deepEqual(problems, {});
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const typed = Object.keys(exports).filter((name) => name !== "./dist/preload.js");
  assert.deepEqual(Object.keys(entrypoints).sort(), typed.sort());
  for (const name of typed) {
    const ways = Object.entries(entrypoints[name].resolutions);
    assert.equal(ways.length, 4, name);
    for (const [way, { resolution }] of ways) assert.ok(resolution, `${name} by ${way}`);
  }
});

function attw(...options) {
  const args = [ATTW, file, "--format", "json", ...options];
  return new Promise((resolve, reject) => {
    // It exits with 1 where it finds problems, which its output tells as well.
    execFile(process.execPath, args, { maxBuffer: 1e8 }, (error, stdout) => {
      if (stdout === "") return reject(error);
      const { problems, analysis } = JSON.parse(stdout);
      resolve({ problems, entrypoints: analysis.entrypoints });
    });
  });
}
