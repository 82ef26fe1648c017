// All tests, from the pure router to real windows. Ends with a line `N passed, N failed`.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "./lib/build.mjs";
import { ensureDebianPackages } from "./lib/debian.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { ensureNodeModules } from "./lib/node-modules.mjs";
import { ROOT } from "./lib/root.mjs";
import { log } from "./lib/run.mjs";
import { cargoTest, nodeTest } from "./lib/test-runs.mjs";

async function prepare() {
  await ensureNodeModules();
  await ensureDebianPackages();
  // No Electron is a failure here, before anything is run, with its remedy.
  for (const major of [22, 9]) {
    const { version, source } = await electronRuntime(major);
    log(`Electron ${version} (${source})`);
  }
  await build();
}

/** Fast tests first; those in real windows last. */
function testFiles() {
  const folders = ["scripts", "codec", "addon", "pair", "package", "docs", "bench", "e2e"];
  return folders.flatMap((folder) => {
    const path = join(ROOT, "__test__", folder);
    const files = readdirSync(path).filter((name) => name.endsWith(".test.mjs"));
    if (files.length === 0) throw new Error(`there are no tests in ${path}`);
    return files.sort().map((name) => join(path, name));
  });
}

async function main() {
  await prepare();
  const runs = [await cargoTest(), await nodeTest(testFiles())];
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0 && sum("passed") > 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
}
