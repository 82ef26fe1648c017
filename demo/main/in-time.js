const LIMIT_MS = 5000;

/** The promise, or an error that names what did not come in time. */
function inTime(what, promise) {
  let timer;
  const limit = new Promise((_resolve, reject) => {
    const late = new Error(`${what}: did not arrive within ${LIMIT_MS / 1000} s`);
    timer = setTimeout(() => reject(late), LIMIT_MS);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

exports.inTime = inTime;
