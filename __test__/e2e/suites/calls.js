/** The documented calls, in every kind of window. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: a request is answered by a plain and by an async handler`]: async (t) => {
      const undo = t.handle((event, msg) => ({ msg, from: event.windowName }));
      const page = await t.open("asker", kind);
      const ask = () => page.run(() => sy.sendMsgToMain({ n: 1 }));
      t.assert.deepEqual(await ask(), { msg: { n: 1 }, from: "asker" });
      undo();
      t.handle(async (event, msg) => {
        await t.sleep(5);
        return { late: msg, id: event.sender.id };
      });
      t.assert.deepEqual(await ask(), { late: { n: 1 }, id: page.contents.id });
    },

    [`${kindName}: every listener gets what main sends, once and in order`]: async (t) => {
      const page = await t.open("listener", kind);
      await page.hear("a", "onMsgFromMain");
      await page.hear("b", "onMsgFromMain");
      await page.run(() => void sy.onMsgFromMain(shared.ears.a.listener));
      for (const n of [1, 2, 3]) sy.sendMsgToRender("listener", n);
      const all = [1, 2, 3].map((n) => [undefined, String(n)]);
      t.assert.deepEqual(await page.hears("a", 3), all);
      t.assert.deepEqual(await page.hears("b", 3), all);
    },

    [`${kindName}: windows reach each other and themselves by name`]: async (t) => {
      const [a, b] = await Promise.all([t.open("a", kind), t.open("b", kind)]);
      await b.hear("form", "onMsgFormOtherRender");
      await b.hear("from", "onMsgFromOtherRender");
      await a.run(() => {
        for (const n of [1, 2]) sy.sendMsgToOtherRender("b", { n });
      });
      const all = [1, 2].map((n) => ["a", `{n: ${n}}`]);
      t.assert.deepEqual(await b.hears("from", 2), all);
      t.assert.deepEqual(await b.hears("form", 2), all);
      await b.run(() => sy.sendMsgToOtherRender("b", "me"));
      t.assert.deepEqual((await b.hears("from", 3))[2], ["b", '"me"']);
    },

    [`${kindName}: off and undo take a listener away for good`]: async (t) => {
      const page = await t.open("page", kind);
      const lanes = [
        ["onMsgFromMain", "offMsgFromMain"],
        ["onMsgFromOtherRender", "offMsgFromOtherRender"],
        ["onMsgFormOtherRender", "offMsgFromOtherRender"],
      ];
      for (const [on, off] of lanes) {
        for (const ear of ["offed", "undone", "stays"]) await page.hear(`${on} ${ear}`, on);
        await page.run(
          (on, off) => {
            sy[off](shared.ears[`${on} offed`].listener);
            sy[off](() => undefined);
            for (const _twice of [1, 2]) shared.ears[`${on} undone`].undo();
          },
          on,
          off,
        );
      }
      sy.sendMsgToRender("page", 1);
      await page.run(() => sy.sendMsgToOtherRender("page", 2));
      for (const [on] of lanes) {
        t.assert.equal((await page.hears(`${on} stays`, 1)).length, 1, on);
        t.assert.deepEqual(await page.heard(`${on} offed`), [], on);
        t.assert.deepEqual(await page.heard(`${on} undone`), [], on);
      }
    },
  };
}

module.exports = Object.assign({}, ...Object.entries(KINDS).map((entry) => lawsOf(...entry)));
