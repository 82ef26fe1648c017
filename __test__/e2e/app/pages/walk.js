/**
 * A document in a random walk. It does what main tells it to, and reports on its console: a way
 * that does not lead through the package.
 */
(() => {
  const doc = Math.random().toString(36).slice(2);
  const say = (report) => console.log(`@@walk ${JSON.stringify({ doc, ...report })}`);
  const calls = { main: "onMsgFromMain", other: "onMsgFromOtherRender", call: "onCall" };
  const undos = { main: [], other: [], call: [] };
  let ears = 0;
  let serial = 0;

  const ask = (msg) => sy.sendMsgToMain({ doc, serial: serial++, ...msg });

  /** Main must come to know of it, now or when it has a handler again. */
  const tell = (msg) => ask(msg).catch(({ code }) => code === "ERR_NO_HANDLER" && tell(msg));

  function listen(lane) {
    const ear = `${lane} ${ears++}`;
    const undo = sy[calls[lane]]((event, msg) => {
      const { windowName, fromMain } = event;
      say({ type: "got", lane, ear, from: windowName, fromMain, msg });
      return lane === "call" ? answer(event, msg) : undefined;
    });
    undos[lane].push({ ear, undo });
    say({ type: "listens", lane, ear });
  }

  /** The longest listening one leaves; the request tells main, in the same packet, that it has. */
  function unlisten(lane) {
    const first = undos[lane].shift();
    if (first) first.undo();
    say({ type: "left", lane, ear: first?.ear });
    tell({ left: lane });
  }

  /** What a call is answered with, or that as an error; at once, or after some time. */
  function answer(event, { doc: asker, n, how }) {
    const result = { by: doc, doc: asker, n };
    // A signal is made when it is asked for, which may be after it was aborted.
    const early = n % 2 ? event.signal : undefined;
    const end = () => {
      say({ type: "worked", call: `${asker} ${n}`, aborted: (early || event.signal).aborted });
      if (how.fails) throw Object.assign(new Error("as asked for"), { answer: result });
      return result;
    };
    if (how.lateMs === undefined) return end();
    return new Promise((resolve) => setTimeout(resolve, how.lateMs)).then(end);
  }

  /** The request that follows each message tells main what was sent, in the same turn. */
  function send(to, count) {
    for (let i = 0; i < count; i++) {
      sy.sendMsgToOtherRender(to, { doc, n: serial });
      ask({ sent: to });
    }
  }

  /** The same with calls. */
  function call(to, count, how) {
    for (let i = 0; i < count; i++) {
      const n = serial;
      const settled = (outcome) => {
        say({ type: "settled", n, outcome });
        // Behind the record that tells main so.
        if (outcome.isGivenUp) tell({ gaveUp: n });
      };
      say({ type: "asks", n });
      walkCall.start((...rest) => sy.callOtherRender(to, ...rest), { doc, n, how }).then(settled);
      ask({ called: to, how });
    }
  }

  function request(mode, count) {
    for (let i = 0; i < count; i++) {
      const n = serial;
      const asked = performance.now();
      say({ type: "asked", n });
      ask({ mode }).then(
        (answer) => say({ type: "answered", n, answer }),
        ({ code, message }) => {
          const waitedMs = performance.now() - asked;
          say({ type: "answered", n, refused: code || message, waitedMs });
        },
      );
    }
  }

  window.walk = { doc, call, listen, unlisten, send, request };
  say({ type: "born" });
  if (location.search === "?listens") for (const lane of Object.keys(calls)) listen(lane);
})();
