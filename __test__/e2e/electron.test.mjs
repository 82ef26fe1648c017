// The suites in real windows, in each Electron: two processes at a time, whichever Electron they are
// of. A test here lasts as long as the test in Electron that it reports.
import { availableParallelism } from "node:os";
import { after, before, describe, test } from "node:test";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { electronMajors } from "../../scripts/lib/electron-majors.mjs";
import { jobs } from "./lib/jobs.mjs";
import { prepareApp } from "./lib/prepare.mjs";
import { runSuites } from "./lib/run.mjs";
import { Turns } from "./lib/turns.mjs";

/** For work on a few: E2E_SUITES=windows,order and ELECTRON_MAJORS=22. */
const wanted = (process.env.E2E_SUITES ?? "").split(",").filter(Boolean);

const MAJORS = electronMajors();
const turns = new Turns(Math.min(2, availableParallelism()));
const all = await jobs(wanted);

describe("in real windows", { concurrency: MAJORS.length }, () => {
  let app;
  before(async () => {
    app = await prepareApp();
  });
  after(() => app.remove());

  for (const major of MAJORS) {
    test(`Electron ${major ?? "installed"}`, async (t) => {
      const runtime = await electronRuntime(major);
      for (const job of all) await reportAll(t, runtime, job, app.folder);
    });
  }
});

/** One subtest for each test inside; one more where the process itself went wrong. */
async function reportAll(t, runtime, { suites, alone }, folder) {
  const giveBack = await turns.take({ alone });
  const major = Number.parseInt(runtime.version, 10);
  try {
    for await (const { name, ended } of runSuites(runtime, folder, suites)) {
      await t.test(`Electron ${major}: ${name}`, async () => {
        const error = await ended;
        if (error !== undefined) throw failure(error);
      });
    }
  } finally {
    giveBack();
  }
}

/** The text says where in the suite it was; our own stack would say nothing. */
function failure(text) {
  return Object.assign(new Error(text), { stack: text });
}
