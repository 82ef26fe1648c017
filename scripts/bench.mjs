// Measures this package and its rivals, side by side in one Electron. See benches/cases.js.
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "../benches/lib/chart.mjs";
import { missedGoals } from "../benches/lib/goals.mjs";
import { describeMachine, load } from "../benches/lib/machine.mjs";
import { failures, Results } from "../benches/lib/results.mjs";
import { runApp } from "../benches/lib/run.mjs";
import { table } from "../benches/lib/table.mjs";
import { ensureDebianPackages } from "./lib/debian.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { ensureNodeModules } from "./lib/node-modules.mjs";
import { ROOT } from "./lib/root.mjs";
import { log } from "./lib/run.mjs";

const { CASES } = createRequire(import.meta.url)("../benches/cases.js");
const IDS = CASES.map(({ id }) => id);

const USAGE = `usage: npm run bench -- [--electron 9|22] [--rounds N] [--cases a,b] [--check | --smoke] [--out DIR]

  --electron  which Electron; default 22
  --rounds    how often each rival is measured in each case, in turn; default 5
  --cases     only these of ${IDS.join(", ")}
  --check     exit with 1 where a goal is missed by more than 15 %
  --smoke     one short round, to see that all cases run: no ratios; exit with 1 where one does not
  --out       where to write the JSON and the chart; default benches/results, and target/bench
              where not all cases were measured`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      electron: { type: "string", default: "22" },
      rounds: { type: "string", default: "5" },
      cases: { type: "string" },
      check: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  const { electron, check, smoke } = values;
  if (!["9", "22"].includes(electron)) throw new Error(`--electron is 9 or 22, not ${electron}`);
  if (check && smoke) throw new Error("--check and --smoke exclude each other");
  const rounds = smoke ? 1 : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds is a number from 1 up");
  const cases = values.cases?.split(",") ?? IDS;
  const unknown = cases.filter((id) => !IDS.includes(id));
  if (unknown.length > 0) throw new Error(`there is no case ${unknown.join(", ")}`);
  const whole = !smoke && cases.length === IDS.length;
  const usual = whole ? join(ROOT, "benches", "results") : join(ROOT, "target", "bench");
  const out = values.out ? resolve(values.out) : usual;
  return { electron: Number(electron), rounds, cases, check, smoke, out };
}

async function measure({ electron, rounds, cases, smoke }) {
  await ensureNodeModules();
  await ensureDebianPackages();
  const runtime = await electronRuntime(electron);
  // These need the node modules.
  const { build } = await import("./lib/build.mjs");
  const { prepareApp } = await import("../benches/lib/prepare.mjs");
  await build();
  log(`${cases.length} cases, ${rounds} rounds, in Electron ${runtime.version}`);
  const results = new Results({ rounds, cases, smoke });
  const loadBefore = load();
  const app = await prepareApp();
  try {
    await runApp(runtime, app.folder, { rounds, cases, smoke }, (report) => {
      if (report.type === "case") log(CASES.find(({ id }) => id === report.id).title);
      results.hear(report);
    });
  } finally {
    await app.remove();
  }
  return results.whole(describeMachine(commandLine(), loadBefore));
}

function commandLine() {
  return ["npm run bench --", ...process.argv.slice(2)].join(" ");
}

async function write(results, out, electron) {
  const file = join(out, `electron-${electron}`);
  await mkdir(out, { recursive: true });
  await writeFile(`${file}.json`, `${JSON.stringify(results, null, 2)}\n`);
  if (!results.smoke) await writeFile(`${file}.svg`, chart(results));
  log(`${file}.json${results.smoke ? "" : " and .svg"}`);
}

async function main(options) {
  const results = await measure(options);
  console.log(`\n${table(results)}\n`);
  await write(results, options.out, options.electron);
  const failed = failures(results);
  for (const each of failed) console.error(`did not run: ${each}`);
  const missed = options.check ? missedGoals(results) : [];
  for (const each of missed) console.error(`goal missed: ${each}`);
  return failed.length === 0 && missed.length === 0;
}

let options;
try {
  options = readOptions();
} catch (error) {
  console.error(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
  process.exit(2);
}

try {
  process.exitCode = (await main(options)) ? 0 : 1;
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
