const { Document } = require("./document");
const { path } = require("../node");
const { hop } = require("../time");

const REPORT = "@@walk ";
const PAGE = path.join(__dirname, "..", "pages", "walk.html");

/** More that wait for a page, and Electron warns of too many listeners of its own. */
const MOST_COMMANDS = 8;

const PAGES = {
  A: (window) => window.loadFile(PAGE, { search: "listens" }),
  B: (window) => window.loadFile(PAGE),
  nothing: (window) => window.loadURL("data:text/html,nothing"),
};

/** One window of a walk, from its creation to its end, and what is known of its messages. */
class Spot {
  /** `fail` hears of what must not be. */
  constructor(name, window, fail) {
    this.name = name;
    this.window = window;
    this.contents = window.webContents;
    this.fail = fail;
    this.docs = new Map();
    /** The document that is there, once it has reported. */
    this.doc = undefined;
    /** Whether there may be one, reported or not. */
    this.inhabited = false;
    this.loads = 0;
    this.leaving = 0;
    this.commands = new Set();
    /** Listeners that were told to leave, by lane, and may not have yet. */
    this.farewells = { main: 0, other: 0 };
    this.ledger = new Map();
    this.contents.on("console-message", (_event, _level, line) => this.read(line));
    this.contents.on("crashed", () => this.died());
    this.contents.on("render-process-gone", () => this.died());
  }

  /** A message was let in for this window, at this moment. */
  routed(key, lane, from) {
    // What is on its way to a document that is about to go may go with it.
    const exempt = this.leaving > 0;
    const stray = this.farewells[lane] > 0;
    this.ledger.set(key, { lane, from, exempt, stray, dropped: false, doc: undefined });
  }

  read(line) {
    if (!line.startsWith(REPORT)) return;
    const report = JSON.parse(line.slice(REPORT.length));
    try {
      if (report.type === "born") this.born(report.doc);
      const doc = this.docs.get(report.doc);
      if (report.type === "got") this.got(doc, report);
      else if (report.type !== "born") doc[report.type](report);
    } catch (error) {
      this.fail(error);
    }
  }

  born(id) {
    this.doc = new Document(id);
    this.docs.set(id, this.doc);
    this.inhabited = true;
    this.farewells = { main: 0, other: 0 };
  }

  got(doc, report) {
    const { lane, from, msg } = report;
    const key = `${msg.doc} ${msg.n}`;
    const entry = this.ledger.get(key);
    if (!entry) throw new Error(`${key} came to ${this.name}, and was not sent to it`);
    if (entry.dropped) throw new Error(`${key} came to ${this.name}, after its name was taken`);
    if (entry.lane !== lane) throw new Error(`${key} came on lane ${lane}`);
    if (entry.from !== from) throw new Error(`${key} came from ${from}, not ${entry.from}`);
    if (entry.doc && entry.doc !== doc) throw new Error(`${key} came to two documents`);
    entry.doc = doc;
    doc.got(report);
  }

  missing() {
    return [...this.ledger].filter(([, { doc }]) => doc === undefined);
  }

  /** How many messages must be queued, at least and at most. */
  owed() {
    const missing = this.missing().filter(([, { dropped }]) => !dropped);
    const sure = missing.filter(([, { exempt, stray }]) => !exempt && !stray);
    return { least: sure.length, most: missing.length };
  }

  exempt() {
    for (const [, entry] of this.missing()) entry.exempt = true;
  }

  /** What is on its way to the last listener of a lane when it leaves stays in the page. */
  unlisten(lane) {
    if (!this.command("unlisten", lane)) return;
    this.farewells[lane] += 1;
    for (const [, entry] of this.missing()) if (entry.lane === lane) entry.stray = true;
  }

  left(id, lane) {
    if (this.doc && this.doc.id === id) this.farewells[lane] -= 1;
  }

  /** A document goes that nothing is on the way to; it takes along what its listeners left. */
  abandon() {
    for (const [, entry] of this.missing()) if (entry.stray) entry.exempt = true;
  }

  drop(isSettled) {
    this.exempt();
    if (isSettled) for (const [, entry] of this.missing()) entry.dropped = true;
  }

  died() {
    this.exempt();
    this.doc = undefined;
    this.inhabited = false;
    this.commands.clear();
  }

  /** Loads something else; ends when it is there or was overtaken. */
  async leave(go) {
    const leaves = this.inhabited;
    if (leaves) this.leaving += 1;
    this.loads += 1;
    // A page that is loaded over this load's may be there at once.
    this.inhabited = true;
    const before = this.doc;
    await go().catch(() => undefined);
    await hop();
    this.loads -= 1;
    if (leaves) this.leaving -= 1;
    // It has not reported: what was loaded reports nothing.
    if (this.loads === 0 && this.doc === before) this.doc = undefined;
  }

  load(page) {
    return this.leave(() => PAGES[page](this.window));
  }

  reload() {
    return this.leave(() => {
      const ends = ["did-finish-load", "did-fail-load", "crashed", "destroyed"];
      const ended = new Promise((resolve) => {
        for (const end of ends) this.contents.once(end, resolve);
      });
      this.contents.reload();
      return ended;
    });
  }

  async crash() {
    const gone = new Promise((resolve) => {
      this.contents.once("crashed", resolve);
      this.contents.once("render-process-gone", resolve);
    });
    if (this.contents.forcefullyCrashRenderer) this.contents.forcefullyCrashRenderer();
    else if (!kill(this.contents.getOSProcessId())) return;
    await gone;
    await hop();
  }

  /** Has the document that is there do something; no later one does it. Whether it may. */
  command(call, ...args) {
    if (!this.doc || this.commands.size >= MOST_COMMANDS) return false;
    const list = args.map((arg) => JSON.stringify(arg)).join(", ");
    const isIt = `window.walk && walk.doc === ${JSON.stringify(this.doc.id)}`;
    const token = {};
    this.commands.add(token);
    const done = () => this.commands.delete(token);
    this.contents.executeJavaScript(`${isIt} && void walk.${call}(${list})`).then(done, done);
    return true;
  }

  get isQuiet() {
    return this.loads === 0 && this.commands.size === 0;
  }
}

/** For Electron 9. Whether there was a process; 0 would be all of ours. */
function kill(pid) {
  if (!(pid > 0)) return false;
  process.kill(pid, "SIGKILL");
  return true;
}

module.exports = { Spot };
