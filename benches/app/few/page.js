const { sendMsgToMain } = require("electron-switchyard/renderer");
const { inTurn } = require("../in-turn");

const waiting = new Map();
let port;
let asked = 0;

addEventListener("raw-port", ({ ports }) => {
  [port] = ports;
  port.onmessage = ({ data: [id, answer] }) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve(answer);
  };
});
dispatchEvent(new Event("give-raw-port"));

const WAYS = {
  switchyard: sendMsgToMain,
  hand: (msg) => window.hand.ask(msg),
  port: (msg) =>
    new Promise((resolve) => {
      waiting.set(++asked, resolve);
      port.postMessage([asked, msg]);
    }),
};

/** Asks so often, and counts what it asks, so that an answer to another request is seen. */
window.run = async (way, n) => {
  const ask = WAYS[way];
  const { back, ...times } = await inTurn(n, (i) => ask({ i, a: "hello", b: [1, 2, 3] }));
  if (back.got !== n - 1) throw new Error(`request ${n - 1} got the answer to ${back.got}`);
  return times;
};
