/** Numbered messages from main to a window, and the proof that none is missing. */
const sy = require("electron-switchyard");

const numbers = (count) => Array.from({ length: count }, (_, i) => i);

class Series {
  constructor(t, name) {
    this.t = t;
    this.name = name;
    this.count = 0;
  }

  send(count = 1) {
    for (let i = 0; i < count; i++) sy.sendMsgToRender(this.name, this.count++);
  }

  /** Sends all the time until something is done; gives what it gives. */
  async during(work) {
    const ticks = setInterval(() => this.send(), 1);
    // A test that takes too long is left while this waits.
    this.t.undos.push(() => clearInterval(ticks));
    try {
      return await work;
    } finally {
      clearInterval(ticks);
    }
  }

  /** Listens in the page at last: all that was sent waited, and comes once and in order. */
  async waited(page, label = "waited") {
    await page.hear(label, "onMsgFromMain");
    await this.heard(page, label, 0);
  }

  /** All that was sent since there were `from` came to this listener. */
  async heard(page, label, from) {
    const all = numbers(this.count).slice(from);
    const got = await page.hears(label, all.length);
    this.t.assert.deepEqual(
      got,
      all.map((n) => [undefined, String(n)]),
    );
  }
}

/** Sentences about what came twice or before what was sent earlier. */
function disorder(list) {
  return list
    .filter((n, i) => i > 0 && n <= list[i - 1])
    .map((n) => `${n} came late or twice, in ${list}`);
}

module.exports = { Series, disorder, numbers };
