const sy = require("electron-switchyard");
const corpus = require("../forged.json");
const { OPEN } = require("../kinds");
const { path } = require("../node");
const { TAKEN, nonsense } = require("../taken");
const { hop, sleep } = require("../time");
const { written } = require("../written");
const { forge } = require("./forge");
const { howOf } = require("./how");
const { HOSTILE, NAMES } = require("./names");

const LONG_MS = 3000;
/** What a page takes to be there again, or main to hear of what it sent. */
const SOON_MS = 1000;

const PAGES = path.join(__dirname, "..", "pages");

/** In a page that has the package: its port is the page's, from its next word on. */
const TAKE_PORT = `
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...args) {
    window.taken = this;
    return postMessage.apply(this, args);
  };
  sy.sendMsgToMain(1).catch(() => undefined);
`;

/** How it has come to its port: it says hello itself, or it took the package's. */
const WAYS = {
  made: { kind: TAKEN, page: "bare.html", take: "" },
  taken: { kind: OPEN, page: "walk.html", take: TAKE_PORT },
};

/** What is as it should be, and told to main. */
const BOOKED = { messages: 10, unreadable: 4, calls: 2 };
/** Before its page comes back as another document, or its process ends. */
const PARTINGS = { load: 2, reload: 3, leave: 3, crash: 1 };
/** What it has ports to say over only where it makes them. */
const OF_MADE = { documents: 4, hellos: 3, subframes: 1 };
/** After these a port that was taken is gone. */
const LAST = ["givenAway", "closing"];

const FORGED = {
  corpus: 6,
  nonsense: 4,
  almost: 6,
  answers: 4,
  aborts: 3,
  downward: 2,
  requests: 2,
  unknown: 2,
  toItself: 2,
  acknowledgements: 3,
  fragments: 3,
  oversized: 1,
  strangers: 3,
  portsInside: 2,
  givenAway: 2,
  closing: 2,
};

/** The largest sparse array costs main its length in memory, in V8 already (docs/security.md). */
const MAX_HOLES = 1e6;
const isAffordable = (part) => !(part?.holes > MAX_HOLES);
const affordable = corpus.filter((parts) => parts.every(isAffordable));

/**
 * Among the walk's windows, one whose page posts what it likes. Whatever that is, the others' model
 * holds. Of its own reports nothing is believed: main knows what it had it send.
 */
class Hostile {
  constructor(walk) {
    this.walk = walk;
    this.name = HOSTILE;
    this.isHostile = true;
    this.way = walk.random.pick(Object.keys(WAYS));
    /** What it was told to send as it should be, by the name that it goes under. */
    this.docs = new Map();
    this.asked = 0;
  }

  async open() {
    const { kind } = WAYS[this.way];
    this.window = sy.createWindow(HOSTILE, { show: false, ...kind.options() });
    this.contents = this.window.webContents;
    const { id } = this.contents;
    this.isRefusal = (line) =>
      line.includes(`a packet or hello from webContents ${id} was rejected`);
    this.walk.note(`${HOSTILE}, with a port that it ${this.way}`);
    await this.load();
  }

  async load() {
    const load = this.window.loadFile(path.join(PAGES, WAYS[this.way].page));
    await Promise.race([load.catch(() => undefined), sleep(LONG_MS)]);
    await hop();
    await this.prepare();
  }

  prepare() {
    const made = this.way === "made";
    const functions = [written, nonsense].map((each) => `window.${each.name} = ${each};`);
    const forged = `window.forged = (${forge})(${JSON.stringify(affordable)}, ${made});`;
    return this.run(`${functions.join("")} ${WAYS[this.way].take} ${forged}`);
  }

  run(code) {
    const run = this.contents.executeJavaScript(`void (() => { ${code} })()`);
    return Promise.race([run.catch(() => undefined), sleep(LONG_MS)]);
  }

  /** A call to it may end in any way; see Calls.flaw. */
  fatesFromNow() {
    return {};
  }

  // ------------------------------------------------------------------------------- its steps

