/**
 * Subframes that are let in and were taken over: they send what they like. Its own process: what
 * they leave behind must not confuse other suites.
 */
const sy = require("electron-switchyard");
const {
  KNOWS_FRAMES,
  KNOWS_ORIGINS,
  TAKEN,
  addFrame,
  frameOf,
  openOn,
  origins,
} = require("../frames");

sy.initIpc({ subframes: true });

/** A taken page with a subframe of another origin and one of another site, and what main hears. */
async function taken(t) {
  const all = await origins(t);
  const page = await openOn(t, all.own, "taken", TAKEN);
  const frames = {};
  for (const id of ["other", "site"]) {
    await addFrame(page, id, { src: `${all[id]}/frames.html` });
    frames[id] = frameOf(page, id);
  }
  const requests = [];
  t.handle((event, msg) => {
    requests.push([event.windowName, event.origin, msg]);
    return msg;
  });
  return { all, page, requests, ...frames };
}

/** In a subframe: greets as a document of a number, with an origin, and asks main something. */
const greetAndAsk = (document, msg, claim) => {
  const link = 4 * document + 2;
  sendRaw(link, 0, "", [], claim);
  sendRaw(link, 0, `[[1,1,0,${JSON.stringify(msg)}]]`);
};

/** A window that nothing of this may concern. */
async function aVictim(t) {
  const victim = await t.open("victim");
  await victim.hear("other", "onMsgFromOtherRender");
  return victim;
}

async function victimWorks(t, victim) {
  t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
  t.assert.equal(t.console.lines.length <= 1, true, t.console.lines.join("\n"));
}

/**
 * Main knows a frame's origin, whatever its preload says. In Electron 9 to 19 a frame's origin is what
 * its preload says it is: subframes.isolated.js has that an honest one tells the right one.
 */
const ORIGINS = {
  "a frame cannot claim another origin": async (t) => {
    const { all, other, site, requests } = await taken(t);
    const claims = ["https://bank.example", all.own, "null", "", 5, null, undefined, {}, [all.own]];
    for (const [i, claim] of claims.entries()) {
      await other.run(greetAndAsk, 10 + i, i, claim);
      await site.run(greetAndAsk, 100 + i, i, claim);
    }
    await t.until("all came", () => requests.length === 2 * claims.length);
    const origins = new Set(requests.map(([name, origin]) => `${name} ${origin}`));
    t.assert.deepEqual([...origins].sort(), [`taken ${all.other}`, `taken ${all.site}`].sort());
  },

  "a document that has the number of the one before it has its own origin": async (t) => {
    const { all, page, other, requests } = await taken(t);
    await other.run(greetAndAsk, 5, "before");
    await t.until("it came", () => requests.length === 1);
    for (const origin of [all.own, all.site]) {
      const { length } = requests;
      await page.run((...where) => iframes.go(...where), "other", `${origin}/frames.html`);
      await other.run(greetAndAsk, 5, "after");
      await t.until("it came", () => requests.length > length);
      t.assert.deepEqual(requests.slice(length), [["taken", origin, "after"]]);
    }
  },
};

