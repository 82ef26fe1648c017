// Runs what puts this package under pressure, in real windows. See benches/pressure.js.
import { createRequire } from "node:module";
import { preparePressure, prepareStart, withApp } from "./prepare.mjs";
import { runApp } from "./run.mjs";
import { median } from "./statistics.mjs";

const { GROUPS, SMOKE, WHOLE } = createRequire(import.meta.url)("../pressure.js");

/** What of it is measured in a process of its own, one for each time. */
const STARTS = "start";

/**
 * @param {{ executable: string, version: string }} runtime
 * @param {{ groups: string[], smoke: boolean }} options
 * @param {(group: string) => void} tell hears which is measured now.
 */
export async function measurePressure(runtime, { groups, smoke }, tell) {
  const results = new Pressure(tell);
  if (groups.includes(STARTS)) {
    tell(STARTS);
    const times = (smoke ? SMOKE : WHOLE).starts;
    await withApp(prepareStart, async (folder) => {
      for (let i = 0; i < times; i++) await runApp(runtime, folder, {}, (it) => results.hear(it));
    });
  }
  if (groups.some((group) => group !== STARTS)) {
    await withApp(preparePressure, (folder) =>
      runApp(runtime, folder, { groups, smoke }, (it) => results.hear(it)),
    );
  }
  return results.whole(groups);
}

/** Puts what the apps report together. */
class Pressure {
  constructor(tell) {
    this.tell = tell;
    this.runtime = {};
    this.values = {};
    this.faults = {};
  }

  hear({ type, id, group, ...report }) {
    if (type === "runtime") this.runtime = report;
    else if (type === "group") this.tell(group);
    else if (type === "fault") this.faults[group] = report.error;
    else if (type === "measured") this.values[id] = [...(this.values[id] ?? []), report.value];
  }

  whole(groups) {
    const measures = Object.entries(GROUPS)
      .filter(([group]) => groups.includes(group))
      .flatMap(([group, each]) => each.map((measure) => this.#measured(group, measure)));
    return { ...this.runtime, measures };
  }

  #measured(group, { id, title, unit, limit }) {
    const values = this.values[id];
    const measured = values ? { value: median(values), values } : { failed: this.faults[group] };
    return { id, title, unit, limit, ...measured };
  }
}
