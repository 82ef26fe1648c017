import { parseArgs } from "node:util";

export interface Options {
  readonly paths: readonly string[];
  readonly dry: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npx electron-switchyard-migrate [--dry] [paths...]

Rewrites imports of electron-prokit's ipc and window functions to electron-switchyard, in .js .cjs
.mjs .jsx .ts .cts .mts .tsx .vue files, and says what it left alone and why.

  paths    files and folders; default: this folder. In folders, node_modules, folders that begin
           with a dot and what .gitignore names are left out.
  --dry    writes nothing and prints the changes as a unified diff; the report goes to stderr
  --help   prints this

Exit code: 0 all done; 1 something was left alone that may need a hand, or is NOT DONE YET;
2 wrong usage; 3 nothing here imports electron-prokit.`;

/** @throws Error that says what is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const { dry = false, help = false } = values;
  return { paths: positionals.length > 0 ? positionals : ["."], dry, help };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { dry: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    // Its first sentence names the option; the next is about arguments that begin with a dash.
    throw new Error((error as Error).message.split(". ")[0]);
  }
}
