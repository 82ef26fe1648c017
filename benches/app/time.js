function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Out of any callback of Electron. */
function hop() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Rejects when a promise does not settle in time; `about` may add what is known by then. */
function within(ms, promise, about = () => "") {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(async () => {
      reject(new Error(`not done within ${ms / 1000} s${await about()}`));
    }, ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Calls `act` `count` times at a steady pace; a late call does not put off the later ones. */
function paced(hz, count, act) {
  const start = performanceNow();
  return new Promise((resolve) => {
    let calls = 0;
    const tick = () => {
      act();
      if (++calls === count) return resolve();
      setTimeout(tick, Math.max(0, start + (calls * 1000) / hz - performanceNow()));
    };
    tick();
  });
}

/** Milliseconds on a clock that only goes forward; Node 12 has no global performance. */
function performanceNow() {
  return Number(process.hrtime.bigint()) / 1e6;
}

module.exports = { hop, paced, performanceNow, sleep, within };
