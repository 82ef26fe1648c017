const sy = require("electron-switchyard");
const { Document } = require("./document");
const { Ledger } = require("./ledger");
const { path } = require("../node");
const { hop, sleep } = require("../time");
const { now } = require("./calls");

const REPORT = "@@walk ";
const PAGE = path.join(__dirname, "..", "pages", "walk.html");

/** More that wait for a page, and Electron warns of too many listeners of its own. */
const MAX_COMMANDS = 8;

/** What documents report of calls, beside what came to them. */
const CALLS = ["asks", "settled", "worked"];

const LONG_MS = 3000;

/** Electron 9 has only the first, 33 only the second. */
const GONE = ["crashed", "render-process-gone", "destroyed"];

/** Electron 9 may tell the end of a load before the navigation that it was for. In ms. */
const LATE_NAVIGATION = process.versions.electron.startsWith("9.") ? 200 : 0;

const NOTHING = "data:text/html,nothing";
const PAGES = {
  A: (window) => window.loadFile(PAGE, { search: "listens" }),
  B: (window) => window.loadFile(PAGE),
  nothing: (window) => window.loadURL(NOTHING),
};

/** One window of a walk, from its creation to its end, and what is known of its messages. */
class Spot {
  /** Of the walk: `fail` hears of what must not be, and the models of its calls and of main's handler. */
  constructor(name, window, { fail, calls, absences }) {
    this.name = name;
    /** The names that it had before, or none, and until when. */
    this.names = [];
    this.window = window;
    this.contents = window.webContents;
    this.fail = fail;
    this.calls = calls;
    this.absences = absences;
    this.isClosed = false;
    /** How often what ends calls has begun here, by the reason that they are told. */
    this.fates = { closed: 0, crashed: 0, reloaded: 0, unregistered: 0 };
    this.docs = new Map();
    /** The document that is there, once it has reported. */
    this.doc = undefined;
    /** Whether there may be one, reported or not. */
    this.inhabited = false;
    this.loads = 0;
    /** Loads that have ended, whose navigation may be told of later. */
    this.lateLoads = 0;
    this.leaving = 0;
    this.crashes = 0;
    this.commands = new Set();
    /** Listeners that were told to leave, by lane, and may not have yet. */
    this.farewells = { main: 0, other: 0, call: 0 };
    /** Handlers that were told to leave, and have not said that they did. */
    this.unhandling = 0;
    /** Since when there has been a handler of calls all the time. */
    this.handlesSince = Number.POSITIVE_INFINITY;
    this.ledger = new Ledger();
    this.contents.on("console-message", (_event, _level, line) => this.read(line));
    this.contents.on("crashed", () => this.died());
    this.contents.on("render-process-gone", () => this.died());
  }

  /** A message was let in for this window, at this moment. */
  routed(key, lane, from, unreadable = false) {
    // What is on its way to a document that is about to go may go with it.
    const exempt = this.leaving > 0;
    const stray = this.farewells[lane] > 0;
    this.ledger.routed(key, { lane, from, exempt, stray, unreadable });
  }

  read(line) {
    if (!line.startsWith(REPORT)) return;
    const report = JSON.parse(line.slice(REPORT.length));
    try {
      if (report.type === "born") this.born(report.doc);
      else this.heard(this.docs.get(report.doc), report);
    } catch (error) {
      this.fail(error);
    }
  }

  born(id) {
    this.doc = new Document(id);
    this.docs.set(id, this.doc);
    this.calls.born(this, id);
    this.inhabited = true;
    this.farewells = { main: 0, other: 0, call: 0 };
    this.unhandling = 0;
    this.handlesSince = Number.POSITIVE_INFINITY;
  }

  heard(doc, report) {
    const { type, lane } = report;
    if (type === "got" && lane === "call") this.calls.got(this, doc, report);
    else if (type === "got") this.ledger.got(doc, report);
    if (type === "answered") this.absences.judge(doc, report);
    if (CALLS.includes(type)) this.calls[type](this, doc, report);
    else doc[type](report);
    if (type === "left" && lane === "call" && doc === this.doc) this.unhandling -= 1;
    this.lookForHandlers();
  }

  lookForHandlers() {
    const handles = this.doc?.listensTo("call") && this.loads === 0 && this.unhandling === 0;
    if (!handles) this.handlesSince = Number.POSITIVE_INFINITY;
    else this.handlesSince = Math.min(this.handlesSince, now());
  }

  exempt() {
    this.ledger.mark("exempt");
  }

  /** What is on its way to the last listener of a lane when it leaves stays in the page. */
  unlisten(lane) {
    if (!this.command("unlisten", lane)) return;
    this.farewells[lane] += 1;
    if (lane === "call") this.unhandling += 1;
    this.lookForHandlers();
    this.ledger.mark("stray", (entry) => entry.lane === lane);
  }

  left(id, lane) {
    if (this.doc && this.doc.id === id) this.farewells[lane] -= 1;
  }

  /** A document goes that nothing is on the way to; it takes along what its listeners left. */
  abandon() {
    this.ledger.mark("exempt", ({ stray }) => stray);
  }

