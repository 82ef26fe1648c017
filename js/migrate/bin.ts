/**
 * The command `electron-switchyard` of the app's package. Its migration is a package of its own, so that
 * an app does not carry a parser: this starts it if it is installed, and else names the line that does.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGE = "electron-switchyard-migrate";
const USAGE = `Usage: npx electron-switchyard migrate [--dry] [paths...]

Runs ${PACKAGE}, which rewrites imports of electron-prokit's ipc and window functions.`;
/** A shell takes any other argument apart, or reads it as more than text. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The file of the migration: the project's own, or the one that is installed beside this package. */
function installed(): string | undefined {
  const folders = [...around(process.cwd()), ...around(__dirname)];
  const files = folders.map((folder) => join(folder, "node_modules", PACKAGE, "migrate.cjs"));
  return files.find((file) => existsSync(file));
}

/** A folder and all those that it is in. */
function around(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...around(parent)];
}

function quoted(arg: string): string {
  return PLAIN.test(arg) ? arg : JSON.stringify(arg);
}

function missing(args: readonly string[]): string {
  const line = ["npx", PACKAGE, ...args.map(quoted)].join(" ");
  return `electron-switchyard: migrate is a package of its own, ${PACKAGE}, which is not installed here. Run\n\n  ${line}`;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

function run(args: readonly string[]): void {
  const [command, ...rest] = args;
  if (command === "--help" || command === "-h") console.log(USAGE);
  else if (command === undefined) fail(`the command is missing: write migrate\n\n${USAGE}`);
  else if (command !== "migrate") fail(`there is no command ${command}: write migrate\n\n${USAGE}`);
  else migrate(rest);
}

function migrate(args: readonly string[]): void {
  const file = installed();
  if (file === undefined) {
    fail(missing(args));
    return;
  }
  const { status } = spawnSync(process.execPath, [file, ...args], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}

run(process.argv.slice(2));
