/** Documents that speak by electron-prokit's channels, of origins that are let in and others. */
const sy = require("electron-switchyard");
const { letIn } = require("../frames");
const { PROKIT_KINDS } = require("../prokit");

const ask = () => prokit.renderMsgToMain(1);

function lawsOf(name, kind) {
  return {
    [`electron-prokit's preload, ${name}: a document of another origin is rejected, and gets nothing`]:
      async (t) => {
        const { all, asked, ours, page } = await letIn(t, kind);
        await page.contents.loadURL(`${all.other}/prokit.html`);
        const isRefused = async () => {
          t.assert.match((await page.thrown(ask)).message, /are not let in; initIpc\(\{ origins/);
          for (let n = 0; n < 3; n++) await page.run(() => prokit.renderMsgToRender("ours", 2));
        };
        await isRefused();
        // Main loads another document that is let in, and that never comes.
        await page.run(() => {
          window.said = [];
          const note = (word) => () => void said.push(word);
          const ask = () => prokit.renderMsgToMain(3).then(note("answered"), note("refused"));
          window.asking = setInterval(ask, 5);
        });
        const never = page.contents.loadURL(`${all.own}/never`).catch(() => undefined);
        await t.sleep(100);
        page.contents.stop();
        await never;
        const said = await page.run(() => {
          clearInterval(asking);
          return said;
        });
        t.assert.ok(said.length > 3 && !said.includes("answered"), said.join());
        const call = sy.callRender("page", "a call", { timeoutMs: 100 });
        await t.assert.rejects(call, { code: "ERR_TIMEOUT" });
        t.assert.deepEqual(await page.heard("main"), []);
        t.assert.equal(sy.stats().windows.page.delivered, 0);
        const lines = t.console.lines.filter((line) => !/Error occurred in handler/.test(line));
        t.assert.ok(lines.length <= 1, lines.join("\n"));
        // A later document that is let in is served, and one that is not is not in its place.
        await page.contents.loadURL(`${all.own}/prokit.html`);
        t.assert.equal(await page.run(ask), 1);
        await t.until("what waited goes to it", () => sy.stats().windows.page.queued === 0);
        sy.unregisterWindow("page");
        sy.registerWindow("page", page.window);
        const leave = `setInterval(() => prokit.renderMsgToMain("old").catch(() => 0), 1);
          setTimeout(() => { location.href = "${all.other}/prokit.html"; }, 20)`;
        const loaded = new Promise((resolve) => page.contents.once("did-finish-load", resolve));
        await page.contents.executeJavaScript(`void (() => { ${leave} })()`);
        await loaded;
        await isRefused();
        sy.sendMsgToRender("page", "after");
        await t.sleep(50);
        t.assert.deepEqual(await page.heard("main"), []);
        t.assert.equal(sy.stats().windows.page.queued, 1);
        t.assert.deepEqual(await ours.heard("other"), []);
        const others = asked.filter(([origin, msg]) => origin !== all.own || msg === 2);
        t.assert.deepEqual(others, []);
      },
  };
}

module.exports = Object.assign(
  {},
  ...["isolated and sandboxed", "isolated"].map((name) => lawsOf(name, PROKIT_KINDS[name])),
);
