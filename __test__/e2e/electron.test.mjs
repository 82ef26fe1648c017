import { readdir } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { electronMajors } from "../../scripts/lib/electron-majors.mjs";
import { prepareApp } from "./lib/prepare.mjs";
import { runSuites } from "./lib/run.mjs";

const SUITES = fileURLToPath(new URL("suites", import.meta.url));
/** For work on a few: E2E_SUITES=windows,order and ELECTRON_MAJORS=22. */
const wanted = (process.env.E2E_SUITES ?? "").split(",").filter(Boolean);

const app = await prepareApp();
after(app.remove);

for (const major of electronMajors()) {
  test(`Electron ${major ?? "installed"}`, async (t) => {
    const runtime = await electronRuntime(major);
    for (const suites of await processes()) await reportAll(t, runtime, suites);
  });
}

/** One subtest for each test inside; one more where the process itself went wrong. */
async function reportAll(t, runtime, suites) {
  const major = Number.parseInt(runtime.version, 10);
  for await (const { name, error } of runSuites(runtime, app.folder, suites)) {
    await t.test(`Electron ${major}: ${name}`, () => {
      if (error !== undefined) throw failure(error);
    });
  }
}

/** The text says where in the suite it was; our own stack would say nothing. */
function failure(text) {
  return Object.assign(new Error(text), { stack: text });
}

/** Which suites share a process: all but those that need a fresh one. */
async function processes() {
  const files = (await readdir(SUITES)).filter(isWanted).sort();
  const own = files.filter((file) => file.endsWith(".own.js"));
  const common = files.filter((file) => !own.includes(file));
  return [common, ...own.map((file) => [file])].filter((suites) => suites.length > 0);
}

function isWanted(file) {
  return wanted.length === 0 || wanted.includes(file.replace(/(\.own)?\.js$/, ""));
}
