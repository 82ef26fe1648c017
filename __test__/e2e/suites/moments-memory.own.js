/**
 * Windows open and close, again and again: what they leave behind. Its own process, so that
 * nothing else moves its memory. The whole run: E2E_CYCLES=1000, and
 * E2E_FIGURES=<a file> for its figures.
 */
const { BrowserWindow } = require("electron");
const sy = require("electron-switchyard");
const { fs, path, v8, vm } = require("../node");
const { ISOLATED } = require("../kinds");
const { hop } = require("../time");

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");

const CYCLES = Number(process.env.E2E_CYCLES || 150);
const THIRD = Math.ceil(CYCLES / 3);
const PAGE = path.join(__dirname, "..", "pages", "echo.html");

const KIB = 1024;

/**
 * In bytes per window. In 1,000 of them main's heap grew by 235 each in Electron 22 and by 3,623 in
 * Electron 9, which keeps each window's WebContents for good: 2,570 without this package. The
 * process grew by -3 KiB and 9 KiB each; in the shorter run it swings more.
 */
const isOld = Number(process.versions.electron.split(".")[0]) < 10;
const MOST = { heap: isOld ? 6 * KIB : 3 * KIB, external: KIB, resident: 256 * KIB };

/** Windows whose message main waits to hear of, by its number. */
const waiting = new Map();

/** One window's life: it gets a message, asks main, is answered, and closes. */
async function cycle(n) {
  const name = n % 2 ? "odd" : "even";
  const window = sy.createWindow(name, { show: false, ...ISOLATED.options() });
  const told = new Promise((resolve) => waiting.set(n, resolve));
  sy.sendMsgToRender(name, { n, bytes: new Uint8Array(64) });
  await window.loadFile(PAGE);
  await told;
  await hop();
  // Comes, or is given up when it closes.
  sy.sendMsgToRender(name, { n });
  const closed = new Promise((resolve) => window.once("closed", resolve));
  window.close();
  await closed;
  await hop();
}

/** Answers a page that tells of its message. */
function answer(_event, { msg }) {
  const told = waiting.get(msg.n);
  waiting.delete(msg.n);
  if (told) told();
  return { answer: msg };
}

async function measured(t) {
  // What Chromium does behind a closed window takes its time.
  await t.sleep(300);
  for (let i = 0; i < 3; i++) {
    collect();
    await t.sleep(20);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed, external, resident: rss };
}

/** In bytes per cycle, from the end of the first third to that of the last. */
function growth(from, to) {
  const per = (key) => Math.round((to[key] - from[key]) / (2 * THIRD));
  return { heap: per("heap"), external: per("external"), resident: per("resident") };
}

function law() {
  return async (t) => {
    t.handle(answer);
    const figures = [];
    for (let third = 0; third < 3; third++) {
      for (let i = 0; i < THIRD; i++) await cycle(third * THIRD + i);
      figures.push(await measured(t));
    }
    const grown = growth(figures[0], figures[2]);
    const text = JSON.stringify({ figures, grown });
    if (process.env.E2E_FIGURES) fs.appendFileSync(process.env.E2E_FIGURES, `${text}\n`);
    t.assert.deepEqual(sy.stats().windows, {});
    t.assert.equal(sy.stats().total.queued, 0);
    t.assert.equal(sy.stats().total.queuedBytes, 0);
    t.assert.deepEqual(sy.getAllWindows(), []);
    t.assert.deepEqual(BrowserWindow.getAllWindows(), []);
    t.assert.ok(grown.heap < MOST.heap, `main's heap grows: ${text}`);
    t.assert.ok(grown.external < MOST.external, `memory outside main's heap grows: ${text}`);
    t.assert.ok(grown.resident < MOST.resident, `main's process grows: ${text}`);
  };
}

module.exports = {
  [`${3 * THIRD} windows that open, talk and close leave nothing behind`]: Object.assign(law(), {
    timeout: 170000,
  }),
};
