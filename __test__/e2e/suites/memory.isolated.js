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
const PAGE = path.join(__dirname, "..", "pages", "cycle.html");

const KIB = 1024;

/**
 * In bytes per window. In 1,000 of them main's heap grew by 489 each in Electron 22 and by 2,944 in
 * Electron 9, which keeps each window's WebContents for good: 2,570 without this package. The
 * process grew by 17 KiB and 15 KiB each, and about the same without the calls; in the shorter run
 * it swings more, and main's heap grew by up to 3,561 in Electron 27 and 3,117 in 22.
 */
const MOST = { heap: 6 * KIB, external: KIB, resident: 256 * KIB };

/** Who waits to hear of something, by what it is. */
const waiting = new Map();

function hear(what) {
  return new Promise((resolve) => waiting.set(what, resolve));
}

function heard(what) {
  const resolve = waiting.get(what);
  waiting.delete(what);
  if (resolve) resolve();
}

/** One window's life: messages, requests and calls that end and that do not, and then it closes. */
async function cycle(n, ends) {
  const name = n % 2 ? "odd" : "even";
  const window = sy.createWindow(name, { show: false, ...ISOLATED.options() });
  const end = (call) => call.catch(({ code, reason }) => ends.push(reason || code));
  const all = Promise.all([`told ${n}`, `called ${n}`, "aborted"].map(hear));
  sy.sendMsgToRender(name, { n, bytes: new Uint8Array(64) });
  end(sy.callRender(name, n));
  await window.loadFile(PAGE);
  await all;
  await end(sy.callRender(name, "waits too long", { timeoutMs: 1 }));
  await hop();
  // Come, or are given up when it closes; the call waits until then, as the first one does.
  sy.sendMsgToRender(name, { n });
  end(sy.callRender(name, "waits"));
  const closed = new Promise((resolve) => window.once("closed", resolve));
  window.close();
  await closed;
  await hop();
}

/** Answers what a page tells, and not what it gives up. */
function answer({ signal }, { told, called, open }) {
  if (open) return new Promise((resolve) => signal.addEventListener("abort", resolve)).then(gaveUp);
  heard(told ? `told ${told.n}` : `called ${called}`);
  return { answer: told };
}

function gaveUp() {
  heard("aborted");
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

/**
 * In bytes per cycle: the lesser growth of the second third and the last. What each window leaves
 * behind is in both; code that V8 compiles one day, 300 KiB on a busy machine, is in one.
 */
function growth([first, second, last]) {
  const least = (key) => Math.min(second[key] - first[key], last[key] - second[key]);
  const per = (key) => Math.round(least(key) / THIRD);
  return { heap: per("heap"), external: per("external"), resident: per("resident") };
}

function law() {
  return async (t) => {
    t.handle(answer);
    const figures = [];
    const ends = [];
    for (let third = 0; third < 3; third++) {
      for (let i = 0; i < THIRD; i++) await cycle(third * THIRD + i, ends);
      figures.push(await measured(t));
    }
    const grown = growth(figures);
    const text = JSON.stringify({ figures, grown });
    if (process.env.E2E_FIGURES) fs.appendFileSync(process.env.E2E_FIGURES, `${text}\n`);
    const each = ["ERR_TIMEOUT", "closed", "closed"];
    t.assert.deepEqual(ends, [].concat(...Array.from({ length: 3 * THIRD }, () => each)));
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
