/** How many times slower than usual this machine is: Windows under Wine is several times. */
const SLOWNESS = Number(process.env.E2E_SLOWNESS) || 1;

/** How long something is waited for, in ms. */
const PATIENCE = 6000 * SLOWNESS;

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Out of any callback of Electron: in some it crashes when a window is loaded or destroyed. */
function hop() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits until something holds; returns it. */
async function until(what, check) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const held = await check();
    if (held) return held;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await sleep(5);
  }
}

module.exports = { SLOWNESS, hop, sleep, until };
