/** An app of one rival and one window, whose page asks as soon as it has loaded; then it ends. */
const { app } = require("electron");
const { fineClocks } = require("../clock");
const { Line } = require("../line");
const { MAKERS } = require("../makers");
const { path } = require("../node");
const { options, report, run } = require("../report");
const { within } = require("../time");

const TIMEOUT = 60_000;

app.setPath("userData", path.join(__dirname, "user-data"));

const { id, rival } = options();

run(async () => {
  fineClocks();
  const line = new Line(rival, MAKERS[rival](), { first: "small" });
  const { cannot, cannotFirst = cannot } = line.rival;
  if (cannotFirst) return report({ type: "cannot", id, rival, why: cannotFirst });
  try {
    report({ type: "sample", id, rival, value: await within(TIMEOUT, firstOf(line)) });
  } catch (error) {
    report({ type: "fault", id, rival, error: String(error.stack) });
  }
});

/** In milliseconds. */
async function firstOf(line) {
  line.start();
  await line.have(["a"]);
  return line.page("a", "first");
}
