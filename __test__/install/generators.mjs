// Not a test: runs the programs that make projects, and answers what they ask.
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

/** Has an `npm` that installs nothing. */
const STAND_INS = fileURLToPath(new URL("generators", import.meta.url));
/** A generator that asks what has no answer here would wait for ever. */
const PATIENCE_MS = 120_000;

/**
 * Runs a generator in a folder. `answers` are pairs of a question, as a pattern, and what is typed.
 * @param {string} script
 * @param {string[]} args
 * @param {string} cwd
 * @param {[RegExp, string][]} [answers]
 */
export async function runGenerator(script, args, cwd, answers = []) {
  const env = { ...withoutNpm(), PATH: [STAND_INS, process.env.PATH].join(delimiter) };
  const child = spawn(process.execPath, [script, ...args], { cwd, env, timeout: PATIENCE_MS });
  const open = [...answers];
  let output = "";
  const read = (text) => {
    output += text;
    while (open[0]?.[0].test(output)) child.stdin.write(open.shift()[1]);
    // Some generators wait for the end of what is typed.
    if (open.length === 0) child.stdin.end();
  };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", read);
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output}`);
}

/** The environment without what an npm that started the tests has set: that is about the checkout. */
export function withoutNpm() {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return Object.fromEntries(own);
}
