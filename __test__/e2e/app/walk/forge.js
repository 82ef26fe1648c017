/* global written, nonsense, sendNonsense, sendRaw, sendRawHello, rawPort, sy */
/**
 * What the hostile page of a walk does; evaluated there. `made`: it says hello itself, and has a
 * port for each document that it makes up (preloads/raw.js). Otherwise it has taken the port that the
 * package has in its page (`taken`).
 */
function forge(corpus, made) {
  /** Each page's numbers are its own, and now and then those of the page before. */
  let document = 2 + Math.floor(Math.random() * 4);
  /** Of a request whose id is in use, main takes none; the package's own begin at 0. */
  let id = 1e6;
  const port = () => (made ? rawPort(4 * document) : window.taken);
  const say = (message, ports) => port().postMessage(message, ports);
  const record = (...parts) => JSON.stringify(parts);
  const post = (...records) => say([`[${records}]`, 7]);
  const times = (count, make) => Array.from({ length: count }, (_, n) => make(n));
  const some = (list) => list[Math.floor(Math.random() * list.length)];
  const attempt = (act) => {
    try {
      act();
    } catch (_error) {
      // Here the page itself, and not main, finds fault with it.
    }
  };

  const forged = {
    /** Wrong types, and parts that do not fit. */
    corpus() {
      for (let n = 0; n < 4; n++) {
        const parts = some(corpus).map(written);
        say(parts.length === 1 ? parts[0] : parts);
      }
    },
    nonsense() {
      for (let n = 0; n < 5; n++) {
        const [, lanes, packet, attachments] = some(nonsense());
        attempt(() => say([packet, lanes, attachments]));
      }
    },
    /** Right but for one member. */
    almost() {
      const odd = () => some([null, -1, 0.5, 2 ** 53, "nobody", "", [], {}, true, [[]], undefined]);
      const right = () => ["[[1,1,2,0]]", 7, [new ArrayBuffer(2)], [1]];
      const inner = () => [some([1, 2, 7, 8, 9]), id++, 0, { forged: true }];
      const wrong = (parts) => {
        parts[Math.floor(Math.random() * parts.length)] = odd();
        return parts;
      };
      for (let n = 0; n < 10; n++) say(wrong(right()));
      for (let n = 0; n < 10; n++) post(record(...wrong(inner())));
    },
    /** Answers to calls that others were given, or that there are none of. */
    answers() {
      post(...times(300, (n) => record(8, [n, n % 2], 0, { by: "forged" })));
    },
    /** Others' requests, given up. */
    aborts: () => post(...times(300, (n) => record(9, n, 0, "forged"))),
    /** What only main may say. */
    downward(names) {
      for (const name of names) {
        post(record(3, 0, 0, "as main"), record(4, name, 0, "as another"));
        post(record(5, 1, 1, 0, "as an answer"), record(6, name, "ERR_TARGET_GONE", null, 1, ""));
      }
    },
    /** Requests that nobody is to answer twice: all have one id. */
    requests: () => post(...times(20, () => record(1, 1, 0, { forged: true }))),
    unknown() {
      post(...times(50, (n) => record(n % 2 ? 2 : 7, n % 2 ? "nobody" : [n, "nobody"], 0, 1)));
    },
    toItself() {
      post(...times(50, (n) => record(n % 2 ? 2 : 7, n % 2 ? "hostile" : [n, "hostile"], 0, 1)));
    },
    acknowledgements() {
      for (const count of [1e9, 2 ** 53, 2 ** 53 - 1, -1, 0, 3]) say(count);
    },
    fragments() {
      const fragment = () => new ArrayBuffer(1);
      for (let n = 0; n < 20; n++) say(["", 0, [fragment()], n % 2 ? [16_777_216] : [1]]);
      say(['[[1,2,2,["\\u007f","b",0]]]', 0, [fragment(), "x"], [2]]);
    },
    oversized() {
      say("x".repeat(2_000_000));
      post(record(1, id++, 0, "y".repeat(900_000)), record(1, id++, 0, "z".repeat(200_000)));
      say(['[[1,2,2,["\\u007f","b",0]]]', 0, [new ArrayBuffer(1_000_000)], [1]]);
    },
    /** What V8 or Chromium cannot take apart in main, or not as what it was. */
    strangers() {
      const cyclic = [];
      cyclic.push(cyclic);
      const module = [0, 97, 115, 109, 1, 0, 0, 0];
      const makers = [
        () => new SharedArrayBuffer(8),
        () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer,
        () => new WebAssembly.Module(new Uint8Array(module)),
        () => new Blob(["x"]),
        () => new File(["x"], "x"),
        () => new ImageData(1, 1),
        () => new DOMRect(),
        () => new DOMMatrix(),
        () => cyclic,
        () => JSON.parse('{ "then": 1, "length": 2 }'),
        () => new Error("x"),
        () => new Map([[{}, new Set([1n])]]),
        () => Object(1n),
        () => new RegExp("x".repeat(1000)),
        () => new Date(Number.NaN),
        () => JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`),
      ];
      for (const make of makers) {
        attempt(() => say(make()));
        attempt(() => say(["[]", 7, [make()], [1]]));
        attempt(() => say([make(), 7]));
      }
    },
    /** Ports nobody asked for, and its own, in the hands of a worker. */
    portsInside() {
      const { port1, port2 } = new MessageChannel();
      say(["[]", 7], [port1]);
      say(["", 0, [port2]], [port2]);
    },
    givenAway() {
      const work = () => {
        addEventListener("message", ({ data }) => {
          for (let n = 0; n < 50; n++) data.postMessage([`[[1,${n},0,{"forged":true}]]`, 7]);
          setInterval(() => data.postMessage(`[[2,"nobody",0,1]]`), 20);
        });
      };
      const source = URL.createObjectURL(new Blob([`(${work})()`]));
      const mine = port();
      attempt(() => new Worker(source).postMessage(mine, [mine]));
      document += 1;
    },
    closing() {
      post(...times(20, () => record(1, id++, 0, { forged: true })));
      port().close();
      document += 1;
    },
    /** Documents that are none: the one before it ends, and has last words. */
    documents(count) {
      for (let n = 0; n < count; n++) {
        document += 1;
        sendRaw(4 * document, n % 8, "", [], "file://");
        post(record(1, id++, 0, { forged: true }));
        if (n % 2) port().close();
      }
      document += 1;
    },
    /** The hello of the document that is there, again and again. */
    hellos() {
      for (let n = 0; n < 10; n++) sendRaw(4 * document, 7, "", [], "file://");
      sendNonsense();
    },
    subframes: () => sendRaw(4 * document + 2, 7, `[${record(2, "a", 0, "from no frame")}]`),

    /** Messages as they should be, each with a word to main of it: these are to come. */
    messages(doc, to, count) {
      const said = (n) => record(1, id++, 0, { doc, serial: n, sent: to });
      post(...times(count, (n) => [record(2, to, 0, { doc, n }), said(n)]).flat());
    },
    /** Each second one cannot be read. */
    unreadable(doc, to, count) {
      const message = (n) => (n % 2 ? record(2, to, 0, { doc, n }) : record(2, to, 1, ["\x7f", 9]));
      const said = (n) => record(1, id++, 0, { doc, serial: n, sent: to, unreadable: n % 2 === 0 });
      post(...times(2 * count, (n) => [message(n), said(n)]).flat());
    },
    /** Calls as they should be, some of which are given up at once. */
    calls(doc, to, count, how) {
      const call = (n) => record(7, [id, to], 0, { doc, n, how });
      const abort = (n) => (n % 3 ? [] : [record(9, id, 0, null)]);
      const said = (n) => record(1, ++id, 0, { doc, serial: n, called: to, how });
      const records = (n) => {
        const each = [call(n), ...abort(n), said(n)];
        id += 1;
        return each;
      };
      post(...times(count, records).flat());
    },
  };
  return forged;
}

module.exports = { forge };
