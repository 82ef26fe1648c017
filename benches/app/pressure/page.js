/** What a page does under pressure; main drives it. */
const sy = require("electron-switchyard");

/** Numbered messages that came. Where some were dropped or refused, numbers are left out. */
class Count {
  constructor() {
    this.came = 0;
    this.wrong = 0;
    this.last = -1;
  }

  take(n) {
    this.came += 1;
    if (n <= this.last) this.wrong += 1;
    this.last = n;
  }
}

let seen = new Count();
let stopped;
let times;

window.pressed = {
  /** Counts the messages of main, which begin with their number. */
  countMain() {
    sy.onMsgFromMain((_event, msg) => seen.take(Number.parseInt(msg, 10)));
  },

  countOther() {
    sy.onMsgFromOtherRender((_event, n) => seen.take(n));
  },

  forget() {
    seen = new Count();
  },

  seen: () => ({ ...seen }),

  block(ms) {
    const end = performance.now() + ms;
    while (performance.now() < end);
  },

  echo() {
    sy.onMsgFromMain((_event, msg) => sy.sendMsgToMain(msg));
  },

  takeIn() {
    sy.onMsgFromMain(() => undefined);
    sy.onCall((_event, msg) => msg);
  },

  /** Asks main one thing after the other, until it is stopped. */
  ask() {
    stopped = false;
    times = [];
    const next = async () => {
      while (!stopped) {
        const start = performance.now();
        await sy.sendMsgToMain("asked");
        times.push(performance.now() - start);
      }
    };
    next();
  },

  /** How long each took, in milliseconds. */
  times() {
    stopped = true;
    return times;
  },

  async floodMain(count) {
    let [came, wrong] = [0, 0];
    let last;
    for (let n = 0; n < count; n++) {
      last = sy.sendMsgToMain(n).then((answer) => {
        if (answer !== came) wrong += 1;
        came += 1;
      });
    }
    await last;
    return { came, wrong };
  },

  floodWindow(name, count) {
    window.refused = 0;
    sy.onUndeliverable((report) => {
      window.refused += report.count;
    });
    for (let n = 0; n < count; n++) sy.sendMsgToOtherRender(name, n);
  },

  refused: () => window.refused,

  wakes: () => wakes.splice(0),
};
