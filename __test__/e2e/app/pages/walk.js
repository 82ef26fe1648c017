/**
 * A document in a random walk. It does what main tells it to, and reports on its console: a way
 * that does not lead through the package.
 */
(() => {
  const doc = Math.random().toString(36).slice(2);
  const say = (report) => console.log(`@@walk ${JSON.stringify({ doc, ...report })}`);
  const calls = { main: "onMsgFromMain", other: "onMsgFromOtherRender" };
  const undos = { main: [], other: [] };
  let ears = 0;
  let serial = 0;

  const ask = (msg) => sy.sendMsgToMain({ doc, serial: serial++, ...msg });

  function listen(lane) {
    const ear = `${lane} ${ears++}`;
    const undo = sy[calls[lane]](({ windowName }, msg) =>
      say({ type: "got", lane, ear, from: windowName, msg }),
    );
    undos[lane].push({ ear, undo });
    say({ type: "listens", lane, ear });
  }

  /** The longest listening one leaves; the request tells main, in the same frame, that it has. */
  function unlisten(lane) {
    const first = undos[lane].shift();
    if (first) {
      first.undo();
      say({ type: "left", ear: first.ear });
    }
    ask({ left: lane });
  }

  /** The request that follows each message tells main what was sent, in the same turn. */
  function send(to, count) {
    for (let i = 0; i < count; i++) {
      sy.sendMsgToOtherRender(to, { doc, n: serial });
      ask({ sent: to });
    }
  }

  function request(mode, count) {
    for (let i = 0; i < count; i++) {
      const n = serial;
      say({ type: "asked", n });
      ask({ mode }).then(
        (answer) => say({ type: "answered", n, answer }),
        (error) => say({ type: "answered", n, answer: error.message }),
      );
    }
  }

  window.walk = { doc, listen, unlisten, send, request };
  say({ type: "born" });
  if (location.search === "?listens") for (const lane of Object.keys(calls)) listen(lane);
})();
