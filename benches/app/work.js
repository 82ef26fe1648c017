/** What a page does in a case, by the calls of its rival; main drives it and reads its clock. */
const { inTurn } = require("./in-turn");
const { PAYLOADS, requireSame } = require("./payloads");

const QUERY = new URLSearchParams(location.search);
const SELF = QUERY.get("name");
/** The payload of a request that goes out as soon as the page has loaded. */
const FIRST = QUERY.get("first");

/**
 * @param link the rival's calls: `ask(msg)`, `tell(windowName, msg)`, `onMain(listener)`,
 * `onOther(listener)`, and `linked(names)`, which ends when it can be used. One that has services has
 * `call(msg)` too, one that has topics `onTopic(listener)` and `retained()`.
 */
function startWork(link) {
  const SILENCE = { main: ignore, other: ignore, topic: ignore };
  const ears = { ...SILENCE };
  let heard = 0;
  const hear = (ear) => (msg) => {
    heard++;
    ears[ear](msg);
  };
  link.onMain?.(hear("main"));
  link.onOther?.(hear("other"));
  link.onTopic?.(hear("topic"));

  /** The next message of another window. */
  function next() {
    return new Promise((resolve) => {
      ears.other = resolve;
    });
  }

  function toldAndBack(to, msg) {
    const coming = next();
    link.tell(to, msg);
    return coming;
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
    /** Answers `n` published values in the same way. */
    acknowledgesTopic: (n) => ({ topic: counting(n, () => link.ask({ done: SELF })) }),
  };

  const first = FIRST && firstAsked(link, FIRST);

  window.work = {
    linked: link.linked,
    first: () => first,
    heard: () => heard,

    role(name, ...args) {
      heard = 0;
      Object.assign(ears, SILENCE, roles[name](...args));
    },

    askInTurn: (payload, n) => checked(payload, (msg) => inTurn(n, () => link.ask(msg))),
    callInTurn: (payload, n) => checked(payload, (msg) => inTurn(n, () => link.call(msg))),
    askAtOnce: (payload, n) => timed(payload, (msg) => lastOfAll(n, () => link.ask(msg))),
    callAtOnce: (payload, n) => timed(payload, (msg) => lastOfAll(n, () => link.call(msg))),

    /** The time until this page has the retained value. */
    retained: (payload) => timed(payload, () => link.retained()),

    echoInTurn: (payload, n, to) =>
      checked(payload, (msg) => inTurn(n, () => toldAndBack(to, msg))),

    tellInTurn: (payload, n, to) =>
      checked(payload, async (msg) => {
        const times = await inTurn(n, () => toldAndBack(to, msg));
        return { ...times, back: msg };
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

/** Asks for all at once; the last answer, once all are there. */
async function lastOfAll(n, ask) {
  const answers = [];
  for (let i = 0; i < n; i++) answers.push(ask());
  return (await Promise.all(answers))[n - 1];
}

/** In milliseconds, with the wait for what its rival needs. */
function firstAsked(link, payload) {
  return new Promise((resolve) => {
    addEventListener("load", () => {
      const asked = timed(payload, async (msg) => {
        await link.linked(["main"]);
        return link.ask(msg);
      });
      resolve(asked.then(({ time }) => time));
    });
  });
}

/** The times of a piece of work, which must end with what it began with. */
async function checked(payload, work) {
  const msg = PAYLOADS[payload]();
  const { back, ...times } = await work(msg);
  requireSame(msg, back);
  return times;
}

/** The time of all of a piece of work. */
function timed(payload, work) {
  return checked(payload, async (msg) => {
    const start = performance.now();
    const back = await work(msg);
    return { back, time: performance.now() - start };
  });
}

module.exports = { startWork };
