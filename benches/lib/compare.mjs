// Runs the cases that compare this package with its rivals, each in its app. See benches/cases.js.
import { createRequire } from "node:module";
import { prepareFew, prepareFirst, prepareMany, withApp } from "./prepare.mjs";
import { runApp } from "./run.mjs";

const require = createRequire(import.meta.url);
const { CASES } = require("../cases.js");
const { rotated } = require("../app/rotated.js");

/**
 * @param {{ executable: string, version: string }} runtime
 * @param {{ rounds: number, cases: string[], smoke: boolean }} options
 * @param {(report: any) => void} listen gets each report of the apps.
 */
export async function compare(runtime, options, listen) {
  const run = (folder, appOptions) => runApp(runtime, folder, appOptions, listen);
  for (const [app, measure] of Object.entries(APPS)) {
    const cases = CASES.filter((each) => each.app === app && options.cases.includes(each.id));
    if (cases.length > 0) await measure(cases, options, run, listen);
  }
}

const APPS = {
  many: (cases, { rounds, smoke }, run) =>
    withApp(prepareMany, (folder) => run(folder, { rounds, smoke, cases: cases.map(idOf) })),

  few: (cases, { rounds, smoke }, run) =>
    withApp(prepareFew, async (folder) => {
      for (const { id } of cases) await run(folder, { rounds, smoke, cases: [id] });
    }),

  first: (cases, options, run, listen) =>
    withApp(prepareFirst, async (folder) => {
      for (const each of cases) {
        listen({ type: "case", id: each.id });
        for (const rival of startsOf(each, options)) await run(folder, { id: each.id, rival });
      }
    }),
};

function idOf({ id }) {
  return id;
}

/**
 * The rivals that an app is started for, one start after the other.
 * @returns {string[]}
 */
export function startsOf({ rivals, rounds: least }, { rounds, smoke }) {
  const times = smoke ? 1 : Math.max(least, rounds);
  return Array.from({ length: times }, (_, round) => rotated(rivals, round)).flat();
}
