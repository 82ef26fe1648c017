/**
 * The command `electron-switchyard` of the app's package. Its migration is a package of its own, so that
 * an app does not carry a parser: this starts it if it is installed, and else names the line that does.
 */
import { createRequire } from "node:module";
import { join } from "node:path";

const PACKAGE = "electron-switchyard-migrate";
const USAGE = `Usage: npx electron-switchyard migrate [--dry] [paths...]

Runs ${PACKAGE}, which rewrites imports of electron-prokit's ipc and window functions.`;
/** A shell takes any other argument apart, or reads it as more than text. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The file of the migration: the project's own, or the one beside this package. */
function installed(): string | undefined {
  for (const from of [join(process.cwd(), "package.json"), __filename]) {
    try {
      return createRequire(from).resolve(PACKAGE);
    } catch {
      // Not there; the next place may have it.
    }
  }
  return undefined;
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
  // It reads its arguments as its own command does, which has no word `migrate`.
  process.argv.splice(2, 1);
  createRequire(__filename)(file);
}

run(process.argv.slice(2));
