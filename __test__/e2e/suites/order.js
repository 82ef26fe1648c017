/** What one sender sends to one receiver arrives in the order of sending. */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

const COUNT = 2000;
const EACH = Array.from({ length: COUNT }, (_, n) => n);

/** The value of the n-th message: plain, with bytes, rich, or large. */
function makers() {
  window.valueOf = (n) =>
    [
      { n },
      { n, bytes: new Uint8Array([n % 256, 1]) },
      { n, at: new Date(n), none: undefined },
      { n, text: "x".repeat(n % 7 === 0 ? 5000 : 5) },
    ][n % 4];
}

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: ${COUNT} requests and messages, mixed, keep their order`]: async (t) => {
      const asked = [];
      t.handle((_event, { n, bytes }) => {
        asked.push(n);
        return bytes === undefined ? n : { n, bytes };
      });
      const [a, b] = [await t.open("a", kind), await t.open("b", kind)];
      await b.run(() => {
        window.got = [];
        sy.onMsgFromOtherRender((_event, { n }) => got.push(n));
      });
      await a.run(makers);
      const answers = await a.run(async (count) => {
        const answers = [];
        for (let n = 0; n < count; n++) {
          if (n % 3 === 0) sy.sendMsgToOtherRender("b", window.valueOf(n));
          else answers.push(sy.sendMsgToMain(window.valueOf(n)));
          if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
        }
        return (await Promise.all(answers)).map((answer) =>
          typeof answer === "number" ? answer : answer.bytes[0] === answer.n % 256 && answer.n,
        );
      }, COUNT);
      const requests = EACH.filter((n) => n % 3 !== 0);
      const messages = EACH.filter((n) => n % 3 === 0);
      t.assert.deepEqual(asked, requests);
      t.assert.deepEqual(answers, requests);
      await t.until("b has all", async () => (await b.run(() => got.length)) >= messages.length);
      t.assert.deepEqual(await b.run(() => got), messages);
    },

    [`${kindName}: ${COUNT} messages from main, with and without bytes, in order`]: async (t) => {
      const page = await t.open("page", kind);
      await page.run(() => {
        window.got = [];
        sy.onMsgFromMain((_event, { n, bytes }) => {
          got.push(bytes && (bytes[0] !== n % 256 || bytes.length !== 3) ? `torn ${n}` : n);
        });
      });
      for (const n of EACH) {
        const bytes = new Uint8Array([n % 256, 2, 3]);
        sy.sendMsgToRender("page", n % 2 === 0 ? { n } : { n, bytes });
        if (n % 500 === 0) await t.sleep(1);
      }
      await t.until("it has all", async () => (await page.run(() => got.length)) >= COUNT);
      t.assert.deepEqual(await page.run(() => got), EACH);
    },

    [`${kindName}: an answer and the message sent after it come in that order`]: async (t) => {
      const page = await t.open("page", kind);
      t.handle((event, n) => {
        setTimeout(() => sy.sendMsgToRender(event.windowName, `after ${n}`));
        return `answer ${n}`;
      });
      const order = await page.run(async () => {
        const order = [];
        sy.onMsgFromMain((_event, msg) => order.push(msg));
        for (let n = 0; n < 20; n++) {
          order.push(await sy.sendMsgToMain(n));
          while (order.length < 2 * n + 2) await new Promise((resolve) => setTimeout(resolve));
        }
        return order;
      });
      const expected = EACH.slice(0, 20).map((n) => [`answer ${n}`, `after ${n}`]);
      t.assert.deepEqual(order, [].concat(...expected));
    },
  };
}

module.exports = {
  ...lawsOf("isolated and sandboxed", ISOLATED),
  ...lawsOf("not isolated, sandboxed", OPEN),
};
