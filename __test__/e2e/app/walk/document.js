/** What one document reported: what came to it, to which of its listeners, and in which order. */
class Document {
  constructor(id) {
    this.id = id;
    /** Keys of messages in the order in which they came. */
    this.arrived = { main: [], other: [], call: [] };
    this.ears = new Map();
    this.open = new Set();
    /** The last serial number from each sender, by listener. */
    this.last = new Map();
    /** The last serial number of its own that main saw. */
    this.heard = -1;
  }

  listens({ lane, ear }) {
    this.ears.set(ear, { lane, from: this.arrived[lane].length, got: [] });
  }

  left({ ear }) {
    this.ears.delete(ear);
  }

  asked({ n }) {
    this.open.add(n);
  }

  /** `refused`: why there is no answer; `Absences` judges that. */
  answered({ n, answer, refused }) {
    if (!this.open.delete(n)) throw new Error(`${this.id} got an answer to ${n} twice`);
    if (refused) return;
    if (JSON.stringify(answer) !== JSON.stringify({ doc: this.id, n })) {
      throw new Error(`${this.id} got ${JSON.stringify(answer)} for ${n}`);
    }
  }

  /** A message came to a listener. */
  got({ lane, ear, msg }) {
    const key = `${msg.doc} ${msg.n}`;
    const sender = `${ear} of ${msg.doc}`;
    const last = this.last.has(sender) ? this.last.get(sender) : -1;
    if (msg.n <= last) throw new Error(`${key} came to ${ear} after ${last}`);
    this.last.set(sender, msg.n);
    if (!this.arrived[lane].includes(key)) this.arrived[lane].push(key);
    const listener = this.ears.get(ear);
    if (listener) listener.got.push(key);
  }

  /** What is wrong so far: each listener gets each message from when it was added. */
  flaw() {
    for (const [ear, { lane, from, got }] of this.ears) {
      const expected = this.arrived[lane].slice(from);
      if (String(got) !== String(expected)) {
        return `${ear} of ${this.id} got [${got}] of [${expected}]`;
      }
    }
    return this.open.size > 0 ? `${this.id} was not answered: ${[...this.open]}` : undefined;
  }

  listensTo(lane) {
    return [...this.ears.values()].some((ear) => ear.lane === lane);
  }

  toString() {
    return `${this.id} with ${[...this.ears.keys()]}`;
  }
}

module.exports = { Document };
