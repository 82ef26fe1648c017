/** One page sends very much in one loop; what others notice of it. */
const { performanceNow, sleep } = require("../time");
const { LagMeter, percentile } = require("./lag");
const { answering, withWindows } = require("./windows");

const MS = 1000;

function measureFloodMain(count) {
  return withWindows(["flooder", "bystander"], (flooder, bystander) => {
    let [next, disorder] = [0, 0];
    const answer = (msg) => {
      if (typeof msg !== "number") return msg;
      if (msg !== next) disorder += 1;
      next = msg + 1;
      return msg;
    };
    return answering(answer, () =>
      watched(bystander, async () => {
        const { came, wrong } = await flooder.run("floodMain", count);
        return { wrong: wrong + disorder + (count - came), refused: 0 };
      }),
    );
  });
}

function measureFloodWindow(count) {
  return withWindows(["flooder", "bystander", "receiver"], (flooder, bystander, receiver) =>
    answering(
      (msg) => msg,
      () =>
        watched(bystander, async () => {
          await receiver.run("countOther");
          await flooder.run("floodWindow", "receiver", count);
          for (;;) {
            const refused = await flooder.run("refused");
            const { came, wrong } = await receiver.run("seen");
            if (came + refused >= count) return { wrong: wrong + came + refused - count, refused };
            await sleep(20);
          }
        }),
    ),
  );
}

/** What main's event loop and another window notice while a flood is under way. */
async function watched(bystander, flood) {
  await bystander.run("ask");
  const lag = new LagMeter();
  const start = performanceNow();
  const { wrong, refused } = await flood();
  const time = (performanceNow() - start) / MS;
  const { p99, longest } = lag.stop();
  const times = await bystander.run("times");
  const [request, slowest] = [99, 100].map((percent) => percentile(times, percent));
  return { lag: p99, longest, request, slowest, wrong, refused, time };
}

module.exports = { measureFloodMain, measureFloodWindow };