/** Main knows the frame that a message is from, whatever its preload says. In Electron 9 to 11 it does not. */
const KNOWN = {
  "a frame cannot speak as its window's own page, nor the page as a frame": async (t) => {
    const victim = await aVictim(t);
    const { all, page, other, requests } = await taken(t);
    await page.run(() => sendRaw(4 * 5, 0, "", [], ""));
    await other.run(() => {
      for (const link of [4 * 5, 4 * 5 + 1, 4 * 6]) {
        sendRaw(link, 0, "", [], "");
        sendRaw(link, 0, '[[1,1,0,"as the page"],[2,"victim",0,"as the page"]]');
      }
    });
    await page.run(() => {
      sendRaw(4 * 7 + 2, 0, "", [], "https://bank.example");
      sendRaw(4 * 7 + 2, 0, '[[1,1,0,"as a frame"],[2,"victim",0,"as a frame"]]');
      sendRaw(4 * 5, 0, '[[1,1,0,"as itself"]]');
    });
    await t.until("it came", () => requests.length > 0);
    await victimWorks(t, victim);
    t.assert.deepEqual(requests, [
      ["taken", all.own, "as itself"],
      ["victim", "file://", "alive"],
    ]);
    t.assert.deepEqual(await victim.heard("other"), []);
  },

  "a frame that uses another's link does not speak with its origin": async (t) => {
    const victim = await aVictim(t);
    const { all, other, site, requests } = await taken(t);
    await other.run(greetAndAsk, 5, "mine");
    await t.until("it came", () => requests.length === 1);
    await site.run(() => sendRaw(4 * 5 + 2, 0, '[[1,2,0,"without a hello"]]'));
    await site.run(greetAndAsk, 5, "with a hello");
    await site.run(() => sendRaw(4 * 5 + 3, 0, '[[1,3,0,"as its other world"]]'));
    await victimWorks(t, victim);
    const forged = requests.filter(([, origin, msg]) => origin === all.other && msg !== "mine");
    t.assert.deepEqual(forged, []);
  },
};

const LAWS = {
  "a frame cannot answer its page's calls, nor give its page's requests up": async (t) => {
    const { page, other } = await taken(t);
    const signals = [];
    let answer;
    t.handle((event) => {
      signals.push(event.signal);
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const link = 4 * 5;
    await page.run((link) => {
      sendRaw(link, 0, "", [], "");
      // From here on it handles calls, and never answers.
      sendRaw(link, 4, '[[1,1,0,"its request"]]');
    }, link);
    await t.until("it came", () => signals.length > 0);
    let isSettled = false;
    const call = sy.callRender("taken", 1, { timeoutMs: 500 });
    const settled = call.then(
      () => "answered",
      ({ code }) => code,
    );
    settled.then(() => {
      isSettled = true;
    });
    await other.run((link) => {
      sendRaw(link, 0, "", [], "");
      const answers = Array.from({ length: 2000 }, (_, n) => `[8,[${n},1],0,"forged"]`);
      const aborts = Array.from({ length: 2000 }, (_, n) => `[9,${n},0,null]`);
      sendRaw(link, 0, `[${answers},${aborts}]`);
    }, link + 2);
    await t.sleep(50);
    t.assert.equal(isSettled, false);
    t.assert.equal(await settled, "ERR_TIMEOUT");
    t.assert.equal(signals[0].aborted, false);
    answer();
  },

  "10,000 documents of one frame are forgotten again": async (t) => {
    const victim = await aVictim(t);
    const { other } = await taken(t);
    await other.run(() => {
      for (let n = 0; n < 10000; n++) {
        sendRaw(4 * n + 2, 0, "", [], self.origin);
        sendRaw(4 * n + 2, 3, "");
      }
    });
    sy.sendMsgToRender("taken", "into the void");
    await victimWorks(t, victim);
  },

  "frames of a frame that are none cost one line on the console": async (t) => {
    const victim = await aVictim(t);
    const { other } = await taken(t);
    await other.run(() => {
      const link = 4 * 5 + 2;
      const frames = [
        "[",
        "null",
        "{}",
        "[[]]",
        "[null]",
        "[[7,null]]",
        "[[99,1,0,1]]",
        "[".repeat(1e5),
      ];
      for (const claim of [self.origin, "x".repeat(1000), "\ud800", 7, {}]) {
        sendRaw(link, 0, "", [], claim);
        for (const frame of frames) sendRaw(link, 0, frame);
        for (const frame of frames) sendRaw(link + 8, 0, frame);
        sendRaw(link, 256, "");
        sendRaw(link, 0, "", [], claim, "more");
      }
    });
    await victimWorks(t, victim);
  },
};

module.exports = {
  ...(KNOWS_ORIGINS ? ORIGINS : {}),
  ...(KNOWS_FRAMES ? KNOWN : {}),
  ...LAWS,
};
