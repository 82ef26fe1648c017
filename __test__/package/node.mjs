// Not a test: runs a script in plain Node, as an app of its own.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { write } from "./consumer.mjs";

const execute = promisify(execFile);

/** What the script's last line says, as JSON. Rejects with its stderr if it fails. */
export async function runInNode(app, file, text, env = {}) {
  write(app, { [file]: text });
  const clean = { ...process.env, NODE_OPTIONS: "", NAPI_RS_NATIVE_LIBRARY_PATH: "", ...env };
  const { stdout } = await execute(process.execPath, [join(app, file)], { cwd: app, env: clean });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
