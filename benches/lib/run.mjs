import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { electronCommand, isNoise } from "../../scripts/lib/launch.mjs";

const PREFIX = "@@switchyard-bench ";
/** Longer than any sample may take: only an app that hangs is silent for so long. */
const SILENCE = 300_000;
// V8's garbage is collected between samples, so that none pays for another's.
const FLAGS = ["--js-flags=--expose-gc"];

/**
 * Runs the app in an Electron.
 * @param {{ executable: string, version: string }} runtime
 * @param {string} folder
 * @param {object} options for the app, which knows them.
 * @param {(report: any) => void} hear gets each report of the app.
 */
export async function runApp(runtime, folder, options, hear) {
  const appArgs = [...FLAGS, `--bench=${JSON.stringify(options)}`];
  const { command, args, env } = electronCommand(runtime, folder, appArgs);
  // In a group of its own, which can be killed whole: xvfb-run, Xvfb and Electron's processes.
  const child = spawn(command, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => killGroup(child);
  const interrupted = () => {
    stop();
    process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupted);
  const output = [];
  let ended = false;
  let timer = setTimeout(stop, SILENCE);
  const keep = (line) => {
    if (line !== "" && !isNoise(line)) output.push(line);
  };
  createInterface({ input: child.stderr }).on("line", keep);
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith(PREFIX)) return keep(line);
    clearTimeout(timer);
    timer = setTimeout(stop, SILENCE);
    const report = JSON.parse(line.slice(PREFIX.length));
    if (report.type === "end") ended = true;
    else if (report.type === "broken") keep(report.error);
    else hear(report);
  });
  const how = await ending(child);
  clearTimeout(timer);
  stop();
  for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupted);
  if (!ended) throw new Error([`Electron ended with ${how}`, ...output.slice(-40)].join("\n"));
}

function ending(child) {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

function killGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}
