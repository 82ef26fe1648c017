// Which suites share a process, and which processes run while no other does.
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const SUITES = fileURLToPath(new URL("../suites", import.meta.url));

/** They fill the machine, or find fault with what moves their memory: another would time out beside. */
const ALONE = ["idle", "memory", "pressure", "pressure-floods", "values-large"];

/**
 * @typedef {object} Job
 * @property {string[]} suites Their files; they share one process.
 * @property {boolean} alone
 */

/**
 * The suites of this project as processes, those that run alone last.
 * @param {readonly string[]} wanted Names of suites; all, if there are none.
 * @returns {Promise<Job[]>}
 */
export async function jobs(wanted) {
  return jobsOf(await readdir(SUITES), wanted);
}

/**
 * @param {readonly string[]} files A suite named `.isolated.js` needs a fresh process.
 * @param {readonly string[]} [wanted]
 * @returns {Job[]}
 */
export function jobsOf(files, wanted = []) {
  const names = files.map(nameOf);
  const unknown = [...wanted, ...ALONE].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`there is no suite ${unknown.join(", ")} in ${SUITES}`);
  const chosen = files.filter((file) => wanted.length === 0 || wanted.includes(nameOf(file)));
  const isolated = chosen.filter(isIsolated).sort();
  const common = chosen.filter((file) => !isIsolated(file)).sort();
  const all = [common, ...isolated.map((file) => [file])].filter((suites) => suites.length > 0);
  const made = all.map((suites) => ({ suites, alone: suites.every(isAlone) }));
  return [...made.filter(({ alone }) => !alone), ...made.filter(({ alone }) => alone)];
}

/** @param {string} file */
function nameOf(file) {
  return file.replace(/(\.isolated)?\.js$/, "");
}

/** @param {string} file */
function isIsolated(file) {
  return file.endsWith(".isolated.js");
}

/** @param {string} file */
function isAlone(file) {
  return isIsolated(file) && ALONE.includes(nameOf(file));
}
