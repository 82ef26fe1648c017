// What an app's start is made of, and what an app with ten windows at rest weighs more with this package:
// node benches/weight.mjs [--electron N] [--runs N] [--setups A,B]. It measures dist/ as it was built last, on Linux.
import { parseArgs } from "node:util";
import { electronRuntime } from "../scripts/lib/electron.mjs";
import { namedMajor } from "../scripts/lib/electron-majors.mjs";
import { prepareStartParts, prepareWeight } from "./lib/prepare.mjs";
import { runApp } from "./lib/run.mjs";
import { median } from "./lib/statistics.mjs";

const { values } = parseArgs({
  options: {
    electron: { type: "string", default: "33" },
    runs: { type: "string", default: "5" },
    // The others are compared with the first. benches/app/weight/main.js has them.
    setups: { type: "string", default: "none,empty,expose,preload,page" },
  },
});
const runtime = await electronRuntime(namedMajor(values.electron));
const runs = Number(values.runs);

/** The values of each measure, of app after app. */
async function measured(prepare, options) {
  const found = options.map(() => ({}));
  const { folder, remove } = await prepare();
  try {
    for (let i = 0; i < runs * options.length; i++) {
      const each = found[i % options.length];
      await runApp(runtime, folder, options[i % options.length], ({ type, id, value }) => {
        if (type === "measured") each[id] = [...(each[id] ?? []), value];
      });
    }
  } finally {
    await remove();
  }
  return found;
}

const text = (all, digits) =>
  `${median(all).toFixed(digits)} (${Math.min(...all).toFixed(digits)} to ${Math.max(...all).toFixed(digits)})`;

const [parts] = await measured(prepareStartParts, [{}]);
for (const [id, all] of Object.entries(parts)) console.log(`start, ${id}: ${text(all, 2)} ms`);

const setups = values.setups.split(",");
const found = await measured(
  prepareWeight,
  setups.map((setup) => ({ setup })),
);
for (const id of Object.keys(found[0])) {
  const least = median(found[0][id]);
  for (const [i, all] of found.entries()) {
    const more = (median(all[id]) - least).toFixed(0);
    console.log(`${id}, ${setups[i]}: ${more} KiB more; ${text(all[id], 0)}`);
  }
}
