/** Windows that were taken over, and what they post. */
const { kind, source } = require("./kinds");

/** A window whose preload sends what it likes; see preloads/raw.js. */
const TAKEN = kind({ contextIsolation: false, sandbox: true }, { preload: source("raw.js") });

/** Packets that are none, or whose parts do not fit; evaluated in the page. */
function nonsense() {
  const buffer = new ArrayBuffer(8);
  const deep = "[".repeat(100000);
  const packets = [
    "[",
    "null",
    "{}",
    "[[]]",
    "[[99,1,0,1]]",
    "[[1]]",
    "[[1,-1,0,null]]",
    "[[1,1e999,0,1]]",
    '[[1,"1",0,1]]',
    "[[1,1,4294967296,1]]",
    "[[1,1,-1,1]]",
    "[[1,1,2,1]]",
    "[[2,5,0,1]]",
    '[[2,"\\ud800",0,1]]',
    '[[2,"victim",3,1]]',
    '[[3,0,"as main"]]',
    '[[4,"victim",0,"as another"]]',
    '[[5,1,1,0,"as an answer"]]',
    '[[6,1,"ERR","nack"]]',
    "[[1,1,0,1]] and more",
    deep,
    "x".repeat(1000000),
  ];
  const others = [
    [],
    [9],
    [null, null, null],
    ["1", 0, "[]"],
    [-1, 0, "[]"],
    [0.5, 0, "[]"],
    [Number.MAX_VALUE, 0, "[]"],
    [2 ** 60, 0, "[]"],
    [Number.NaN, 0, "[]"],
    [{}, 0, "[]"],
    [8, 256, "[]"],
    [8, -1, "[]"],
    [8, "3", "[]"],
    [8, 0, { length: 5 }],
    [8, 0, "", "attachments"],
    [8, 0, "", [1, 2]],
    [8, 0, "", [new Uint8Array(4)]],
    [8, 0, "", [buffer, buffer]],
    [8, 0, "[[1,1,3,1]]", [buffer]],
    [8, 0, "[[1,1,0,1]]", [buffer]],
    [8, 0, "[[1,1,1,1],[1,2,2,1]]", []],
  ];
  const hellos = [undefined, null, 5, "", {}, [], [-4, ""], [9, ""], [1e300, ""], ["8", ""]];
  const ports = (count) => Array.from({ length: count }, () => new MessageChannel().port2);
  window.sendNonsense = () => {
    for (const hello of hellos) {
      sendRawHello(hello);
      // Ports without a word are a hello whose argument a tool has dropped.
      if (hello !== undefined) sendRawHello(hello, ports(2));
    }
    for (const count of [0, 1, 3]) sendRawHello([8, ""], ports(count));
    const counts = [[], [2], [-1], [1e9], [0.5], ["1"], [1, 1], 1, {}, [[]]];
    for (const count of counts) sendRawMessage(["[]", 0, ["text"], count]);
    for (const size of [-1, 0.5, 1e300, Number.NaN, 2 ** 53, null]) sendRawMessage(size);
    for (const size of [5, null, {}, []]) sendRawMessage([size]);
    sendRawMessage(1e9);
    for (let n = 0; n < 100; n++) sendRawMessage(["", 0, ["a fragment of no packet"]]);
  };
  return [...packets.map((packet) => [8, 0, packet]), ...others];
}

module.exports = { TAKEN, nonsense };
