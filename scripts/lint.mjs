// Format and lint: rustfmt, clippy, tsc, biome; and that js/ keeps to its layers, the router builds
// without Node, the generated types are those of the Rust code, and sentences use the glossary's words.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildNative, buildTypes, tool } from "./lib/build.mjs";
import { ensureNodeModules } from "./lib/node-modules.mjs";
import { ROOT } from "./lib/root.mjs";
import { log, run } from "./lib/run.mjs";

// The modules that need TypeScript are imported where they are used: it may be installed only then.

const GENERATED = join(ROOT, "js", "core", "binding.d.ts");

/** @param {readonly string[]} args */
async function cargo(...args) {
  log(`cargo ${args.join(" ")}`);
  await run("cargo", args, { cwd: ROOT, quiet: true });
}

async function generatedTypesAreFresh() {
  const committed = readFileSync(GENERATED, "utf8");
  await buildNative();
  if (readFileSync(GENERATED, "utf8") !== committed) {
    throw new Error("js/core/binding.d.ts was stale and is written anew: commit it");
  }
}

async function sentencesUseTheWords() {
  log("sentences");
  const { bannedWords, sentenceOn } = await import("./lib/sentences.mjs");
  const found = bannedWords().map(sentenceOn);
  if (found.length > 0) throw new Error(found.join("\n"));
}

async function layersAreKept() {
  log("layers");
  const { checkLayers } = await import("./lib/layer-check.mjs");
  checkLayers();
}

async function lint() {
  await ensureNodeModules();
  await layersAreKept();
  await cargo("fmt", "--check");
  await cargo("check", "--no-default-features");
  await cargo("clippy", "--no-default-features", "--all-targets", "--", "-D", "warnings");
  await cargo("clippy", "--all-targets", "--", "-D", "warnings");
  await generatedTypesAreFresh();
  await buildTypes();
  await sentencesUseTheWords();
  log("biome");
  await tool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "--colors=off", "."]);
}

lint().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
