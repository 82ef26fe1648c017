// Writes what the packages are made of, as CycloneDX: what the addon has of Rust, and what the main
// package has of npm.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { npmCommand } from "./lib/node-modules.mjs";
import { ROOT } from "./lib/root.mjs";
import { log, run } from "./lib/run.mjs";

const CARGO_CYCLONEDX = "0.5.9";
const FOLDER = join(ROOT, "pack");
const TOOLS = join(ROOT, "target", "tools");

/** @returns {Promise<string>} The tool, built the first time. */
async function cargoCyclonedx() {
  const tool = join(TOOLS, "bin", `cargo-cyclonedx${process.platform === "win32" ? ".exe" : ""}`);
  if (existsSync(tool)) return tool;
  log(`cargo-cyclonedx ${CARGO_CYCLONEDX} (once)`);
  const version = ["--version", CARGO_CYCLONEDX];
  await run("cargo", ["install", "-q", "--locked", "--root", TOOLS, ...version, "cargo-cyclonedx"]);
  return tool;
}

async function ofRust() {
  const name = "sbom.rust.cdx";
  // All targets: one list for the addon of every platform.
  const options = ["--format", "json", "--target", "all", "--all-features", "--override-filename"];
  await run(await cargoCyclonedx(), ["cyclonedx", ...options, name], { cwd: ROOT, quiet: true });
  // It writes beside Cargo.toml and nowhere else.
  const bill = readFileSync(join(ROOT, `${name}.json`), "utf8");
  // It refers to the crate by the path of its folder, which is nobody's business.
  writeFileSync(join(FOLDER, `${name}.json`), bill.replaceAll(ROOT, "/electron-switchyard"));
  rmSync(join(ROOT, `${name}.json`));
}

async function ofNpm() {
  const [command, ...before] = npmCommand();
  const options = [
    "--package-lock-only",
    "--omit",
    "dev",
    "--omit",
    "peer",
    "--sbom-format",
    "cyclonedx",
  ];
  const { stdout } = await promisify(execFile)(command, [...before, "sbom", ...options], {
    cwd: ROOT,
    shell: command.endsWith(".cmd"),
  });
  const bill = JSON.parse(stdout);
  if (bill.components.length > 0) throw new Error("the package is to depend on nothing of npm's");
  // npm calls it by the name of its folder.
  bill.metadata.component.name = "electron-switchyard";
  writeFileSync(join(FOLDER, "sbom.npm.cdx.json"), `${JSON.stringify(bill, null, 2)}\n`);
}

mkdirSync(FOLDER, { recursive: true });
await ofNpm();
await ofRust();
log(`pack/sbom.npm.cdx.json, pack/sbom.rust.cdx.json`);
