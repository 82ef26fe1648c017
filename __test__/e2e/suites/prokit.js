/** The global that pages built with electron-prokit call. */
const sy = require("electron-switchyard");
const { ISOLATED, KINDS, OPEN } = require("../kinds");

const PLACES = {
  isolated: [ISOLATED, "page.html"],
  "isolated, with a strict CSP": [ISOLATED, "csp.html"],
  "isolated, with node": [KINDS["isolated, with node"], "page.html"],
  "not isolated": [KINDS["not isolated"], "page.html"],
  "not isolated, with a strict CSP": [OPEN, "csp.html"],
};

const hear = (label, call) => shared.hear(label, call, window.electronProkit[call]);

function lawsOf(place, [kind, file]) {
  return {
    [`window.electronProkit, ${place}: asks main, gets the answer or the error`]: async (t) => {
      t.handle((event, msg) => {
        if (msg === "throw") throw new RangeError("thrown in main");
        return { from: event.windowName, msg };
      });
      const page = await t.open("page", kind, file);
      const answer = await page.run(() => electronProkit.renderMsgToMain({ a: [1] }));
      t.assert.deepEqual(answer, { from: "page", msg: { a: [1] } });
      const error = await page.thrown(() => electronProkit.renderMsgToMain("throw"));
      t.assert.match(error.message, /thrown in main/);
    },

    [`window.electronProkit, ${place}: has its members, beside the package`]: async (t) => {
      const page = await t.open("page", kind, file);
      t.assert.deepEqual(await page.run(() => Object.keys(electronProkit).sort()), [
        "clearDb",
        "initDb",
        "offMsgFromMain",
        "onMsgFromMain",
        "onRenderMsgToRender",
        "readDb",
        "renderMsgToMain",
        "renderMsgToRender",
        "writeDb",
      ]);
      await page.run(hear, "prokit", "onMsgFromMain");
      await page.hear("sy", "onMsgFromMain");
      sy.sendMsgToRender("page", { n: 1 });
      t.assert.deepEqual(await page.hears("sy", 1), [[undefined, "{n: 1}"]]);
      t.assert.deepEqual(await page.hears("prokit", 1), [[undefined, "{n: 1}"]]);
    },

    [`window.electronProkit, ${place}: its database rejects, and says what gives it`]: async (
      t,
    ) => {
      const page = await t.open("page", kind, file);
      for (const call of ["clearDb", "initDb", "readDb", "writeDb"]) {
        const error = await page.thrown((call) => electronProkit[call]("key", 1), call);
        t.assert.match(error.message, new RegExp(`${call}: .*initExposeInMainWorld.*initIpc`));
      }
    },

    [`window.electronProkit, ${place}: offMsgFromMain really removes`]: async (t) => {
      const page = await t.open("page", kind, file);
      for (const ear of ["offed", "undone", "stays"]) await page.run(hear, ear, "onMsgFromMain");
      await page.run(() => {
        const { offed, undone, stays } = shared.ears;
        electronProkit.onMsgFromMain(stays.listener);
        electronProkit.offMsgFromMain(offed.listener);
        undone.undo();
      });
      sy.sendMsgToRender("page", 1);
      t.assert.deepEqual(await page.hears("stays", 1), [[undefined, "1"]]);
      t.assert.deepEqual(await page.heard("offed"), []);
      t.assert.deepEqual(await page.heard("undone"), []);
      await page.run(() => void electronProkit.onMsgFromMain(shared.ears.offed.listener));
      sy.sendMsgToRender("page", 2);
      t.assert.deepEqual(await page.hears("offed", 1), [[undefined, "2"]]);
    },

    [`window.electronProkit, ${place}: windows reach each other`]: async (t) => {
      const [a, b] = [await t.open("a", kind, file), await t.open("b", kind, file)];
      await b.run(hear, "other", "onRenderMsgToRender");
      await a.run(() => electronProkit.renderMsgToRender("b", "hi"));
      t.assert.deepEqual(await b.hears("other", 1), [["a", '"hi"']]);
      await a.run(() => electronProkit.renderMsgToRender("nobody", "hi"));
      await a.says(/"nobody"/);
    },
  };
}

module.exports = Object.assign({}, ...Object.entries(PLACES).map((entry) => lawsOf(...entry)));
