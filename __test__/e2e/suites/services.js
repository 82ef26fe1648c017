/** Services of main and of windows, in every kind of window. */
const sy = require("electron-switchyard");
const { KINDS } = require("../kinds");

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: a page calls a service of main, which has its caller's event`]: async (t) => {
      const undo = sy.serve("files", (event) => ({
        read: (path) => ({ path, from: event.windowName, origin: event.origin }),
      }));
      const page = await t.open("asker", kind);
      const ask = () => page.run(() => sy.connect("files").read("/etc/hosts"));
      const { path, from } = await ask();
      t.assert.deepEqual([path, from], ["/etc/hosts", "asker"]);
      const code = () =>
        page.run(() =>
          sy
            .connect("files")
            .write()
            .catch((error) => error.code),
        );
      t.assert.equal(await code(), "ERR_NO_METHOD");
      const second = sy.serve("files", { read: () => "replaced" });
      undo();
      t.assert.equal(await ask(), "replaced");
      second();
    },

    [`${kindName}: main and a window call a service of a window, which may come later`]: async (
      t,
    ) => {
      const [a, b] = await Promise.all([t.open("a", kind), t.open("b", kind)]);
      const early = sy.connect("view", { in: "b" }).show(1);
      const across = a.run(() => sy.connect("view", { in: "b" }).show(2));
      await b.run(() => {
        sy.serve("view", (event) => ({ show: (n) => [n, event.windowName ?? "main"] }));
      });
      t.assert.deepEqual(await early, [1, "main"]);
      t.assert.deepEqual(await across, [2, "a"]);
    },

    [`${kindName}: calls in the gaps between two modules that serve wait for the next one`]: async (
      t,
    ) => {
      const page = await t.open("page", kind);
      await page.run(() => {
        const handle = (_event, n) => (typeof n === "number" ? n : undefined);
        const serveAll = () => [sy.serve("view", { show: (n) => n }), sy.onCall(handle)];
        let undos = serveAll();
        window.toggling = setInterval(() => {
          const [undo, ...others] = undos;
          if (undo) for (const each of [undo, ...others]) each();
          undos = undo ? [] : serveAll();
        }, 3);
      });
      const view = sy.connect("view", { in: "page" });
      const answers = [];
      for (let n = 0; n < 300; n += 2) {
        answers.push(view.show(n), sy.callRender("page", n + 1));
        if (n % 10 === 0) await t.sleep(1);
      }
      const all = Array.from({ length: 300 }, (_, n) => n);
      t.assert.deepEqual(await Promise.all(answers), all);
      await page.run(() => clearInterval(window.toggling));
    },
  };
}

module.exports = Object.assign({}, ...Object.entries(KINDS).map((entry) => lawsOf(...entry)));