  /** Does one hostile thing; what that was. */
  async act() {
    const { random, absences } = this.walk;
    const booked = absences.isAbsent ? {} : BOOKED;
    const made = this.way === "made" ? OF_MADE : {};
    const kind = random.weighted({ ...FORGED, ...PARTINGS, ...booked, ...made });
    if (kind in BOOKED) return this.sendWell(kind);
    if (kind in PARTINGS) await this[`${kind}s`]();
    else await this.run(`forged.${kind}(${this.argumentsOf(kind)})`);
    if (this.way === "taken" && LAST.includes(kind)) await this.load();
    return kind;
  }

  argumentsOf(kind) {
    if (kind === "downward") return JSON.stringify(NAMES);
    if (kind === "documents") return 1 + this.walk.random.below(20);
    return "";
  }

  /** To another window, as the package does, but for the unreadable ones among them. */
  async sendWell(kind) {
    const { random, bookings } = this.walk;
    const id = `${HOSTILE}-${this.docs.size}`;
    const to = random.pick(NAMES);
    const count = 1 + random.below(6);
    this.docs.set(id, { id, heard: -1 });
    bookings.expect(id, kind === "unreadable" ? 2 * count : count);
    const how = kind === "calls" ? [howOf(random, false)] : [];
    const args = [id, to, count, ...how].map((arg) => JSON.stringify(arg));
    await this.run(`forged.${kind}(${args})`);
    const end = Date.now() + SOON_MS;
    while (bookings.of(id) > 0 && Date.now() < end) await sleep(1);
    return `${kind} ${count} to ${to}${bookings.of(id) > 0 ? ", in vain" : ""}`;
  }

  loads() {
    return this.load();
  }

  /** What was posted right before comes as last words, or not at all. */
  async reloads() {
    const { random } = this.walk;
    const ended = this.next("did-finish-load", "did-fail-load");
    this.run(`forged.${random.pick(["requests", "answers", "corpus", "portsInside"])}()`);
    this.contents.reload();
    await ended;
    await this.prepare();
  }

  /** The same, and the page itself does it, in the same turn. */
  async leaves() {
    const ended = this.next("did-finish-load", "did-fail-load");
    await Promise.race([this.run("forged.givenAway(); location.reload()"), ended]);
    await ended;
    await this.prepare();
  }

  async crashs() {
    const { contents } = this;
    if (!contents.forcefullyCrashRenderer) return this.load();
    const gone = this.next("render-process-gone");
    this.run("forged.answers()");
    contents.forcefullyCrashRenderer();
    await gone;
    await hop();
    await this.load();
  }

  /** One of these events; or it does not come. */
  next(...events) {
    const come = events.map((event) => new Promise((done) => this.contents.once(event, done)));
    return Promise.race([...come, sleep(SOON_MS)]).then(hop);
  }

  // ---------------------------------------------------------------------------- what main hears

  /** A request of its, which is a booking of what it was told to send, or whatever it made up. */
  hear(event, msg) {
    const { walk } = this;
    const names = this.isClosed ? [HOSTILE, undefined] : [HOSTILE];
    if (!names.includes(event.windowName)) {
      walk.fail(new Error(`${HOSTILE} is said to be ${event.windowName}`));
    }
    const doc = typeof msg === "object" && msg !== null ? this.docs.get(msg.doc) : undefined;
    if (!doc) return this.answer();
    walk.inOrder(doc, msg.serial);
    walk.book(undefined, event.windowName, msg);
    return undefined;
  }

  /** At once, later, never, or with an error. */
  answer() {
    const answers = [
      () => "answer",
      () => sleep(5),
      () => new Promise(() => undefined),
      () => {
        throw new Error("as main likes it");
      },
    ];
    return answers[this.asked++ % answers.length]();
  }

  /** Closes it; then whoever asked it is told so at the latest. */
  async end() {
    const closed = new Promise((resolve) => this.window.once("closed", resolve));
    this.isClosed = true;
    this.window.destroy();
    await closed;
    await hop();
    const { lines } = this.walk.t.console;
    const refusals = lines.filter(this.isRefusal);
    this.walk.t.assert.ok(refusals.length <= 1, refusals.join("\n"));
  }
}

module.exports = { Hostile };
