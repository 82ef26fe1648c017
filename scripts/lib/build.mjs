import { join } from "node:path";
import { ensureNodeModules } from "./node-modules.mjs";
import { ROOT } from "./root.mjs";
import { log, run } from "./run.mjs";

/** Builds the native addon and the JavaScript; what is up to date is left alone. */
export async function build() {
  await ensureNodeModules();
  await buildNative();
  await buildScripts();
}

/** The JavaScript alone, which needs no Rust. */
export async function buildScripts() {
  await ensureNodeModules();
  await buildTypes();
  log("dist");
  const { bundle } = await import("./bundle.mjs");
  await bundle();
}

/** The loader is our own (js/host/native.ts), so that its error can say what was tried. */
export async function buildNative(env = process.env) {
  log("native addon (release)");
  const options = ["--platform", "--release", "--no-js", "--dts", "js/core/binding.d.ts"];
  await tool("@napi-rs/cli/dist/cli.js", ["build", ...options, "--output-dir", "."], env);
}

export async function buildTypes() {
  log("types");
  await tool("typescript/bin/tsc", ["-b"]);
}

/**
 * Runs a node module's command without a shell or npx.
 * @param {string} script below node_modules
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function tool(script, args, env) {
  const file = join(ROOT, "node_modules", ...script.split("/"));
  await run(process.execPath, [file, ...args], { cwd: ROOT, env, quiet: true });
}
