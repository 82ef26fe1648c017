const { show } = require("../shared/show");
const { messageSteps } = require("./steps/messages");
const { prokitSteps } = require("./steps/prokit");
const { refusalSteps } = require("./steps/refusals");
const { requestSteps } = require("./steps/requests");
const { serviceSteps } = require("./steps/services");
const { startSteps } = require("./steps/start");
const { topicSteps } = require("./steps/topics");
const { windowSteps } = require("./steps/windows");

/**
 * A step of the tour.
 *   route   which process the call is made in, and which one it reaches
 *   call    the call, as one would write it
 *   run     makes it; its outcome is a text, of values as show() has them
 *   expect  the documented outcome: the whole text, or what it must match
 */
const PARTS = [
  startSteps,
  windowSteps,
  messageSteps,
  requestSteps,
  serviceSteps,
  topicSteps,
  refusalSteps,
  prokitSteps,
];

/** Makes every call once and prints how it went, a line each. */
async function runTour(stage) {
  const steps = PARTS.reduce((all, part) => all.concat(part(stage)), []);
  let good = 0;
  for (const step of steps) {
    const outcome = await outcomeOf(step, stage);
    console.log(line(step, outcome));
    if (outcome.ok) good++;
  }
  const ok = good === steps.length;
  console.log(
    `${good} of ${steps.length} calls answered as documented ` +
      `(Electron ${process.versions.electron}, Chrome ${process.versions.chrome})`,
  );
  return { ok, text: `${good} of ${steps.length} calls as documented` };
}

async function outcomeOf(step, stage) {
  try {
    if (!step.first) await stage.clear();
    const got = await step.run();
    return { got, ok: step.expect instanceof RegExp ? step.expect.test(got) : got === step.expect };
  } catch (error) {
    return { got: show(error), ok: false };
  }
}

function line({ route, call, expect }, { ok, got }) {
  const start = `${ok ? "ok  " : "FAIL"} ${route.padEnd(32)} ${call}`;
  return ok ? `${start} -> ${got}` : `${start}\n     expected ${expect}\n     got      ${got}`;
}

exports.runTour = runTour;
