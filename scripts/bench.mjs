// Measures this package: beside its rivals (benches/cases.js), under pressure (benches/pressure.js),
// its router alone (benches/router.rs), and the instructions of a single record (benches/instructions).
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "../benches/lib/chart.mjs";
import { goalsTable, missedGoals } from "../benches/lib/goals.mjs";
import { measureInstructions } from "../benches/lib/instructions.mjs";
import { limitsTable, missedLimits, notMeasured } from "../benches/lib/limits.mjs";
import { describeMachine, load } from "../benches/lib/machine.mjs";
import { readmeTable, speedTables, withFigures } from "../benches/lib/readme.mjs";
import { comparisons, failures, keptOf, Results } from "../benches/lib/results.mjs";
import { measureRust } from "../benches/lib/rust.mjs";
import { SIDE_BY_SIDE, sideBySide } from "../benches/lib/side-by-side.mjs";
import { provenance, table } from "../benches/lib/table.mjs";
import { runCommand } from "./lib/command.mjs";
import { ensureDebianPackages } from "./lib/debian.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { namedMajor } from "./lib/electron-majors.mjs";
import { ensureNodeModules } from "./lib/node-modules.mjs";
import { ROOT } from "./lib/root.mjs";
import { log } from "./lib/run.mjs";

const require = createRequire(import.meta.url);
const { CASES } = require("../benches/cases.js");
const { GROUPS } = require("../benches/pressure.js");
const IDS = CASES.map(({ id }) => id);
const GROUP_IDS = Object.keys(GROUPS);

const USAGE = `usage: npm run bench -- [--electron N] [--rounds N] [--cases a,b] [--check | --smoke] [--out DIR]
       npm run bench -- --pressure [--electron N] [--cases a,b] [--check | --smoke] [--out DIR]
       npm run bench -- --rust [--check] [--out DIR]
       npm run bench -- --instructions [--dist DIR] [--out DIR]
       npm run bench -- --readme

  Without --pressure, --rust or --instructions this package is compared with its rivals.

  --pressure  what pages that stand still, floods, the start and silence cost; each with its limit
  --rust      what a record costs in the router alone, in time and memory; each with its limit
  --instructions
              how many instructions a record takes that is alone, in Node under valgrind
  --dist      the build of which they are counted; default dist, as it was built last
  --readme    writes the figures in README.md and docs/speed.md and the picture of two Electrons side
              by side anew, of the comparisons in benches/results
  --electron  which Electron, by its major version; default 33
  --rounds    how often each rival is measured in each case, in turn; default 5; before these go
              three rounds that are not reported; the first request of an app is measured in as
              many starts of it, but in 9 at least
  --cases     only these of ${IDS.join(", ")};
              with --pressure of ${GROUP_IDS.join(", ")}
  --check     prints each goal with its figure, and exits with 1 where one is missed: a share of
              what one writes by hand when it is above its goal, any other goal or limit when it is
              more than 15 % above it
  --smoke     one short round, to see that all cases run: nothing is judged; exit with 1 where one
              does not
  --out       where to write the JSON and the chart; default benches/results, and target/bench
              where not all cases were measured`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      electron: { type: "string", default: "33" },
      rounds: { type: "string", default: "5" },
      cases: { type: "string" },
      pressure: { type: "boolean", default: false },
      rust: { type: "boolean", default: false },
      instructions: { type: "boolean", default: false },
      dist: { type: "string" },
      readme: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  const { electron, check, smoke, pressure, rust, instructions, readme } = values;
  if (readme && Object.values(values).filter((each) => each === true).length > 1) {
    throw new Error("--readme goes alone: it measures nothing");
  }
  if (check && smoke) throw new Error("--check and --smoke exclude each other");
  if ([pressure, rust, instructions].filter(Boolean).length > 1) {
    throw new Error("--pressure, --rust and --instructions exclude each other");
  }
  if (instructions && (check || smoke || values.cases)) {
    throw new Error("--instructions counts all there is, and judges nothing");
  }
  if (rust && (smoke || values.cases)) throw new Error("--rust measures all there is");
  const rounds = smoke ? 1 : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds is a number from 1 up");
  const known = pressure ? GROUP_IDS : IDS;
  const cases = values.cases?.split(",") ?? known;
  const unknown = cases.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new Error(`there is no case ${unknown.join(", ")}`);
  const whole = !smoke && cases.length === known.length;
  const usual = whole ? join(ROOT, "benches", "results") : join(ROOT, "target", "bench");
  const out = values.out ? resolve(values.out) : usual;
  const runs = [
    [readme, intoReadme],
    [pressure, underPressure],
    [rust, inRust],
    [instructions, inNode],
    [true, compared],
  ];
  const [, run] = runs.find(([isAsked]) => isAsked);
  const dist = resolve(values.dist ?? join(ROOT, "dist"));
  return { run, dist, electron: namedMajor(electron), rounds, cases, check, smoke, out };
}

