const PATIENCE = 6000;

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

module.exports = { hop, sleep, until };
