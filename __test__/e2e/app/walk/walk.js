const sy = require("electron-switchyard");
const { wrongBooks } = require("../books");
const faults = require("../faults");
const { ISOLATED, OPEN } = require("../kinds");
const { hop, sleep } = require("../time");
const { Calls } = require("./calls");
const { Random } = require("./random");
const { Spot } = require("./spot");
require("../pages/walk-call");

const NAMES = ["a", "b", "c", "d", "e"];
const LANES = ["main", "other", "call"];
const PATIENCE = 8000;
/** So many steps are told of when something is wrong. */
const TRAIL = Number(process.env.WALK_TRAIL || 30);

const WEIGHTS = {
  open: 10,
  load: 6,
  reload: 4,
  crash: 2,
  close: 3,
  unregister: 2,
  register: 4,
  sendFromMain: 22,
  sendFromPage: 16,
  callFromMain: 10,
  callFromPage: 10,
  request: 12,
  listen: 10,
  unlisten: 9,
  hide: 2,
  show: 2,
  pause: 6,
};

/** Short, for the trail. */
function textOf(value) {
  return typeof value === "object" ? JSON.stringify(value).replace(/"|Ms/g, "") : value;
}

/** Five windows, and random things that happen to them. */
class Walk {
  constructor(t, seed) {
    this.t = t;
    this.random = new Random(seed);
    this.spots = new Set();
    this.wrong = [];
    this.trail = [];
    this.serial = 0;
    this.fail = (error) => this.wrong.push(error);
    this.calls = new Calls(this.fail);
    t.handle((event, msg) => this.hear(event, msg));
  }

  async run(steps) {
    try {
      for (const name of NAMES) {
        this.trail.push("at first");
        await this.open(name);
      }
      for (let n = 0; n < steps; n++) {
        await this.step();
        this.check();
      }
      await this.finale();
    } catch (error) {
      error.stack += `\nThe last steps: ${this.trail.slice(-TRAIL).join("; ")}`;
      throw error;
    }
  }

  async step() {
    await hop();
    const step = this.random.weighted(WEIGHTS);
    this.trail.push(step);
    await this[step]();
    if (this.random.chance(0.3)) await sleep(this.random.below(5));
  }

  note(text) {
    this.trail[this.trail.length - 1] += ` ${text}`;
  }

  check() {
    const wrong = [...this.wrong.map(({ stack }) => stack), ...wrongBooks(), ...faults.all()];
    // What follows is mostly more of the same.
    if (wrong.length > 0) throw new Error(wrong.slice(0, 2).join("\n"));
  }

  named(name) {
    return [...this.spots].find((spot) => spot.name === name);
  }

  /** A window that this holds for. */
  some(holds = () => true) {
    return this.random.pick([...this.spots].filter(holds));
  }

  // ------------------------------------------------------------------------------- in main

  /** Requests, and what pages tell that they sent just before. */
  hear(event, { doc, serial, sent, called, how, gaveUp, left, mode }) {
    // A window that is closed already may have last words; they have no name to them.
    const spot = [...this.spots].find(({ contents }) => contents === event.sender);
    const name = spot?.name;
    if (event.windowName !== name) {
      this.fail(new Error(`${doc} is said to be in ${event.windowName}, not ${name}`));
    }
    if (spot) this.inOrder(spot, doc, serial);
    if (sent !== undefined) {
      const target = this.named(sent);
      if (target) target.routed(`${doc} ${serial}`, "other", name);
      return undefined;
    }
    if (called !== undefined) {
      const target = this.named(called);
      if (spot) this.calls.routed(spot, spot.docs.get(doc), serial, target, how);
      else this.calls.routedLast(doc, serial, target, how);
      return undefined;
    }
    if (gaveUp !== undefined) {
      if (spot) this.calls.letGo(spot.docs.get(doc), gaveUp);
      return undefined;
    }
    if (left !== undefined) {
      if (spot) spot.left(doc, left);
      return undefined;
    }
    const answer = { doc, n: serial };
    if (mode === "sync") return answer;
    return sleep(this.random.below(20)).then(() => answer);
  }

  inOrder(spot, id, serial) {
    const doc = spot.docs.get(id);
    // Its report may come later than its first request.
    if (!doc) return;
    if (serial <= doc.heard) this.fail(new Error(`main got ${serial} of ${id} twice or late`));
    doc.heard = serial;
  }

  sendFromMain() {
    const name = this.random.pick(NAMES);
    const spot = this.named(name);
    const count = 1 + this.random.below(12);
    this.note(`${count} to ${name}`);
    if (!spot) {
      // Thrown where no window ever had the name, and reported where the last one has closed.
      try {
        sy.sendMsgToRender(name, "nobody's");
      } catch ({ code }) {
        this.t.assert.equal(code, "ERR_UNKNOWN_WINDOW");
      }
      return;
    }
    for (let i = 0; i < count; i++) {
      const n = this.serial++;
      sy.sendMsgToRender(name, { doc: "main", n });
      spot.routed(`main ${n}`, "main", undefined);
    }
  }

  callFromMain() {
    const name = this.random.pick(NAMES);
    const count = 1 + this.random.below(4);
    // Electron 9's main process has none.
    const how = this.how(typeof AbortController === "function");
    this.note(`${count} to ${name} ${textOf(how)}`);
    for (let i = 0; i < count; i++) {
      const n = this.serial++;
      const call = (...rest) => sy.callRender(name, ...rest);
      this.calls.main(n, this.named(name), how, walkCall.start(call, { doc: "main", n, how }));
    }
  }

  /** How a call is to be answered, and what gives it up before that. */
  how(mayAbort) {
    const { random } = this;
    const maybe = (chance, most) => (random.chance(chance) ? random.below(most) : undefined);
    return {
      fails: random.chance(0.2),
      lateMs: maybe(0.5, 40),
      timeoutMs: maybe(0.2, 60),
      abortMs: mayAbort ? maybe(0.2, 40) : undefined,
    };
  }

  // ------------------------------------------------------------------------------ in pages

  sendFromPage() {
    const spot = this.some(({ doc }) => doc);
    const to = this.random.pick(NAMES);
    if (spot) this.tell(spot, "send", to, 1 + this.random.below(8));
  }

  callFromPage() {
    const spot = this.some(({ doc }) => doc);
    const to = this.random.pick(NAMES);
    if (spot) this.tell(spot, "call", to, 1 + this.random.below(4), this.how(true));
  }

  request() {
    const spot = this.some(({ doc }) => doc);
    const mode = this.random.pick(["sync", "async"]);
    if (spot) this.tell(spot, "request", mode, 1 + this.random.below(5));
  }

  listen() {
    const spot = this.some(({ doc }) => doc);
    if (spot) this.tell(spot, "listen", this.random.pick(LANES));
  }

  unlisten() {
    const spot = this.some(({ doc }) => doc);
    if (!spot) return;
    const lane = this.random.pick(LANES);
    this.note(`${spot.name} ${lane}`);
    spot.unlisten(lane);
  }

  tell(spot, ...command) {
    this.note(`${spot.name} ${command.slice(1).map(textOf)}`);
    spot.command(...command);
  }

  // ------------------------------------------------------------------------------- windows

  async open(name = this.random.pick(NAMES)) {
    if (this.named(name) || this.spots.size >= NAMES.length) return;
    this.note(name);
    const kind = this.random.pick([ISOLATED, OPEN]);
    const window = sy.createWindow(name, { show: false, ...kind.options() });
    const spot = new Spot(name, window, this.fail, this.calls);
    this.spots.add(spot);
    if (this.random.chance(0.8)) await this.loadIn(spot);
  }

  async load() {
    const spot = this.some();
    if (spot) await this.loadIn(spot);
  }

  async loadIn(spot) {
    const page = this.random.weighted({ A: 5, B: 4, nothing: 1 });
    this.note(`${spot.name} ${page}`);
    await this.disturb(spot, () => spot.load(page));
  }

  async reload() {
    const spot = this.some(({ doc, loads }) => doc && loads === 0);
    if (spot) await this.disturb(spot, () => spot.reload());
  }

  async crash() {
    const spot = this.some(({ doc, loads }) => doc && loads === 0);
    if (!spot) return;
    await this.disturb(spot, () => spot.crash());
    // Its messages wait until then.
    if (this.random.chance(0.7)) await this.loadIn(spot);
  }

  /** Gently: nothing is on its way, so nothing may be lost. Or rudely. */
  async disturb(spot, act) {
    const isGentle = this.random.chance(0.5);
    this.note(`${spot.name}, ${isGentle ? "gently" : "rudely"}`);
    if (isGentle) await this.settle(spot);
    else if (spot.inhabited) spot.exempt();
    const spared = isGentle ? this.waitingFor(spot) : [];
    spot.abandon();
    const done = act();
    this.calls.spare(spared);
    if (isGentle) await done;
  }

  async close() {
    const spot = this.some();
    if (!spot) return;
    const way = this.random.pick(["close", "destroy"]);
    this.note(`${spot.name} ${way}`);
    if (this.random.chance(0.5)) await this.settle(spot);
    await this.end(spot, way);
  }

  async end(spot, way) {
    const closed = new Promise((resolve) => {
      spot.window.once("closed", () => {
        this.spots.delete(spot);
        spot.isClosed = true;
        resolve();
      });
    });
    spot.fates.closed += 1;
    spot.window[way]();
    await closed;
    await hop();
  }

  async unregister() {
    const spot = this.some(({ name }) => name);
    if (!spot) return;
    const { name } = spot;
    const isSettled = this.random.chance(0.5);
    this.note(`${name}${isSettled ? ", settled" : ""}`);
    if (isSettled) await this.settle(spot);
    // Then what has not come waits, and is dropped now.
    const isSure = isSettled && this.isSettled(spot) && spot.isSure;
    spot.fates.unregistered += 1;
    this.t.assert.equal(sy.unregisterWindow(name), true);
    spot.name = undefined;
    spot.drop(isSure);
  }

  register() {
    const spot = this.some(({ name }) => !name);
    const free = NAMES.filter((name) => !this.named(name));
    if (!spot) return;
    const name = this.random.pick(free);
    this.note(name);
    sy.registerWindow(name, spot.window);
    spot.name = name;
  }

  hide() {
    const spot = this.some();
    if (spot) spot.window.hide();
  }

  show() {
    const spot = this.some();
    if (spot) spot.window.showInactive();
  }

  pause() {
    return sleep(this.random.below(25));
  }

  // ------------------------------------------------------------------------- what must hold

  /** Everything that was sent to a window has come or waits. */
  settle(spot) {
    return this.all(() => this.isSettled(spot), spot, "settle");
  }

  async all(holds, spot, what) {
    const end = Date.now() + PATIENCE;
    while (!holds()) {
      this.check();
      if (Date.now() > end) {
        const truth = JSON.stringify(await spot.truth());
        throw new Error(`${spot.name} does not ${what}: ${this.stateOf(spot)}; there is ${truth}`);
      }
      await sleep(3);
    }
  }

  isSettled(spot) {
    if (!spot.isQuiet || this.calls.areUnsure(spot)) return false;
    const { least, most } = spot.owed();
    const queued = this.queued(spot) - this.calls.waiting(spot).length;
    return least <= queued && queued <= most;
  }

  /** The calls that wait for a handler in a window that is settled; none if that is not sure. */
  waitingFor(spot) {
    return spot.isSure ? this.calls.waiting(spot) : [];
  }

  queued({ name }) {
    return name === undefined ? 0 : sy.stats().windows[name].queued;
  }

  stateOf(spot) {
    const mark = ({ exempt, stray, dropped }) =>
      `${exempt ? " exempt" : ""}${stray ? " stray" : ""}${dropped ? " dropped" : ""}`;
    const missing = spot.missing().map(([key, entry]) => `${key}${mark(entry)}`);
    const { loads, crashes, commands, doc } = spot;
    const state = {
      loads,
      crashes,
      commands: commands.size,
      queued: this.queued(spot),
      flaw: doc?.flaw(),
    };
    state.calls = this.calls.waiting(spot).map(({ key }) => key);
    state.areUnsure = this.calls.areUnsure(spot);
    const docs = [...spot.docs.values()].map(String).join("; ");
    return `${JSON.stringify(state)}, missing ${missing}, documents ${docs}`;
  }

  /** Sees to it that the document that is there listens; loads one where none takes commands. */
  async haveListen(spot) {
    const deaf = () => LANES.filter((lane) => !spot.doc?.listensTo(lane));
    for (let tries = 0; deaf().length > 0; tries++) {
      if (tries > 4) throw new Error(`${spot.name} does not listen: ${this.stateOf(spot)}`);
      if (!spot.doc || tries > 2) {
        spot.exempt();
        await spot.load("A");
      } else for (const lane of deaf()) spot.command("listen", lane);
      const end = Date.now() + 2000;
      while (deaf().length > 0 && Date.now() < end) await sleep(3);
    }
  }

  /** All windows get a page that listens: what waits comes, and nothing is left. */
  async finale() {
    this.trail.push("finale");
    while (this.some(({ name }) => !name)) this.register();
    for (const spot of this.spots) {
      await this.settle(spot);
      await this.haveListen(spot);
    }
    for (const spot of this.spots) {
      await this.settle(spot);
      const sure = () => spot.missing().filter(([, { exempt, dropped }]) => !exempt && !dropped);
      await this.all(() => this.queued(spot) === 0 && sure().length === 0, spot, "get everything");
      await this.all(() => spot.doc.flaw() === undefined, spot, "end well");
      const open = () => this.calls.open().length > 0;
      await this.all(() => !open(), spot, `get all calls settled, as ${this.calls.open()}`);
    }
    this.calls.judgeAll();
    this.check();
    for (const spot of [...this.spots]) await this.end(spot, "destroy");
    this.t.assert.deepEqual(sy.stats().windows, {});
    this.t.assert.equal(sy.stats().total.queued, 0);
    this.check();
  }
}

module.exports = { Walk };
