/**
 * A window that was taken over sends what it likes; nobody else notices. Its own process: what it
 * leaves behind must not confuse other suites.
 */
const sy = require("electron-switchyard");
const { KINDS, KNOWS_FRAMES, TAKEN: TAKEN_WITH_FRAMES, addFrame, frameOf } = require("../frames");
const { TAKEN, nonsense } = require("../taken");

async function takenOver(t) {
  const page = await t.open("taken", TAKEN);
  await page.run(`() => { window.nonsense = ${nonsense}; }`);
  return page;
}

async function othersWork(t, victim) {
  await victim.run(() => sy.sendMsgToOtherRender("victim", "still here"));
  sy.sendMsgToRender("victim", "from main");
  t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
  t.assert.deepEqual(await victim.hears("other", 1), [["victim", '"still here"']]);
  t.assert.deepEqual(await victim.hears("main", 1), [[undefined, '"from main"']]);
}

async function aVictim(t) {
  t.handle((event, msg) => (event.windowName === "victim" ? msg : undefined));
  const victim = await t.open("victim");
  await victim.hear("other", "onMsgFromOtherRender");
  await victim.hear("main", "onMsgFromMain");
  return victim;
}

/** A subframe, and the proof that nothing of it comes to main or to another window. */
async function framed(t, kind) {
  const victim = await aVictim(t);
  const asked = [];
  t.handle((_event, msg) => {
    asked.push(msg);
  });
  await victim.run(() => {
    window.calls = [];
    sy.onCall((_event, msg) => calls.push(msg));
  });
  const page = await t.open("page", kind);
  await addFrame(page, "inner", { src: "frames.html" });
  const reachedNobody = async () => {
    await othersWork(t, victim);
    t.assert.deepEqual(asked, ["alive"]);
    t.assert.deepEqual(await victim.run(() => calls), []);
    t.assert.equal((await victim.heard("other")).length, 1);
  };
  return { frame: frameOf(page, "inner"), reachedNobody };
}

/** Electron 9 tells main of a port whose document has ended, and not of one that its page closes. */
const TELLS_OF_CLOSED_PORTS = Number.parseInt(process.versions.electron, 10) > 9;

