import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";
import { goalOf } from "./goals.mjs";
import { median, ratioOf, ratioOfStarts, summary } from "./statistics.mjs";

const require = createRequire(import.meta.url);
const { CASES } = require("../cases.js");
const { PACKAGES, RIVALS } = require("../rivals.js");
const [OURS, ...OTHERS] = RIVALS;
/** What a sample of single messages has beside their mean. */
const BESIDE = ["p50", "p99", "cpu"];

/** Puts what the apps report together. */
export class Results {
  /** `options.today` is what benches/results has of the same Electron. */
  constructor(options) {
    this.options = options;
    this.runtime = {};
    /** By rival, or by case and rival. */
    this.cannot = {};
    this.samples = {};
    this.faults = {};
  }

  hear({ type, id, rival, ...report }) {
    if (type === "runtime") this.runtime = report;
    else if (type === "cannot") this.cannot[id ? key(id, rival) : rival] = report.why;
    else if (type === "fault") this.faults[key(id, rival)] = report.error;
    else if (type === "sample") {
      const name = key(id, rival);
      this.samples[name] = [...(this.samples[name] ?? []), report];
    }
  }

  /** @param {object} machine */
  whole(machine) {
    const major = Number.parseInt(this.runtime.electron, 10);
    const cases = CASES.filter(({ id }) => this.options.cases.includes(id));
    return {
      ...this.runtime,
      ...machine,
      rounds: this.options.rounds,
      smoke: this.options.smoke,
      packages: versions(),
      cases: cases.map((each) => this.#case(each, major)),
    };
  }

  #case(which, major) {
    const { id, title, unit, app, n, smoke } = which;
    const rivals = Object.fromEntries(RIVALS.map((rival) => [rival, this.#measured(which, rival)]));
    const ratios = this.options.smoke ? {} : this.#ratios(which, rivals, major);
    return { id, title, unit, app, n: this.options.smoke ? smoke : n, rivals, ratios };
  }

  /** Numbers only where no round failed. */
  #measured({ id, rivals }, rival) {
    const name = key(id, rival);
    if (!rivals.includes(rival)) return { absent: "the case is without it" };
    const cannot = this.cannot[rival] ?? this.cannot[name];
    if (cannot) return { cannot };
    if (this.faults[name]) return { failed: this.faults[name] };
    const samples = this.samples[name];
    return samples ? summaryOf(samples) : { failed: "no sample was reported" };
  }

  #ratios({ id, app }, rivals, major) {
    const compared = app === "first" ? ratioOfStarts : ratioOf;
    const ours = rivals[OURS];
    const able = OTHERS.filter((rival) => ours.rounds && rivals[rival].rounds);
    const entries = able.map((rival) => {
      const goal = goalOf(id, rival, major, this.options.today);
      return [rival, { ...compared(ours.rounds, rivals[rival].rounds), goal }];
    });
    return Object.fromEntries(entries);
  }
}

/** Of the packages that are measured beside this one, by rival. */
function versions() {
  const versionOf = (name) =>
    JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8")).version;
  const entries = Object.entries(PACKAGES).map(([rival, name]) => [rival, versionOf(name)]);
  return Object.fromEntries(entries);
}

function summaryOf(samples) {
  const beside = BESIDE.filter((part) => samples[0][part] !== undefined).map((part) => {
    const rounds = samples.map((sample) => sample[part]);
    return [part, { median: median(rounds), rounds }];
  });
  return { ...summary(samples.map(({ value }) => value)), ...Object.fromEntries(beside) };
}

function key(id, rival) {
  return `${id} ${rival}`;
}

/** What did not run, in sentences. */
export function failures({ cases }) {
  return cases.flatMap(({ id, rivals }) =>
    Object.entries(rivals)
      .filter(([, { failed }]) => failed)
      .map(([rival, { failed }]) => `${id}, ${rival}: ${failed}`),
  );
}

/** The comparisons that are kept in benches/results, those of the newest Electron first. */
export function comparisons() {
  const folder = join(ROOT, "benches", "results");
  const files = readdirSync(folder).filter((name) => /^electron-\d+\.json$/.test(name));
  const all = files.map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  return all.sort((a, b) => Number.parseInt(b.electron, 10) - Number.parseInt(a.electron, 10));
}

/**
 * What is kept of an Electron; undefined where nothing is.
 * @param {number} major
 */
export function keptOf(major) {
  return comparisons().find(({ electron }) => Number.parseInt(electron, 10) === major);
}
