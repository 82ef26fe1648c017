/** Measures this package under pressure, by the groups that the command line asks for. */
const { app } = require("electron");
// Before anything of the package is called.
const { idle } = require("./idle");
const measureIdle = idle();
const sy = require("electron-switchyard");
const { DEFAULTS, GROUPS, SMALL_QUEUE, SMOKE, WHOLE } = require("../../pressure");
const { path } = require("../node");
const { options, report, run } = require("../report");
const { within } = require("../time");
const { measureBlocked } = require("./blocked");
const { measureFairness } = require("./fairness");
const { measureFloodMain, measureFloodWindow } = require("./floods");

const TIMEOUT = 120_000;
const { groups, smoke } = options();
const sizes = smoke ? SMOKE : WHOLE;

const MEASURES = {
  idle: () => measureIdle(sizes.silence),
  blocked: () => measureBlocked(sizes.blocked, DEFAULTS, "reject"),
  "blocked-small": () => measureBlocked(sizes.blocked, SMALL_QUEUE, "drop-oldest"),
  "flood-main": () => measureFloodMain(sizes.flood),
  "flood-window": () => measureFloodWindow(sizes.flood),
  fairness: () => measureFairness(sizes.pings),
};

app.setPath("userData", path.join(__dirname, "user-data"));

run(async () => {
  for (const group of Object.keys(MEASURES)) {
    if (!groups.includes(group)) continue;
    report({ type: "group", group });
    sy.initIpc({ ...DEFAULTS, overflow: "reject" });
    try {
      const values = await within(TIMEOUT, MEASURES[group]());
      for (const { id, part } of GROUPS[group])
        report({ type: "measured", id, value: values[part] });
    } catch (error) {
      report({ type: "fault", group, error: String(error.stack) });
    }
  }
});
