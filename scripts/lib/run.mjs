import { spawn } from "node:child_process";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeout] After so many milliseconds it is killed; never, if not given.
 * @property {boolean} [quiet] Keep the output back, and show it only if the command fails.
 */

/**
 * Says in one line which step begins.
 * @param {string} step
 */
export function log(step) {
  console.log(`> ${step}`);
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} [args]
 * @param {RunOptions} [options]
 * @returns {Promise<void>} Rejects, naming the command, unless it exits with 0.
 */
export function run(command, args = [], { cwd, env, timeout, quiet = false } = {}) {
  const shown = [command, ...args].join(" ");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      timeout,
      killSignal: "SIGKILL",
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      // Windows starts a .cmd file (npm is one) only through a shell.
      shell: command.endsWith(".cmd"),
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on("data", (chunk) => output.push(chunk));
    child.stderr?.on("data", (chunk) => output.push(chunk));
    child.on("error", (cause) =>
      reject(new Error(`${shown}: could not be started (${cause.message})`, { cause })),
    );
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new Error(`${shown}: ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
