const { now } = require("./calls");

/** After that no document does any more what it was told to. */
const TOO_LATE_MS = 4000;

/**
 * What documents were told to send to other windows. They tell main of each message in the same
 * packet, so that main knows of it at the moment when the router does: a request is the booking.
 */
class Bookings {
  constructor() {
    this.open = new Map();
  }

  /** A document is told to send so many messages or calls. */
  expect(doc, count) {
    const open = this.open.get(doc)?.count ?? 0;
    this.open.set(doc, { count: open + count, at: now() });
  }

  heard(doc) {
    const entry = this.open.get(doc);
    if (!entry) return;
    entry.count -= 1;
    if (entry.count === 0) this.open.delete(doc);
  }

  /** Whether all are here that may still come. A document that has gone tells of what it sent, or not. */
  get areHere() {
    return [...this.open.values()].every(({ at }) => now() - at > TOO_LATE_MS);
  }

  of(doc) {
    return this.open.get(doc)?.count ?? 0;
  }
}

module.exports = { Bookings };
