const { wrongBooks } = require("../counters");
const faults = require("../faults");
const { hop, sleep } = require("../time");
const { Absences } = require("./absences");
const { Bookings } = require("./bookings");
const { Calls } = require("./calls");
const { Hostile } = require("./hostile");
const { NAMES } = require("./names");
const { Random } = require("./random");
const { finale } = require("./settle");
const { stepsOf } = require("./steps");
require("../pages/walk-call");

/** So many steps are told of when something is wrong. */
const TRAIL = Number(process.env.WALK_TRAIL || 30);

/** Five windows and a hostile one, and random things that happen to them. */
class Walk {
  constructor(t, seed) {
    this.t = t;
    this.random = new Random(seed);
    this.spots = new Set();
    /** The window of each webContents that there ever was. */
    this.homes = new Map();
    this.wrong = [];
    this.trail = [];
    this.serial = 0;
    this.fail = (error) => this.wrong.push(error);
    this.calls = new Calls(this.fail);
    this.bookings = new Bookings();
    this.absences = new Absences(() => t.handle((event, msg) => this.hear(event, msg)));
    this.hostile = new Hostile(this);
  }

  async run(steps) {
    try {
      this.trail.push("at first");
      await this.hostile.open();
      for (const name of NAMES) {
        this.trail.push("at first");
        await stepsOf.open(this, name);
      }
      for (let n = 0; n < steps; n++) {
        await this.step();
        this.check();
      }
      this.trail.push("finale");
      await finale(this);
    } catch (error) {
      error.stack += `\nThe last steps: ${this.trail.slice(-TRAIL).join("; ")}`;
      throw error;
    } finally {
      this.absences.end();
    }
  }

  async step() {
    await hop();
    const step = this.random.weighted(stepsOf.weights(this));
    this.trail.push(step);
    await stepsOf[step](this);
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

  add(spot) {
    this.spots.add(spot);
    this.homes.set(spot.contents, spot);
  }

  named(name) {
    return [...this.spots].find((spot) => spot.name === name);
  }

  freeNames() {
    return NAMES.filter((name) => !this.named(name));
  }

  /** Whom calls and messages to a name are for. */
  targetOf(name) {
    return name === this.hostile.name ? this.hostile : this.named(name);
  }

  /** A window that this holds for. */
  some(holds = () => true) {
    return this.random.pick([...this.spots].filter(holds));
  }

  // ---------------------------------------------------------------------- what main hears

  /** Requests, and what pages tell that they sent just before; a closed window's last words, too. */
  hear(event, msg) {
    if (event.sender === this.hostile.contents) return this.hostile.hear(event, msg);
    const spot = this.homes.get(event.sender);
    const { windowName } = event;
    const { doc, serial } = msg;
    if (!spot.wasNamed(windowName, this.absences.heardSince)) {
      this.fail(new Error(`${doc} is said to be in ${windowName}, not ${spot.name}`));
    }
    this.inOrder(spot.docs.get(doc), serial);
    if (this.book(spot, windowName, msg)) return undefined;
    const answer = { doc, n: serial };
    if (msg.mode === "sync") return answer;
    return sleep(serial % 20).then(() => answer);
  }

  /** Whether a request tells of what its document did. */
  book(spot, name, { doc, serial, sent, called, how, gaveUp, left, unreadable }) {
    if (sent !== undefined) {
      const target = this.named(sent);
      if (target) target.routed(`${doc} ${serial}`, "other", name, unreadable);
      this.bookings.heard(doc);
    } else if (called !== undefined) {
      const target = this.targetOf(called);
      if (spot && !spot.isClosed) this.calls.routed(spot, spot.docs.get(doc), serial, target, how);
      else this.calls.routedLast(doc, serial, target, how, name);
      this.bookings.heard(doc);
    } else if (gaveUp !== undefined) {
      if (!spot.isClosed) this.calls.letGo(spot.docs.get(doc), gaveUp);
    } else if (left !== undefined) {
      spot.left(doc, left);
    } else return false;
    return true;
  }

  inOrder(doc, serial) {
    // A document's report may come later than its first request.
    if (!doc) return;
    if (serial <= doc.heard) this.fail(new Error(`main got ${serial} of ${doc.id} twice or late`));
    doc.heard = serial;
  }
}

module.exports = { Walk };
