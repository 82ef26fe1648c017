/** What a message to one window waits for while main floods another. */
const { MessageChannelMain } = require("electron");
const sy = require("electron-switchyard");
const { hop, performanceNow } = require("../time");
const { percentile } = require("./lag");
const { answering, withWindows } = require("./windows");

const MB = 1_000_000;
const TO_FLOODED = "x".repeat(10_000);
const PER_TURN = 100;
/** As much is kept waiting for the flooded window. */
const WAITING = 16 * MB;

function measureFairness(pings) {
  return withWindows(["flooded", "other"], async (flooded, other) => {
    await flooded.run("takeIn");
    await other.run("echo");
    let answered;
    return answering(
      () => answered(),
      async () => {
        const posts = new Posts();
        const ping = async (n) => {
          const back = new Promise((resolve) => {
            answered = resolve;
          });
          posts.begin();
          const start = performanceNow();
          sy.sendMsgToRender("other", `ping ${n}`);
          await back;
          return performanceNow() - start;
        };
        const calm = await many(pings, ping);
        const flood = keepFlooding();
        const floodedTimes = await many(pings, ping);
        flood.end();
        posts.restore();
        return {
          packets: Math.max(...posts.between),
          calm: percentile(calm, 50),
          flooded: percentile(floodedTimes, 50),
        };
      },
    );
  });
}

async function many(count, ping) {
  const times = [];
  for (let n = 0; n < count; n++) {
    times.push(await ping(n));
    await hop();
  }
  return times;
}

/** In each turn of the event loop, as much as may wait. */
function keepFlooding() {
  let going = true;
  (async () => {
    while (going) {
      if (sy.stats().windows.flooded.queuedBytes < WAITING) {
        for (let i = 0; i < PER_TURN; i++) sy.sendMsgToRender("flooded", TO_FLOODED);
      }
      await hop();
    }
  })();
  return {
    end: () => {
      going = false;
    },
  };
}

/** Counts the packets that main posts between a ping and its own post. */
class Posts {
  constructor() {
    this.packets = 0;
    this.between = [];
    this.ports = Object.getPrototypeOf(new MessageChannelMain().port1);
    const { postMessage } = this.ports;
    const hear = (message) => this.hear(message);
    this.ports.postMessage = function (message, ...rest) {
      hear(message);
      return postMessage.call(this, message, ...rest);
    };
    this.restore = () => {
      this.ports.postMessage = postMessage;
    };
  }

  begin() {
    this.packets = 0;
  }

  hear(message) {
    // An acknowledgement is a number.
    if (typeof message === "number") return;
    if (String(message).includes("ping")) this.between.push(this.packets);
    else this.packets += 1;
  }
}

module.exports = { measureFairness };
