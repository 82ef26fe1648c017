/**
 * After any fault of a page, or of what it is sent, the next message arrives. Its own process: the
 * bounds are narrow, and what a hostile page leaves behind must not confuse other suites.
 */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");
const { withOptions } = require("../limits");
const { TAKEN } = require("../taken");

const MAX_QUEUE = 1_048_576;
const NARROW = { maxQueueBytes: MAX_QUEUE, maxInFlightBytes: 262_144 };

async function works(t, page, name) {
  const id = `next ${Math.random()}`;
  sy.sendMsgToRender(name, id);
  t.assert.equal(await page.run((id) => sy.sendMsgToMain(id), id), id);
  await t.until("the next message arrives", () => page.run((id) => got.includes(id), id));
}

async function open(t, name, kind) {
  const page = await t.open(name, kind);
  await page.run(() => {
    window.got = [];
    sy.onMsgFromMain((_event, msg) => got.push(msg));
    sy.onMsgFromOtherRender(() => {
      throw new Error("a listener that throws");
    });
    sy.onCall((_event, how) => {
      if (how === "text") return "x".repeat(2_000_000);
      return how === "bytes" ? new Uint8Array(2_000_000) : how;
    });
  });
  return page;
}

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: an answer longer than maxQueueBytes rejects its asker, and all after it arrives`]:
      async (t) =>
        withOptions(NARROW, async () => {
          t.handle((_event, msg) => msg);
          const a = await open(t, "a", kind);
          await open(t, "b", kind);
          for (const how of ["bytes", "text", "bytes"]) {
            const error = await a.thrown((how) => sy.callOtherRender("b", how), how);
            t.assert.equal(error.code, "ERR_QUEUE_FULL");
            t.assert.match(error.message, /1048576 bytes \(maxQueueBytes\)/);
            await t.assert.rejects(sy.callRender("b", how), { code: "ERR_QUEUE_FULL" });
            await works(t, a, "a");
          }
          t.assert.equal(await a.run(() => sy.callOtherRender("b", "short")), "short");
          t.assert.deepEqual(t.console.lines, []);
        }),

    [`${kindName}: packets that a page cannot read are acknowledged, and the next message arrives`]:
      async (t) =>
        withOptions(NARROW, async () => {
          t.handle((_event, msg) => msg);
          const a = await open(t, "a", kind);
          await a.run(() => {
            const { parse } = JSON;
            JSON.parse = (text, ...rest) => {
              if (String(text).includes("poison")) throw new Error("poison");
              return parse(text, ...rest);
            };
          });
          for (let n = 0; n < 60; n++) {
            sy.sendMsgToRender("a", `poison ${"x".repeat(20_000)}`);
            if (n % 10 === 9) await works(t, a, "a");
          }
        }),
  };
}

/** What a page that was taken over posts; each stands for a kind. */
const FORGED = {
  "bytes and text in one attachment": () => {
    const record = '[[2,"a",2,["\\u007f","b",0]]]';
    for (let n = 0; n < 120; n++) {
      sendRawMessage([record, 0, [new ArrayBuffer(50_000), "x"], [2]]);
    }
  },
  "empty fragments": () => {
    const fragments = Array.from({ length: 200_000 }, () => new ArrayBuffer(0));
    for (let n = 0; n < 5; n++) sendRawMessage(["", 0, fragments]);
  },
  "empty texts": () => {
    const fragments = Array(500_000).fill("");
    for (let n = 0; n < 20; n++) sendRawMessage(["", 0, fragments]);
  },
  "attachments of no fragments": () => {
    const counts = Array(500_000).fill(0);
    for (let n = 0; n < 20; n++) sendRawMessage(['[[2,"a",500001,0]]', 0, [], counts]);
  },
  "tiny fragments that no packet follows": () => {
    const fragments = Array.from({ length: 4000 }, () => new ArrayBuffer(1));
    for (let n = 0; n < 50; n++) sendRawMessage(["", 0, fragments]);
  },
  "sizes that nothing comes of": () => {
    for (let n = 0; n < 5000; n++) sendRawMessage(["", 0, [new ArrayBuffer(1)], [16_777_216]]);
  },
  "a text that says 4 GB": () => {
    for (let n = 0; n < 20; n++) {
      const packet = `[[1,${n},2,["\\u007f","b",0]]]`;
      sendRawMessage([packet, 0, [new ArrayBuffer(1), "4000000000"], [2]]);
    }
  },
  "a packet of a million records": () => {
    sendRawMessage([`[${"[9,1,0,0],".repeat(1_000_000)}[9,1,0,0]]`, 0]);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map(([kindName, kind]) => lawsOf(kindName, kind)),
  ...Object.entries(FORGED).map(([name, post]) => ({
    [`${name}: rejected, counted, one line, and others go on`]: async (t) => {
      t.handle((_event, msg) => msg);
      const a = await open(t, "a", KINDS.isolated);
      const taken = await t.open("taken", TAKEN);
      const before = sy.stats().badPackets;
      const memory = process.memoryUsage().rss;
      await taken.run(`() => { (${post})(); }`);
      await taken.run(() => sy.sendMsgToMain("behind them")).catch(() => undefined);
      await works(t, a, "a");
      const isRefused = name !== "tiny fragments that no packet follows";
      await t.until("it is counted", () => !isRefused || sy.stats().badPackets > before);
      t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
      const more = (process.memoryUsage().rss - memory) / 1024 / 1024;
      t.assert.ok(more < 200, `${more} MB more`);
    },
  })),
);
