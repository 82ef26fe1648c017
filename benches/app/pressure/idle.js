/** What runs while nobody sends anything. */
const sy = require("electron-switchyard");
const { Sleeper } = require("../../../__test__/e2e/app/sleeper");
const { sleep } = require("../time");
const { answering, withWindows } = require("./windows");

const COUNT = 500;
/**
 * In ms. A page has two timers after traffic, and those of a hidden window wake once a second. Main looks after a
 * window that listened to nothing once, 3 s after a message.
 */
const SETTLE = 3500;

/** Watches main from now on; gives what measures. */
function idle() {
  const sleeper = new Sleeper();
  return (silence) =>
    withWindows(["first", "second"], (...pages) =>
      answering(
        (msg) => msg,
        async () => {
          for (const page of pages) await page.run("takeIn");
          const start = await wakes(sleeper, pages, silence);
          await talk(pages[0]);
          return { start, traffic: await wakes(sleeper, pages, silence) };
        },
      ),
    );
}

/** How often something in main or in a page was woken, or posted. */
async function wakes(sleeper, pages, silence) {
  await sleep(SETTLE);
  for (const page of pages) await page.run("wakes");
  const inMain = await sleeper.silence(silence);
  const inPages = await Promise.all(pages.map((page) => page.run("wakes")));
  return [].concat(inMain, ...inPages).length;
}

async function talk(page) {
  const asked = [];
  for (let n = 0; n < COUNT; n++) {
    sy.sendMsgToRender("first", n);
    asked.push(sy.callRender("second", n, { timeoutMs: 60_000 }));
  }
  await Promise.all(asked);
  await page.run("floodMain", COUNT);
}

module.exports = { idle };