module.exports = {
  "packets that are none do nothing but cost one line on the console": async (t) => {
    const victim = await aVictim(t);
    const taken = await takenOver(t);
    const refused = sy.stats().badPackets;
    await taken.run(() => {
      for (const args of nonsense()) sendRaw(...args);
      sendNonsense();
    });
    await t.until("they came", () => sy.stats().badPackets > refused + 10);
    await othersWork(t, victim);
    t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
  },

  "10,000 of them neither flood the console nor stop others": async (t) => {
    const victim = await aVictim(t);
    const taken = await takenOver(t);
    await taken.run(() => {
      const all = nonsense().filter(([, , packet]) => String(packet).length < 1000);
      for (let n = 0; n < 10000; n++) sendRaw(...all[n % all.length]);
    });
    await othersWork(t, victim);
    t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
  },

  "10,000 documents and links of one window are forgotten again": async (t) => {
    const victim = await aVictim(t);
    const taken = await takenOver(t);
    await taken.run(() => {
      for (let n = 0; n < 10000; n++) sendRaw(n * 2, 3, "");
    });
    sy.sendMsgToRender("taken", "into the void");
    await othersWork(t, victim);
  },

  "a document that was left cannot begin to listen": async (t) => {
    const seen = [];
    t.handle((_event, msg) => {
      seen.push(msg);
    });
    const taken = await takenOver(t);
    await taken.run(() => {
      for (const document of [5, 6]) sendRaw(4 * document, 0, "", [], "");
      // The former's last words: its page's world is first heard of after the other's hello.
      sendRaw(4 * 5 + 1, 7, '[[1,1,0,"last words"]]');
      endRaw(4 * 5);
      sendRaw(4 * 6, 0, '[[1,1,0,"after them"]]');
    });
    const right = TELLS_OF_CLOSED_PORTS ? ["after them", "last words"] : ["after them"];
    await t.until("all came", () => right.every((words) => seen.includes(words)));
    sy.sendMsgToRender("taken", "for who listens next");
    // What is not to wait leaves at the end of this turn.
    await t.sleep(1);
    t.assert.equal(sy.stats().windows.taken.queued, 1);
    const { delivered } = sy.stats().windows.taken;
    await taken.run(() => sendRaw(4 * 6 + 1, 1, ""));
    await t.until("it is delivered", () => sy.stats().windows.taken.queued === 0);
    t.assert.equal(sy.stats().windows.taken.delivered, delivered + 1);
  },

  "a page that takes its port and sends what it likes disturbs nobody": async (t) => {
    const victim = await aVictim(t);
    const page = await t.open("page", KINDS["not isolated"]);
    await page.hear("main", "onMsgFromMain");
    await page.run(async () => {
      const ports = MessagePort.prototype;
      const { postMessage } = ports;
      ports.postMessage = function (...args) {
        window.taken = this;
        return postMessage.apply(this, args);
      };
      await sy.sendMsgToMain(1);
      ports.postMessage = postMessage;
      const others = [1e9, -1, 0.5, "x", null, {}, [], [5], ["["], ["", 256], ["", -1], [[]]];
      for (const other of others) taken.postMessage(other);
      for (const counts of [[2], [-1], 1]) taken.postMessage(["[]", 0, ["fragment"], counts]);
      taken.postMessage(['[[2,"victim",0,"who am I"]]', 1]);
    });
    t.assert.deepEqual(await victim.hears("other", 1), [["page", '"who am I"']]);
    sy.sendMsgToRender("page", "once");
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"once"']]);
    t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
  },

  "a page that posts more than any of ours is cut off, and its calls say why": async (t) => {
    const victim = await aVictim(t);
    const page = await t.open("page", KINDS["not isolated"]);
    await page.run(async () => {
      const ports = MessagePort.prototype;
      const { postMessage } = ports;
      const port = await new Promise((found) => {
        ports.postMessage = function (...args) {
          found(this);
          return postMessage.apply(this, args);
        };
        sy.sendMsgToMain(1);
      });
      ports.postMessage = postMessage;
      const texts = Array(1e5).fill("");
      for (let n = 0; n < 20; n++) port.postMessage(["", 0, texts]);
      port.postMessage('[[2,"victim",0,"too late"]]');
    });
    const refused = () =>
      page.run(() => {
        const soon = new Promise((end) => setTimeout(end, 200));
        return Promise.race([sy.sendMsgToMain(1).catch(({ code }) => code), soon]);
      });
    let code;
    for (let n = 0; n < 20 && code !== "ERR_BAD_PACKET"; n++) code = await refused();
    t.assert.equal(code, "ERR_BAD_PACKET");
    await othersWork(t, victim);
    t.assert.equal(t.console.lines.length, 1);
    t.assert.match(t.console.lines[0], /in flight to main/);
  },

  "payloads that cannot be read are the sender's error, not main's": async (t) => {
    const seen = [];
    t.handle((_event, msg) => {
      seen.push(msg);
      return "answer";
    });
    const taken = await takenOver(t);
    await taken.run(() => {
      const parts = ['"!",99', '"nonsense"', "5", '{"a":["\\u007f","x"]}', "null", "[]"];
      const payloads = [...parts.map((part) => `["\\u007f",${part}]`), '["\\u007f"]'];
      for (const payload of payloads) sendRaw(8, 0, `[[1,1,1,${payload}]]`);
      sendRaw(8, 0, '[[1,2,2,["\\u007f","!",1]]]', [new ArrayBuffer(8)]);
      sendRaw(8, 0, '[[1,3,0,"last"]]');
    });
    await t.until("the last came", () => seen.includes("last"));
    t.assert.deepEqual(t.console.lines, []);
  },

  "payloads that cannot be read cost the target only lines on its console": async (t) => {
    const victim = await aVictim(t);
    const taken = await takenOver(t);
    await taken.run(() => {
      for (const part of ["5", '"nonsense"']) {
        sendRaw(8, 0, `[[2,"victim",1,["\\u007f",${part}]]]`);
      }
      sendRaw(8, 0, '[[2,"victim",2,["\\u007f",99]]]', [new ArrayBuffer(8)]);
    });
    await t.sleep(30);
    await othersWork(t, victim);
  },

  "a taken window cannot speak under another's name": async (t) => {
    const victim = await aVictim(t);
    const taken = await takenOver(t);
    await taken.run(() => sendRaw(8, 0, '[[2,"victim",0,"who am I"]]'));
    t.assert.deepEqual(await victim.hears("other", 1), [["taken", '"who am I"']]);
  },

  "a frame from a subframe is rejected": async (t) => {
    const { frame, reachedNobody } = await framed(t, KINDS.isolated);
    const ask = [
      () => sy.sendMsgToMain("from the frame"),
      () => sy.callOtherRender("victim", "from the frame"),
    ];
    for (const run of ask) t.assert.equal((await frame.thrown(run)).code, "ERR_SUBFRAME");
    await frame.run(() => sy.sendMsgToOtherRender("victim", "from the frame"));
    await frame.says(/messages to "victim" were not delivered.*ERR_SUBFRAME/);
    await reachedNobody();
    t.assert.deepEqual(t.console.lines, []);
  },

  "a frame from a taken subframe is rejected, whatever it calls itself": async (t) => {
    const { frame, reachedNobody } = await framed(t, TAKEN_WITH_FRAMES);
    // Of links, a page's own are multiples of four and the numbers after them. Electron 9 to 11 do
    // not tell main which frame a message is from: there it has to believe them.
    const links = KNOWS_FRAMES ? [8, 9, 10, 11] : [10, 11];
    await frame.run((links) => {
      const records = [
        '[1,1,0,"from the frame"]',
        '[2,"victim",0,"from the frame"]',
        '[7,[2,"victim"],0,"from the frame"]',
      ];
      for (const link of links) {
        sendRaw(link - (link % 2), 0, "", [], "");
        sendRaw(link, 7, `[${records}]`);
      }
    }, links);
    await reachedNobody();
    t.assert.equal(t.console.lines.length, KNOWS_FRAMES ? 1 : 0, t.console.lines.join("\n"));
  },

  // The last: where the router keeps such a request, nothing works from here on.
  "a request whose id is no safe integer stops nobody's requests": async (t) => {
    const victim = await aVictim(t);
    const taken = await takenOver(t);
    await taken.run(() => sendRaw(8, 0, "[[1,9007199254740993,0,1]]"));
    await taken.run(() => sendRaw(8, 0, "[[1,18446744073709551615,0,1]]"));
    await othersWork(t, victim);
    t.unhandle();
    t.handle(async (_event, msg) => msg);
    await taken.run(() => sendRaw(8, 0, "[[1,9007199254740993,0,1]]"));
    t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
  },
};
