/** Whether main sleeps: notes its timers and immediates. */
const { createHook } = require("./node");

/** What Node calls the resources that wake a process by themselves. */
const WAKING = ["Timeout", "Immediate"];

/** To be made before what is watched begins: what comes due later is known from its making. */
class Sleeper {
  constructor() {
    this.own = false;
    this.known = new Map();
    this.wakes = [];
    createHook({
      init: (id, type) => this.made(id, type),
      before: (id) => this.due(id),
      destroy: (id) => this.known.delete(id),
    }).enable();
  }

  /** Sentences about each timer or immediate that was made or came due in so many milliseconds. */
  silence(ms) {
    return new Promise((resolve) => {
      this.own = true;
      setTimeout(() => resolve(this.wakes.slice()), ms);
      this.own = false;
      this.wakes = [];
    });
  }

  made(id, type) {
    if (this.own || !WAKING.includes(type)) return;
    const place = new Error().stack.split("\n").slice(3).join(" <");
    this.known.set(id, `${type} made ${place}`);
    this.wakes.push(this.known.get(id));
  }

  due(id) {
    const made = this.known.get(id);
    if (made) this.wakes.push(`came due: ${made}`);
  }
}

module.exports = { Sleeper };
