import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @typedef {number | undefined} Wanted A major version; undefined for any. */

/**
 * @param {string} version
 * @param {number | undefined} wanted
 */
export function fits(version, wanted) {
  return wanted === undefined || Number.parseInt(version, 10) === wanted;
}

/**
 * What version an Electron says it is, without opening a window.
 * @param {string} executable
 */
export function askVersion(executable) {
  // NODE_OPTIONS is meant for the Node that runs this script; Electron's older one may refuse it.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: undefined };
  const answer = execFileSync(executable, ["-p", "process.versions.electron"], {
    encoding: "utf8",
    env,
  });
  return answer.trim();
}

/**
 * The version of the Electron in a folder: from its `version` file if there is one.
 * @param {string} executable
 */
export function versionOf(executable) {
  try {
    const file = join(dirname(executable), "version");
    return readFileSync(file, "utf8").trim().replace(/^v/, "");
  } catch {
    return askVersion(executable);
  }
}