  /** What has ended by now cannot be what ends a call that is let in now. */
  fatesFromNow() {
    const { crashed, reloaded } = this.fates;
    return {
      ...this.fates,
      crashed: crashed - this.crashes,
      reloaded: reloaded - this.loads - this.lateLoads,
      closed: 0,
    };
  }

  drop(isSure) {
    this.exempt();
    if (isSure) this.ledger.mark("dropped");
  }

  died() {
    this.exempt();
    this.doc = undefined;
    this.inhabited = false;
    this.commands.clear();
    this.lookForHandlers();
  }

  /** Loads something else; ends when it is there or was overtaken. */
  async leave(go) {
    const leaves = this.inhabited;
    if (leaves) this.leaving += 1;
    this.loads += 1;
    this.fates.reloaded += 1;
    this.lookForHandlers();
    // A page that is loaded over this load's may be there at once.
    this.inhabited = true;
    const before = this.doc;
    await go().catch(() => undefined);
    await hop();
    // Electron takes the late end of one load for that of the next.
    while (this.isLoading()) await sleep(1);
    this.loads -= 1;
    this.lateLoads += 1;
    setTimeout(() => {
      this.lateLoads -= 1;
    }, LATE_NAVIGATION);
    if (leaves) this.leaving -= 1;
    // It has not reported, or the one before that was on its way has: what is there reports nothing.
    if (this.loads === 0 && (this.doc === before || this.isEmpty())) this.doc = undefined;
    this.lookForHandlers();
  }

  isEmpty() {
    return !this.contents.isDestroyed() && this.contents.getURL() === NOTHING;
  }

  isLoading() {
    const { contents } = this;
    // A crash may leave a load without an end. Nothing is lost on the way to a crashed page.
    return !contents.isDestroyed() && !contents.isCrashed() && contents.isLoading();
  }

  load(page) {
    return this.leave(() => PAGES[page](this.window));
  }

  reload() {
    return this.leave(() => {
      const ended = this.first("did-finish-load", "did-fail-load", ...GONE);
      this.contents.reload();
      return ended;
    });
  }

  /** Ends when the process has: a load that begins meanwhile may take it for its own and tell nothing. */
  async crash() {
    const pid = this.contents.getOSProcessId();
    // Of no process; as a process id it would be all of ours.
    if (!(pid > 0)) return;
    this.fates.crashed += 1;
    this.crashes += 1;
    const gone = this.first(...GONE);
    if (this.contents.forcefullyCrashRenderer) this.contents.forcefullyCrashRenderer();
    else process.kill(pid, "SIGKILL");
    await Promise.race([gone, death(pid)]);
    await hop();
    this.crashes -= 1;
  }

  /** `act` is done at the moment when its window has closed. */
  async end(way, act) {
    const closed = new Promise((resolve) => {
      this.window.once("closed", () => {
        this.isClosed = true;
        this.rename(undefined);
        act();
        resolve();
      });
    });
    this.fates.closed += 1;
    this.window[way]();
    await closed;
    await hop();
  }

  /** Its window gets a name. */
  take(name) {
    sy.registerWindow(name, this.window);
    this.rename(name);
  }

  rename(name) {
    this.names.push({ name: this.name, until: now() });
    this.name = name;
  }

  /** Whether it had this name, or none, at a moment since then. */
  wasNamed(name, since) {
    const isIt = (each) => each.name === name && each.until >= since;
    return this.name === name || this.names.some(isIt);
  }

  /** Waits for one of these events. */
  first(...events) {
    const { contents } = this;
    return new Promise((resolve) => {
      const end = () => {
        for (const event of events) contents.removeListener(event, end);
        resolve();
      };
      for (const event of events) contents.on(event, end);
    });
  }

  /** Has the document that is there do something; no later one does it. Whether it may. */
  command(call, ...args) {
    if (!this.doc || this.commands.size >= MAX_COMMANDS) return false;
    const list = args.map((arg) => JSON.stringify(arg)).join(", ");
    const isIt = `window.walk && walk.doc === ${JSON.stringify(this.doc.id)}`;
    const token = {};
    this.commands.add(token);
    const done = () => this.commands.delete(token);
    const run = this.contents.executeJavaScript(`${isIt} && void walk.${call}(${list})`);
    // Of a script that was given while pages change, Electron 22 may never tell the end.
    Promise.race([run, sleep(LONG_MS)]).then(done, done);
    return true;
  }

  /** Which document really is there, for a failure's message. */
  truth() {
    if (this.contents.isDestroyed()) return "nothing";
    const { contents } = this;
    const state = [contents.getURL().slice(-20), contents.isLoading(), contents.isCrashed()];
    const seen = contents.executeJavaScript("window.walk && walk.doc").catch(String);
    const late = sleep(1000).then(() => "no answer");
    return Promise.race([seen, late]).then((doc) => [doc, ...state]);
  }

  get isQuiet() {
    return this.loads === 0 && this.crashes === 0 && this.commands.size === 0;
  }
}

/** Of a process, and a little time for Electron to tell of it. */
async function death(pid) {
  try {
    for (;;) {
      process.kill(pid, 0);
      await sleep(5);
    }
  } catch {
    await sleep(100);
  }
}

module.exports = { Spot };
