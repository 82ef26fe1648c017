/** Main calls nothing of the package while pages ask. Its own process: main begins at the end. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

/** What a page's calls come to, and after how long. */
async function ask(page) {
  return page.run(async () => {
    const begin = Date.now();
    const settled = (promise) =>
      promise.then(String, ({ code, message }) => [code, message, Date.now() - begin]);
    globalThis.reports = globalThis.reports || [];
    sy.onUndeliverable((report) => reports.push(report));
    sy.sendMsgToOtherRender("page", "kept");
    const soon = sy.sendMsgToMain("soon", { timeoutMs: 1000 });
    return Promise.all([
      settled(sy.sendMsgToMain("q")),
      settled(sy.callOtherRender("page", "q")),
      settled(soon),
    ]);
  });
}

async function withoutMain(t) {
  const pages = [];
  for (const name of ["isolated and sandboxed", "not isolated"]) {
    const page = t.unnamedWindow(KINDS[name]);
    await page.load();
    pages.push(page);
  }
  for (const asked of await Promise.all(pages.map(ask))) {
    const [toMain, toPage, soon] = asked;
    for (const [code, message, ms] of [toMain, toPage]) {
      t.assert.equal(code, "ERR_NO_MAIN", message);
      t.assert.match(message, /initIpc/);
      t.assert.ok(ms >= 4900 && ms < 10000, `${ms} ms`);
    }
    t.assert.equal(soon[0], "ERR_TIMEOUT");
  }
  for (const page of pages) {
    const [[code, , ms]] = await ask(page);
    t.assert.equal(code, "ERR_NO_MAIN");
    t.assert.ok(ms < 3000, `${ms} ms`);
    const lines = page.console.filter((line) => /ERR_NO_MAIN/.test(line));
    t.assert.equal(lines.length, 1, lines.join("\n"));
    // Messages wait for main; the first from each call of `ask`.
    t.assert.deepEqual(await page.run(() => reports), []);
  }
  // Main begins at last.
  t.handle((_event, msg) => `answer to ${msg}`);
  sy.registerWindow("page", pages[0].window);
  for (const page of pages) {
    t.assert.equal(await page.run(() => sy.sendMsgToMain("late")), "answer to late");
  }
  await pages[0].hear("other", "onMsgFromOtherRender");
  t.assert.equal((await pages[0].hears("other", 4)).length, 4);
}
withoutMain.timeout = 30000;

module.exports = {
  "while main calls nothing of the package: requests reject with ERR_NO_MAIN after 5 s, one line says why, and all goes on when it begins":
    withoutMain,
};
