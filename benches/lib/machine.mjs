import { spawnSync } from "node:child_process";
import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";
import { ROOT } from "../../scripts/lib/root.mjs";

/** Where and when it was measured, and what. */
export function describeMachine(command, loadBefore) {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    commit: commit(),
    command,
    cpu: `${processors[0].model.trim()}, ${processors.length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${platform()} ${release()} ${arch()}`,
    load: { before: loadBefore, after: load() },
  };
}

/** How many processes wanted a CPU in the last minute: ours, and others that disturbed. */
export function load() {
  return Number(loadavg()[0].toFixed(2));
}

/** With a "+" where the checkout differs from it. */
function commit() {
  const name = git("rev-parse", "--short", "HEAD");
  return git("status", "--porcelain", "--", ":!benches/results") ? `${name}+` : name;
}

function git(...args) {
  const { stdout, status } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  return status === 0 ? stdout.trim() : "unknown";
}
