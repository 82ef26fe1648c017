import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../lib/root.mjs";
import { wineCommand } from "./wine.mjs";

/** A tour takes 10 s on an idle machine. */
const TOUR_SECONDS = 120;

/** How much of a tour that went wrong is shown, in lines. */
const MAX_LINES = 100;

/**
 * Starts the demo, or another app folder or a packaged app, and waits for the end of its tour.
 * @param {import("./electrons.mjs").WindowsElectron} electron
 * @param {{ folder?: string, env?: NodeJS.ProcessEnv }} app Without a folder, the app that the
 *   Electron was packaged with.
 * @returns {string} What it says of its calls. Throws unless each was answered as documented.
 */
export function tour({ version, executable }, { folder, env }) {
  const args = [...(folder ? [folder] : []), "--demo-exit"];
  const { command, args: all, env: whole } = wineCommand(executable, args, TOUR_SECONDS, env);
  const { status, stdout, stderr } = spawnSync(command, all, {
    cwd: ROOT,
    env: whole,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const said = /^.*calls answered.*$/m.exec(stdout)?.[0];
  if (status === 0 && said) return said.trim();
  // Each call that was answered as documented has a line that begins so.
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line && !/^ok /.test(line));
  const shown = lines.slice(-MAX_LINES).join("\n");
  throw new Error(`Electron ${version} for Windows: the tour ended with ${status}\n${shown}`);
}

export const DEMO = join(ROOT, "demo");
