/**
 * The messages of one window, from the moment at which main let them in: each comes once, on its
 * lane, from whom it is, to one document; or it waits.
 *
 * What is not known for sure is marked: `exempt`, it may be lost, for it was on its way to a
 * document that was about to go; `stray`, it may have come to a document's last listener as that
 * left; `dropped`, it must not come any more.
 */
class Ledger {
  constructor() {
    this.entries = new Map();
  }

  /** `unreadable`: its page cannot decode it, so no listener is called. */
  routed(key, { lane, from, exempt, stray, unreadable = false }) {
    const entry = { lane, from, exempt, stray, unreadable, dropped: false, doc: undefined };
    this.entries.set(key, entry);
  }

  /** It came to a listener of a document. */
  got(doc, { lane, from, msg }) {
    const key = `${msg.doc} ${msg.n}`;
    const entry = this.entries.get(key);
    if (!entry) throw new Error(`${key} came, and was not sent to this window`);
    if (entry.unreadable) throw new Error(`${key} came, and cannot be read`);
    if (entry.dropped) throw new Error(`${key} came, after the window's name was taken`);
    if (entry.lane !== lane) throw new Error(`${key} came on lane ${lane}`);
    if (entry.from !== from) throw new Error(`${key} came from ${from}, not ${entry.from}`);
    if (entry.doc && entry.doc !== doc) throw new Error(`${key} came to two documents`);
    entry.doc = doc;
    this.passed(doc, msg);
  }

  /** What cannot be read and was sent before a message that has come, has come. */
  passed(doc, { doc: sender, n }) {
    for (let before = n - 1; before >= 0; before--) {
      const entry = this.entries.get(`${sender} ${before}`);
      if (!entry?.unreadable) return;
      entry.doc = doc;
    }
  }

  missing(holds = () => true) {
    return [...this.entries].filter(([, entry]) => entry.doc === undefined && holds(entry));
  }

  /** How many messages must be queued, at least and at most. */
  owed() {
    const missing = this.missing(({ dropped }) => !dropped);
    const sure = missing.filter(([, { exempt, stray }]) => !exempt && !stray);
    return { least: sure.length, most: missing.length };
  }

  /** Whether it is known of each message whether it must be queued. */
  get isSure() {
    const { least, most } = this.owed();
    return least === most;
  }

  /** Of those that have not come: which holds for all of them from now on. */
  mark(how, holds) {
    for (const [, entry] of this.missing(holds)) entry[how] = true;
  }

  toString() {
    const marks = (entry) =>
      ["exempt", "stray", "unreadable", "dropped"].filter((mark) => entry[mark]).join(" ");
    return this.missing()
      .map(([key, entry]) => `${key} ${marks(entry)}`.trim())
      .join(", ");
  }
}

module.exports = { Ledger };
