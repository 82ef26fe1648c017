import { carriedMajors, THIS_TARGET } from "./electron-carriers.mjs";

/** What the demo and the tests use, in the order in which an Electron is chosen where none is named. */
export const USUAL_MAJORS = [33, 22, 9];

/** CI runs the tests in windows in these too. */
const FURTHER_MAJORS = [27, 18];

/**
 * Those of some Electrons that a package carries for a platform.
 * @param {readonly number[]} majors
 * @param {string} target Such as linux-x64.
 */
function carried(majors, target) {
  return majors.filter((major) => carriedMajors(target).includes(major));
}

/**
 * The Electrons that the tests run in. ELECTRON_MAJORS names others, as in `39,22`, or says
 * `installed`: the one that is found first, in node_modules say. Where no package carries an
 * Electron for the platform, that is what is meant without it.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [target]
 * @returns {(number | undefined)[]} undefined stands for the installed one.
 */
export function electronMajors({ ELECTRON_MAJORS: text } = process.env, target = THIS_TARGET) {
  if (text === "installed") return [undefined];
  if (text) return listedMajors(text);
  const usual = carried(USUAL_MAJORS, target);
  return usual.length > 0 ? usual : [undefined];
}

/** @param {string} text ELECTRON_MAJORS. */
function listedMajors(text) {
  const majors = text.split(",");
  if (majors.every(isMajor)) return majors.map(Number);
  const right = "major versions with commas between, such as 33,22, or the word installed";
  throw new Error(`ELECTRON_MAJORS is ${JSON.stringify(text)}; it must be ${right}`);
}

/**
 * The Electrons that CI adds for the tests in windows; none where ELECTRON_MAJORS says which.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [target]
 */
export function furtherMajors({ ELECTRON_MAJORS: text } = process.env, target = THIS_TARGET) {
  return text ? [] : carried(FURTHER_MAJORS, target);
}

/**
 * Those of a test's own Electrons that are wanted now; the installed one serves any test.
 * @param {readonly number[]} majors
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [target]
 */
export function wantedMajors(majors, env = process.env, target = THIS_TARGET) {
  const wanted = electronMajors(env, target);
  return wanted.filter((major) => major === undefined || majors.includes(major));
}

/**
 * What a command line's --electron says. Which Electrons there are, electronRuntime finds out.
 * @param {string | undefined} text
 * @param {string} [target]
 */
export function namedMajor(text, target = THIS_TARGET) {
  if (text === undefined) return undefined;
  if (isMajor(text)) return Number(text);
  const known = carriedMajors(target);
  const listed = known.length > 0 ? `${known.join(", ")} or the one` : "the one";
  const right = `a major version: ${listed} that is installed`;
  throw new Error(`--electron is ${JSON.stringify(text)}; it must be ${right}`);
}

/** @param {string} text */
function isMajor(text) {
  return /^[1-9]\d*$/.test(text);
}
