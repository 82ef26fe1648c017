/** Runs the cases that the command line asks for, reports each sample, then exits. */
const { app } = require("electron");
const { CASES } = require("../cases");
const { RIVALS } = require("../rivals");
const { fineClocks } = require("./clock");
const { DRIVES, heardBy } = require("./drives");
const { Line } = require("./line");
const { MAKERS } = require("./makers");
const { path } = require("./node");
const { options, report, run } = require("./report");
const { runRounds } = require("./rounds");

app.setPath("userData", path.join(__dirname, "user-data"));

const { rounds, smoke, cases } = options();

run(async () => {
  fineClocks();
  const lines = startLines();
  for (const each of CASES.filter(({ id }) => cases.includes(id))) {
    await runCase(smoke ? { ...each, n: each.smoke } : each, lines);
  }
});

/** A rival that this Electron cannot have says so, and takes part in nothing. */
function startLines() {
  const lines = RIVALS.map((id) => new Line(id, MAKERS[id]()));
  for (const { id, rival } of lines) {
    if (rival.cannot) report({ type: "cannot", rival: id, why: rival.cannot });
  }
  const able = lines.filter(({ rival }) => !rival.cannot);
  for (const line of able) line.start();
  return able;
}

async function runCase(which, lines) {
  const [within, without] = [true, false].map((is) =>
    lines.filter(({ id }) => which.rivals.includes(id) === is),
  );
  for (const line of without) await line.have([]);
  return runRounds(
    which.id,
    within,
    { rounds, smoke },
    {
      open: (line) => line.have(which.windows),
      sample: (line) => DRIVES[which.drive](line, which),
      about: heardBy,
    },
  );
}
