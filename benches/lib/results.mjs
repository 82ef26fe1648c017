import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";
import { goalOf } from "./goals.mjs";
import { ratioOf, summary } from "./statistics.mjs";

const require = createRequire(import.meta.url);
const { CASES } = require("../cases.js");
const { RIVALS } = require("../rivals.js");
const [OURS, ...OTHERS] = RIVALS;

/** Puts what the app reports together. */
export class Results {
  constructor(options) {
    this.options = options;
    this.runtime = {};
    this.cannot = {};
    this.samples = {};
    this.faults = {};
  }

  hear({ type, id, rival, ...report }) {
    if (type === "runtime") this.runtime = report;
    else if (type === "cannot") this.cannot[rival] = report.why;
    else if (type === "fault") this.faults[key(id, rival)] = report.error;
    else if (type === "sample") {
      const name = key(id, rival);
      this.samples[name] = [...(this.samples[name] ?? []), report.value];
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
      cases: cases.map((each) => this.#case(each, major)),
    };
  }

  #case({ id, title, unit, n, smoke }, major) {
    const rivals = Object.fromEntries(RIVALS.map((rival) => [rival, this.#measured(id, rival)]));
    const ratios = this.options.smoke ? {} : this.#ratios(id, rivals, major);
    return { id, title, unit, n: this.options.smoke ? smoke : n, rivals, ratios };
  }

  /** Numbers only where no round failed. */
  #measured(id, rival) {
    const name = key(id, rival);
    if (this.cannot[rival]) return { cannot: this.cannot[rival] };
    if (this.faults[name]) return { failed: this.faults[name] };
    const rounds = this.samples[name];
    return rounds ? summary(rounds) : { failed: "no sample was reported" };
  }

  #ratios(id, rivals, major) {
    const ours = rivals[OURS];
    const able = OTHERS.filter((rival) => ours.rounds && rivals[rival].rounds);
    const entries = able.map((rival) => {
      const goal = goalOf(id, rival, major);
      return [rival, { ...ratioOf(ours.rounds, rivals[rival].rounds), goal }];
    });
    return Object.fromEntries(entries);
  }
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
