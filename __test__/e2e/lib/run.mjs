import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { electronCommand, isNoise } from "../../../scripts/lib/launch.mjs";

const PREFIX = "@@switchyard-e2e ";
/**
 * What a process may take, in ms, where `runtime` does not say. The longest takes 160 s on two idle cores; each
 * test has its own limit, so this one is for a process that hangs.
 */
export const TIMEOUT_MS = 420_000;

/**
 * Runs suites in an Electron of their own; `runtime`: which, and by `launch` and `patience` (in ms)
 * how it is started and how long it may take, where that is not as usual.
 * @returns {AsyncGenerator<{ name: string, ended: Promise<string | undefined> }>} one for each
 * announced test, as soon as it is announced, and how it ended: with nothing, or with an error. A
 * test that the run did not come to, or that it died in, has the run's output as its error.
 */
export async function* runSuites(runtime, folder, suites) {
  const run = start(runtime, folder, suites);
  const tests = new Tests(run);
  for (const name of await tests.announced) yield { name, ended: tests.endOf(name) };
  const { whole, text } = await run.ended;
  const name = `the process of ${suites} ends well`;
  const planned = (await tests.announced).length > 0;
  if (!planned) yield { name, ended: Promise.resolve(`no test was announced\n${text}`) };
  else if (!whole && tests.allEnded()) yield { name, ended: Promise.resolve(text) };
}

/** The tests of a run: announced together, ended one by one. */
class Tests {
  #open = new Map();
  #ends = new Map();

  constructor(run) {
    this.announced = new Promise((resolve) => {
      this.#listen(run, resolve);
    });
  }

  endOf(name) {
    return this.#ends.get(name);
  }

  /** Whether each of them said how it ended. */
  allEnded() {
    return this.#open.size === 0;
  }

  async #listen(run, announce) {
    for await (const line of run.reports) {
      if (line.type === "plan") announce(this.#plan(line.names));
      else if (line.type === "result") this.#end(line);
    }
    const { text } = await run.ended;
    for (const end of this.#open.values()) end(text);
    announce([]);
  }

  #plan(names) {
    for (const name of names) {
      this.#ends.set(name, new Promise((resolve) => this.#open.set(name, resolve)));
    }
    return names;
  }

  #end({ name, error }) {
    const end = this.#open.get(name);
    this.#open.delete(name);
    end?.(error);
  }
}

/** Processes that must not outlive this one. */
const running = new Set();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    running.forEach(killGroup);
    process.exit(1);
  });
}

function start(runtime, folder, suites) {
  const { launch = electronCommand, patience = TIMEOUT_MS } = runtime;
  const { command, args, env } = launch(runtime, folder, [`--suites=${suites}`]);
  // In a group of its own, which can be killed whole: xvfb-run, Xvfb and Electron's processes.
  const child = spawn(command, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const output = [];
  let timedOut = false;
  let saidEnd = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, patience);
  const keep = (line) => {
    if (line !== "" && !isNoise(line)) output.push(line);
  };
  createInterface({ input: child.stderr }).on("line", keep);
  const ended = new Promise((resolve) => {
    child.on("error", (error) => output.push(String(error)));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      killGroup(child);
      running.delete(child);
      const how = timedOut
        ? `did not end within ${patience / 1000} s`
        : `ended with ${signal ?? code}`;
      resolve({ whole: saidEnd && code === 0, text: [`Electron ${how}`, ...output].join("\n") });
    });
  });
  return { reports: reports(child.stdout, keep, () => (saidEnd = true)), ended };
}

async function* reports(stdout, keep, end) {
  for await (const line of createInterface({ input: stdout })) {
    if (!line.startsWith(PREFIX)) {
      keep(line);
      continue;
    }
    const report = JSON.parse(line.slice(PREFIX.length));
    if (report.type === "end") end();
    else if (report.type === "broken") keep(report.error);
    else yield report;
  }
}

function killGroup(child) {
  try {
    // Windows has no process groups.
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is gone.
  }
}
