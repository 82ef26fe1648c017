/** The Electrons that wheels bring: the oldest that is supported, and the usual one. */
export const USUAL_MAJORS = [22, 9];

/**
 * The Electrons that the tests run in. ELECTRON_MAJORS names others, as in `39,22`, or says
 * `installed`: whichever is found first, in node_modules say.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {(number | undefined)[]} undefined stands for whichever is installed.
 */
export function electronMajors({ ELECTRON_MAJORS: text } = process.env) {
  if (!text) return USUAL_MAJORS;
  if (text === "installed") return [undefined];
  return text.split(",").map((each) => {
    if (/^[1-9]\d*$/.test(each)) return Number(each);
    const right = "major versions with commas between, such as 22,9, or the word installed";
    throw new Error(`ELECTRON_MAJORS is ${JSON.stringify(text)}; it must be ${right}`);
  });
}

/**
 * Those of a test's own Electrons that are wanted now; the installed one serves any test.
 * @param {readonly number[]} majors
 * @param {NodeJS.ProcessEnv} [env]
 */
export function wantedMajors(majors, env = process.env) {
  return electronMajors(env).filter((major) => major === undefined || majors.includes(major));
}
