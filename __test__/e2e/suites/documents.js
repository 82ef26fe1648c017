/** Pages come and go in a window: reload, navigation, crash, close. */
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

const KINDS = { "isolated and sandboxed": ISOLATED, "not isolated, sandboxed": OPEN };

/** What echo pages told main of, in order. */
function echoes(t) {
  const inbox = t.inbox();
  return { told: () => inbox.map(({ msg }) => msg.msg), count: () => inbox.length };
}

const numbers = (count) => Array.from({ length: count }, (_, i) => i);

/** A promise of an answer that the test gives when it wants. */
function gate() {
  let open;
  const answer = new Promise((resolve) => {
    open = resolve;
  });
  return { answer, open };
}

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: messages that wait over a reload arrive once, in order`]: async (t) => {
      const page = await t.open("page", kind);
      for (const n of numbers(5)) sy.sendMsgToRender("page", n);
      const reloaded = page.reload();
      for (const n of numbers(5)) sy.sendMsgToRender("page", n + 5);
      await reloaded;
      for (const n of numbers(5)) sy.sendMsgToRender("page", n + 10);
      await page.hear("new", "onMsgFromMain");
      const all = numbers(15).map((n) => [undefined, String(n)]);
      t.assert.deepEqual(await page.hears("new", 15), all);
    },

    [`${kindName}: after a reload a listening page gets what is sent then, once`]: async (t) => {
      const { told, count } = echoes(t);
      const page = await t.open("page", kind, "echo.html");
      for (const round of [1, 2, 3]) {
        await page.reload();
        sy.sendMsgToRender("page", round);
        await t.until("it is told", () => count() >= round);
      }
      await t.sleep(30);
      t.assert.deepEqual(told(), [1, 2, 3]);
    },

    [`${kindName}: a flood over a reload arrives in order, nothing twice`]: async (t) => {
      const { told } = echoes(t);
      const page = await t.open("page", kind, "echo.html");
      let n = 0;
      const ticks = setInterval(() => sy.sendMsgToRender("page", n++), 1);
      await t.sleep(20);
      await page.reload();
      clearInterval(ticks);
      sy.sendMsgToRender("page", n);
      await t.until("the last is told", () => told().includes(n));
      const sorted = [...new Set(told())].sort((a, b) => a - b);
      t.assert.deepEqual(told(), sorted);
    },

    [`${kindName}: an answer for a page that was reloaded goes nowhere`]: async (t) => {
      const gates = [gate(), gate()];
      const asked = [];
      t.handle((_event, msg) => {
        asked.push(msg);
        return gates[asked.length - 1].answer;
      });
      const page = await t.open("page", kind);
      await page.run(() => void sy.sendMsgToMain("old"));
      await t.until("the old page asked", () => asked.length === 1);
      await page.reload();
      const answer = page.run(() => sy.sendMsgToMain("new"));
      await t.until("the new page asked", () => asked.length === 2);
      gates[0].open("answer for the old");
      await t.sleep(30);
      gates[1].open("answer for the new");
      t.assert.equal(await answer, "answer for the new");
    },

    [`${kindName}: another page in the window takes over`]: async (t) => {
      const { told, count } = echoes(t);
      const page = await t.open("page", kind);
      await page.hear("old", "onMsgFromMain");
      await page.load("echo.html");
      sy.sendMsgToRender("page", "for the new page");
      await t.until("it is told", () => count() === 1);
      t.assert.deepEqual(told(), ["for the new page"]);
    },

    [`${kindName}: a page without the package holds messages for the next one`]: async (t) => {
      const page = await t.open("page", kind);
      await page.hear("old", "onMsgFromMain");
      await page.contents.loadURL("data:text/html,nothing");
      for (const n of [1, 2]) sy.sendMsgToRender("page", n);
      await page.load();
      await page.hear("new", "onMsgFromMain");
      t.assert.deepEqual(await page.hears("new", 2), [
        [undefined, "1"],
        [undefined, "2"],
      ]);
    },

    [`${kindName}: navigation within the page changes nothing`]: async (t) => {
      t.handle(() => "answer");
      const page = await t.open("page", kind);
      await page.hear("main", "onMsgFromMain");
      await page.run(() => {
        location.hash = "somewhere";
        history.pushState({}, "", "#else");
      });
      sy.sendMsgToRender("page", 1);
      t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, "1"]]);
    },

    [`${kindName}: what is sent to a crashed page waits for the reloaded one`]: async (t) => {
      const page = await t.open("page", kind);
      await page.hear("old", "onMsgFromMain");
      await page.crash();
      for (const n of [1, 2]) sy.sendMsgToRender("page", n);
      await page.reload();
      await page.hear("new", "onMsgFromMain");
      sy.sendMsgToRender("page", 3);
      const all = [1, 2, 3].map((n) => [undefined, String(n)]);
      t.assert.deepEqual(await page.hears("new", 3), all);
      t.handle(() => "answer");
      t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), "answer");
    },

    [`${kindName}: an answer for a page that crashed goes nowhere`]: async (t) => {
      const { answer, open } = gate();
      let asked = false;
      t.handle(() => {
        asked = true;
        return answer;
      });
      const page = await t.open("page", kind);
      await page.run(() => void sy.sendMsgToMain("old"));
      await t.until("it asked", () => asked);
      await page.crash();
      open("too late");
      await t.sleep(30);
      t.assert.equal(sy.stats().windows.page.queued, 0);
    },
  };
}

const CLOSING = {
  "a document that was taken for gone is there again as soon as it says so": async (t) => {
    const page = await t.open("page");
    await page.hear("main", "onMsgFromMain");
    t.handle((_event, msg) => msg);
    t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), 1);
    // As Electron 9 tells of two navigations at a time, of which the second is given up.
    const { contents } = page;
    contents.emit("did-start-navigation", {}, contents.getURL(), false, true);
    contents.emit("did-navigate", {}, contents.getURL());
    sy.sendMsgToRender("page", "waits");
    t.assert.equal(sy.stats().windows.page.queued, 1);
    contents.emit("dom-ready", {});
    t.assert.equal(await page.run(() => sy.sendMsgToMain(2)), 2);
    t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"waits"']]);
  },

  "a window destroyed in the middle of a flood disturbs nobody": async (t) => {
    t.handle((_event, msg) => msg);
    const [victim, other] = [await t.open("victim"), await t.open("other")];
    await victim.hear("main", "onMsgFromMain");
    await other.hear("main", "onMsgFromMain");
    await other.run(() => void setInterval(() => sy.sendMsgToOtherRender("victim", [1]), 0));
    await victim.run(() => {
      setInterval(() => sy.sendMsgToMain(new Uint8Array(9)), 0);
      setInterval(() => sy.sendMsgToOtherRender("other", 1), 0);
    });
    let undeliverable = 0;
    const off = sy.onUndeliverable(({ count, code, reason }) => {
      t.assert.deepEqual([code, reason], ["ERR_TARGET_GONE", "closed"]);
      undeliverable += count;
    });
    for (let n = 0; n < 300; n++) {
      sy.sendMsgToRender("victim", n);
      sy.sendMsgToRender("other", n);
      if (n === 150) sy.destroyWindow("victim");
      if (n % 10 === 0) await t.sleep(1);
    }
    t.assert.ok(undeliverable >= 149, `${undeliverable}`);
    off();
    t.assert.equal((await other.hears("main", 300)).length, 300);
    t.assert.equal(await other.run(() => sy.sendMsgToMain("alive")), "alive");
  },

  "an answer for a window that was closed goes nowhere": async (t) => {
    const { answer, open } = gate();
    let asked = false;
    t.handle(() => {
      asked = true;
      return answer;
    });
    const page = await t.open("page");
    await page.run(() => void sy.sendMsgToMain("old"));
    await t.until("it asked", () => asked);
    sy.destroyWindow("page");
    open("too late");
    await t.sleep(20);
    t.assert.deepEqual(t.console.lines, []);
  },

  "a handler that destroys the asking window harms nothing": async (t) => {
    t.handle((event) => {
      sy.destroyWindow(event.windowName);
      return "nobody's";
    });
    const page = await t.open("page");
    page.run(() => void sy.sendMsgToMain("last words")).catch(() => undefined);
    await t.until("it is gone", () => !sy.hasWindow("page"));
    t.assert.deepEqual(t.console.lines, []);
  },
};

module.exports = Object.assign(
  {},
  ...Object.entries(KINDS).map((entry) => lawsOf(...entry)),
  CLOSING,
);
