/** What a page does in a case, by the calls of its rival; main drives it and reads its clock. */
const { PAYLOADS, requireSame } = require("./payloads");

const SELF = new URLSearchParams(location.search).get("name");

/**
 * @param link the rival's calls: `ask(msg)`, `tell(windowName, msg)`, `onMain(listener)`,
 * `onOther(listener)`, and `linked(names)`, which ends when it can be used.
 */
function startWork(link) {
  const ears = { main: ignore, other: ignore };
  let heard = 0;
  link.onMain((msg) => {
    heard++;
    ears.main(msg);
  });
  link.onOther((msg) => {
    heard++;
    ears.other(msg);
  });

  /** The next message of another window. */
  function next() {
    return new Promise((resolve) => {
      ears.other = resolve;
    });
  }

  /** Says so after each `n` messages. */
  function counting(n, done) {
    let count = 0;
    return () => {
      if (++count % n === 0) done();
    };
  }

  const roles = {
    silent: () => ({}),
    /** Sends all back. */
    echoes: (to) => ({ other: (msg) => link.tell(to, msg) }),
    /** Answers each `n` messages of another window with a small one. */
    acknowledges: (to, n) => ({ other: counting(n, () => link.tell(to, "done")) }),
    /** Answers `n` messages of main with a request. */
    acknowledgesMain: (n) => ({ main: counting(n, () => link.ask({ done: SELF })) }),
  };

  window.work = {
    linked: link.linked,
    heard: () => heard,

    role(name, ...args) {
      heard = 0;
      Object.assign(ears, { main: ignore, other: ignore }, roles[name](...args));
    },

    askInTurn: (payload, n) =>
      timed(payload, async (msg) => {
        let answer;
        for (let i = 0; i < n; i++) answer = await link.ask(msg);
        return answer;
      }),

    askAtOnce: (payload, n) =>
      timed(payload, async (msg) => {
        const answers = [];
        for (let i = 0; i < n; i++) answers.push(link.ask(msg));
        return (await Promise.all(answers))[n - 1];
      }),

    echoInTurn: (payload, n, to) =>
      timed(payload, async (msg) => {
        let back;
        for (let i = 0; i < n; i++) {
          const coming = next();
          link.tell(to, msg);
          back = await coming;
        }
        return back;
      }),

    tellInTurn: (payload, n, to) =>
      timed(payload, async (msg) => {
        for (let i = 0; i < n; i++) {
          const coming = next();
          link.tell(to, msg);
          await coming;
        }
        return msg;
      }),

    tellAtOnce: (payload, n, to) =>
      timed(payload, async (msg) => {
        const coming = next();
        for (let i = 0; i < n; i++) link.tell(to, msg);
        await coming;
        return msg;
      }),
  };
}

function ignore() {}

/** Milliseconds until a piece of work ends; it must end with what it began with. */
async function timed(payload, work) {
  const msg = PAYLOADS[payload]();
  const start = performance.now();
  const back = await work(msg);
  const time = performance.now() - start;
  requireSame(msg, back);
  return time;
}

module.exports = { startWork };
