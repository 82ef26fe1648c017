// Not a test: starts an app in Electron.
import { spawn } from "node:child_process";
import { electronCommand, isNoise } from "../../scripts/lib/launch.mjs";

const PATIENCE_MS = 15_000;

/** What the app of `app/` reports. `open`: the page has Node and shares the preload's world. */
export const reportOf = ({ open = false, ownPreload = true } = {}) => ({
  answer: { answer: 42, asker: "left" },
  fromMain: { hello: "left" },
  echo: ["right", "Uint8Array", 1, 2],
  asked: ["Uint8Array", 6, 8],
  called: ["Uint8Array", 40, 42],
  fault: [true, "on purpose", "ERR_OF_APP"],
  refusal: "ERR_NOT_CLONEABLE",
  nodeInPage: open,
  seesPreload: open && ownPreload,
});

/**
 * Starts an app and waits for its end.
 * Resolves to its exit code, the result that it printed, and all else that it said.
 */
export function startApp(runtime, folder, extraEnv = {}, patienceMs = PATIENCE_MS) {
  const { command, args, env: plain } = electronCommand(runtime, folder);
  const env = { ...plain, ...extraEnv };
  // A group of its own, so that a virtual screen and helpers end with it.
  const child = spawn(command, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const impatience = setTimeout(() => process.kill(-child.pid, "SIGKILL"), patienceMs);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(impatience);
      resolve({ exit: code ?? signal, ...understood(output) });
    });
  });
}

function understood(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const result = lines.find((line) => line.startsWith("RESULT "));
  const said = lines.filter((line) => line !== result && !isNoise(line));
  return { result: result && JSON.parse(result.slice("RESULT ".length)), said };
}
