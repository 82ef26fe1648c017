/** An isolated page that sends its preload what it likes: main gets what ours would send, or nothing. */
const sy = require("electron-switchyard");
const { ISOLATED } = require("../kinds");

async function opened(t) {
  t.handle((_event, msg) => msg);
  const victim = await t.open("victim");
  const page = await t.open("page", ISOLATED);
  await page.hear("main", "onMsgFromMain");
  await page.run(async () => {
    // Whoever reads what an event says learns where it was dispatched.
    const { get } = Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail");
    const meeting = await new Promise((found) => {
      const detail = function () {
        found(this.currentTarget);
        return get.call(this);
      };
      Object.defineProperty(CustomEvent.prototype, "detail", { get: detail, configurable: true });
      sy.sendMsgToMain(1);
    });
    Object.defineProperty(CustomEvent.prototype, "detail", { get, configurable: true });
    window.up = (detail, more = "") =>
      meeting.dispatchEvent(new CustomEvent(`electron-switchyard:up${more}`, { detail }));
  });
  return { victim, page };
}

async function mainLives(t, { victim, page }) {
  t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
  t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
  sy.sendMsgToRender("page", "once");
  t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"once"']]);
  t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
}

/** What becomes of a page that was made to take what takes too much is its own affair. */
async function endsAlone(t, page, victim, body) {
  page.contents.executeJavaScript(`(${body})()`).catch(() => undefined);
  await t.sleep(1500);
  t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
}

const sparse = () => {
  const all = [];
  for (let n = 0; n < 60; n++) {
    const array = [];
    array.length = 2 ** 32 - 1;
    array.length = 33554431;
    array[5] = 1;
    all.push(array);
  }
  for (const more of ["", ":text", ":bytes"]) {
    up(all, more);
    for (const array of all) up(array, more);
  }
};

module.exports = {
  "what is nothing of ours goes no further": async (t) => {
    const ends = await opened(t);
    await ends.page.run(() => {
      const getter = {
        get frame() {
          throw new Error("read");
        },
      };
      const revoked = Proxy.revocable({}, {});
      revoked.revoke();
      const others = [
        null,
        undefined,
        -1,
        0.5,
        Number.NaN,
        2 ** 60,
        true,
        5n,
        {},
        [],
        [[]],
        getter,
      ];
      others.push(revoked.proxy, new Proxy([], {}), document.body, window, () => 0, Symbol("s"));
      others.push(new SharedArrayBuffer0(), new Uint8Array(4), new Map(), ["[]", 0], "", "x", ";");
      others.push("256;[]", "-1;[]", "0,-1;[]", "0,1.5;[]", "0,x;[]", "1e3;[]", ";;;", "a;[]");
      for (const more of ["", ":text", ":bytes"]) for (const other of others) up(other, more);
      function SharedArrayBuffer0() {
        return {};
      }
    });
    await mainLives(t, ends);
  },

  "sparse arrays do not reach main": async (t) => {
    const { page, victim } = await opened(t);
    await endsAlone(t, page, victim, sparse);
  },

  "fragments without end do not reach main": async (t) => {
    const { page, victim } = await opened(t);
    const before = process.memoryUsage().rss;
    await endsAlone(t, page, victim, () => {
      const fragment = "x".repeat(60000);
      for (let n = 0; n < 20000; n++) up(fragment + n, ":text");
      up("0;");
      for (let n = 0; n < 20000; n++) up("", ":text");
      up("0;");
    });
    t.assert.ok(process.memoryUsage().rss - before < 100e6);
  },

  "a page gets 1 MiB to main and no more, until main has taken it, whatever it sends": async (
    t,
  ) => {
    const { page, victim } = await opened(t);
    let came = 0;
    t.unhandle();
    t.handle((_event, msg) => {
      if (msg === "flood") came += 1;
      return msg;
    });
    await page.run(() => {
      for (let n = 0; n < 20000; n++) up(`[[1,${1e6 + n},0,"flood"]]`);
      for (let n = 0; n < 20000; n++) up("0;[]");
      for (let n = 0; n < 20000; n++) up(n);
    });
    t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
    await t.until("all came that was let through", () => came > 900);
    await t.sleep(100);
    t.assert.ok(came <= 1024, `${came}`);
    t.assert.equal(await page.run(() => sy.sendMsgToMain("alive")), "alive");
  },

  "a page that changes what it has of the DOM harms itself at most": async (t) => {
    const { page, victim } = await opened(t);
    await page.run(() => {
      const bad = () => {
        throw new Error("changed");
      };
      for (const name of ["dispatchEvent", "addEventListener", "CustomEvent", "Event"])
        window[name] = bad;
      EventTarget.prototype.dispatchEvent = bad;
      CustomEvent0();
      function CustomEvent0() {
        document.createEvent = bad;
      }
    });
    t.assert.equal(await page.run(() => sy.sendMsgToMain("still")), "still");
    const bytes = await page.run(async () => {
      const back = await sy.sendMsgToMain(new Uint8Array(300000).fill(7));
      return [back.length, back[299999]];
    });
    t.assert.deepEqual(bytes, [300000, 7]);
    t.assert.equal(await victim.run(() => sy.sendMsgToMain("alive")), "alive");
  },

  "values of every size and kind come back as they were": async (t) => {
    const { page } = await opened(t);
    const wrong = await page.run(async () => {
      const sizes = [0, 1, 29999, 30000, 30001, 59999, 60000, 60001, 70000, 500001];
      const wrong = [];
      for (const size of sizes) {
        const bytes = new Uint8Array(size).map((_, n) => n % 251);
        const text = "é;[x".repeat(Math.ceil(size / 4)).slice(0, size);
        const back = await sy.sendMsgToMain({ bytes, text, both: [text, bytes.buffer, 1n] });
        const isSame =
          back.text === text &&
          back.both[0] === text &&
          [back.bytes, new Uint8Array(back.both[1])].every(
            (got) => got.length === size && got.every((byte, n) => byte === n % 251),
          );
        if (!isSame) wrong.push(size);
      }
      const many = Array.from({ length: 10000 }, () => new Uint8Array(0));
      if ((await sy.sendMsgToMain(many)).length !== 10000) wrong.push("many");
      return wrong;
    });
    t.assert.deepEqual(wrong, []);
  },
};