/** An Electron to measure in, with all built that it needs. */
async function prepare(electron) {
  await ensureNodeModules();
  await ensureDebianPackages();
  const runtime = await electronRuntime(electron);
  // It needs the node modules.
  const { build } = await import("./lib/build.mjs");
  await build();
  return runtime;
}

async function measure({ electron, rounds, cases, smoke }, today) {
  const runtime = await prepare(electron);
  // It needs the node modules.
  const { compare } = await import("../benches/lib/compare.mjs");
  log(`${cases.length} cases, ${rounds} rounds, in Electron ${runtime.version}`);
  const results = new Results({ rounds, cases, smoke, today });
  const loadBefore = load();
  await compare(runtime, { rounds, cases, smoke }, (report) => {
    if (report.type === "case") log(CASES.find(({ id }) => id === report.id).title);
    results.hear(report);
  });
  return results.whole(describeMachine(commandLine(), loadBefore));
}

function commandLine() {
  return ["npm run bench --", ...process.argv.slice(2)].join(" ");
}

async function write(results, out, name, picture) {
  const file = join(out, name);
  await mkdir(out, { recursive: true });
  await writeFile(`${file}.json`, `${JSON.stringify(results, null, 2)}\n`);
  if (picture) await writeFile(`${file}.svg`, picture);
  log(`${file}.json${picture ? " and .svg" : ""}`);
}

/** Says what went wrong; whether nothing did. */
function verdict(failed, missed) {
  for (const each of failed) console.error(`did not run: ${each}`);
  for (const each of missed) console.error(`goal missed: ${each}`);
  return failed.length === 0 && missed.length === 0;
}

async function compared(options) {
  // A whole run writes its own results there.
  const today = keptOf(options.electron);
  const results = await measure(options, today);
  console.log(`\n${table(results)}\n`);
  if (options.check) console.log(`${goalsTable(results, today)}\n`);
  const picture = results.smoke ? undefined : chart(results);
  await write(results, options.out, `electron-${options.electron}`, picture);
  return verdict(failures(results), options.check ? missedGoals(results, today) : []);
}

async function underPressure(options) {
  const { electron, cases: groups, smoke } = options;
  const runtime = await prepare(electron);
  const { measurePressure } = await import("../benches/lib/pressure.mjs");
  const loadBefore = load();
  const measured = await measurePressure(runtime, { groups, smoke }, (group) => log(group));
  return judged(measured, loadBefore, `pressure-electron-${electron}`, options);
}

async function inRust(options) {
  const loadBefore = load();
  return judged({ measures: await measureRust() }, loadBefore, "router", options);
}

async function inNode(options) {
  const loadBefore = load();
  const measures = measureInstructions(options.dist);
  return judged({ measures, node: process.version }, loadBefore, "instructions", options);
}

/** What was measured last in each Electron, the newest first. */
async function intoReadme() {
  const all = comparisons();
  await putFigures("README.md", readmeTable(all));
  await putFigures(join("docs", "speed.md"), speedTables(all));
  await writeFile(join(ROOT, "benches", "results", SIDE_BY_SIDE), sideBySide(all));
  return true;
}

async function putFigures(document, figures) {
  const file = join(ROOT, document);
  await writeFile(file, withFigures(await readFile(file, "utf8"), figures));
}

/** Prints and writes values with limits, and judges them if it is to. */
async function judged(measured, loadBefore, name, { check, smoke, out }) {
  const results = { ...measured, smoke, ...describeMachine(commandLine(), loadBefore) };
  const { measures } = results;
  console.log(`\n${limitsTable(measures, { smoke })}\n\n${provenance(results)}\n`);
  await write(results, out, name);
  return verdict(notMeasured(measures), check ? missedLimits(measures) : []);
}

await runCommand(readOptions, USAGE, async (options) => ((await options.run(options)) ? 0 : 1));
