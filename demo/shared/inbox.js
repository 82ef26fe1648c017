/** Keeps what listeners got until the tour asks for it. */
class Inbox {
  constructor() {
    this.clear();
  }

  clear() {
    this.items = [];
    this.waiters = [];
  }

  put(listener, text) {
    const index = this.waiters.findIndex((waiter) => waiter.listener === listener);
    if (index < 0) this.items.push({ listener, text });
    else this.waiters.splice(index, 1)[0].resolve(text);
  }

  /** What the listener got first, or will get. */
  next(listener) {
    const index = this.items.findIndex((item) => item.listener === listener);
    if (index >= 0) return Promise.resolve(this.items.splice(index, 1)[0].text);
    return new Promise((resolve) => this.waiters.push({ listener, resolve }));
  }

  /** How many messages of the listener nobody has asked for. */
  count(listener) {
    return this.items.filter((item) => item.listener === listener).length;
  }
}

exports.Inbox = Inbox;
