// README's app in an empty folder outside of the checkout, with the package as it is packed: each way to
// write its page, in Electron 33 and 22. Says in one line each what it saw.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runCommand } from "./lib/command.mjs";
import { ensureDebianPackages } from "./lib/debian.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { ensureNodeModules, npmCommand } from "./lib/node-modules.mjs";
import { packTarballs } from "./lib/pack.mjs";
import { ROOT } from "./lib/root.mjs";
import { log } from "./lib/run.mjs";

const MAJORS = [33, 22];
const USAGE = `usage: npm run try:readme

  Pastes README's files into an empty folder, installs the packed package, and starts them in
  Electron ${MAJORS.join(" and ")}; exit with 1 where a page does not say what README says.`;

/** The folder of an app that has installed this package from its tarballs, as a user's has. */
async function installed(folder, tarballs) {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "pasted", version: "1.0.0" }));
  const [command, ...before] = npmCommand();
  // The registry knows this version's platform packages only once it is published.
  const args = ["install", "--offline", "--no-audit", "--no-fund", "--omit=optional"];
  await promisify(execFile)(command, [...before, ...args, tarballs[0].file], {
    cwd: folder,
    shell: command.endsWith(".cmd"),
  });
  return folder;
}

/** Runs README's command for the page with this checkout's esbuild. */
async function bundlePage(folder, line) {
  const [, tool, ...args] = line.split(/\s+/);
  const script = join(ROOT, "node_modules", tool, "bin", tool);
  await promisify(execFile)(script, args, { cwd: folder });
}

/** Starts the app in one Electron; whether its pages said what README says. */
async function tried(folder, { way, lines }, major, heard) {
  const { version } = await electronRuntime(major);
  const { exit, result = [], said } = await heard(folder, lines.length, { major });
  const saw = result.map((line) => line.replace(/^page: /, ""));
  const isRight = exit === 0 && said.length === 0 && `${saw}` === `${[...lines].sort()}`;
  const seen = [...saw, ...said].join("; ");
  console.log(
    `${isRight ? "as README says" : `WRONG (exit ${exit})`}, Electron ${version}, ${way}: ${seen}`,
  );
  return isRight;
}

async function tryReadme() {
  await ensureNodeModules();
  await ensureDebianPackages();
  // These need the node modules.
  const { build } = await import("./lib/build.mjs");
  await build();
  const { heard, readmeApp } = await import("../__test__/docs/apps.mjs");
  const place = realpathSync(mkdtempSync(join(tmpdir(), "switchyard-readme-")));
  try {
    log("README's files, with the packed package");
    const tarballs = await packTarballs(join(place, "tarballs"));
    const { files, command, ways } = readmeApp();
    const right = [];
    for (const each of ways) {
      const folder = await installed(join(place, each.way.replaceAll(" ", "-")), tarballs);
      const all = { ...files, "page.html": each.page };
      for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
      if (each.way === "bundled") await bundlePage(folder, command);
      for (const major of MAJORS) right.push(await tried(folder, each, major, heard));
    }
    return right.every(Boolean) ? 0 : 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function readOptions() {
  if (process.argv.length > 2) throw new Error("try:readme has no options");
}

await runCommand(readOptions, USAGE, tryReadme);
