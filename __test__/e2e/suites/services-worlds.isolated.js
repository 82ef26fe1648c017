/** Services and topics of the two worlds of a window, and of its subframes. */
const sy = require("electron-switchyard");
const { FRAMES, KINDS: FRAME_KINDS, addFrame, frameOf, openOn, origins } = require("../frames");
const { KINDS, built, kind } = require("../kinds");

sy.initIpc({ subframes: true });

const PRELOADS = {
  "isolated and sandboxed": [{ contextIsolation: true, sandbox: true }, "named-browser.js"],
  isolated: [{ contextIsolation: true, sandbox: false }, "named-node.js"],
};
const SHARED_WORLD = { contextIsolation: false, sandbox: true };

const open = (t, webPreferences, file) =>
  t.open("page", kind(webPreferences, { preload: built(file) }));

function lawsOfWorlds(name, [webPreferences, file]) {
  return {
    [`${name}: page and preload serve one name: the page gets the calls, then the preload again`]:
      async (t) => {
        const page = await open(t, webPreferences, file);
        const { where } = sy.connect("place", { in: "page" });
        t.assert.equal(await where(), "preload");
        await page.run(() => {
          window.undo = sy.serve("place", { where: () => "page" });
        });
        t.assert.equal(await where(), "page");
        t.assert.equal(await page.run(() => sy.connect("place", { in: "page" }).where()), "page");
        await page.run(() => undo());
        t.assert.equal(await where(), "preload");
      },
  };
}

function lawsOfPreload(name, [webPreferences, file]) {
  return {
    [`${name}: electron-switchyard/preload has serve, connect, publish and subscribe`]: async (
      t,
    ) => {
      t.undos.push(sy.serve("files", (event) => ({ read: (path) => [path, event.windowName] })));
      const got = [];
      t.undos.push(sy.subscribe("answer", (event, value) => got.push([event.windowName, value])));
      const page = await open(t, webPreferences, file);
      const place = sy.connect("place", { in: "page" });
      t.assert.deepEqual(await place.ask("/etc"), ["/etc", "page"]);
      sy.publish("question", 1);
      await page.run(() => sy.publish("question", 2));
      const isThere = () => got.length >= 2;
      for (let n = 0; n < 200 && !isThere(); n++) await t.sleep(10);
      t.assert.deepEqual(got, [
        ["page", ["preload", undefined, 1]],
        ["page", ["preload", "page", 2]],
      ]);
    },
  };
}

function lawsOfFrames(kindName, frameKind, frameName, make) {
  return {
    [`${kindName}, a frame ${frameName}: a call of a service has the frame's own origin`]: async (
      t,
    ) => {
      const all = await origins(t);
      const page = await openOn(t, all.own, "page", frameKind);
      const [attributes, origin] = make(all);
      await addFrame(page, "inner", attributes);
      const frame = frameOf(page, "inner");
      const event = ({ windowName, origin }) => ({ who: () => [windowName, origin] });
      t.undos.push(sy.serve("event", event));
      const ask = () => sy.connect("event").who();
      t.assert.deepEqual(await frame.run(ask), ["page", origin]);
      t.assert.deepEqual(await page.run(ask), ["page", all.own]);
      const other = await t.open("other", frameKind);
      await other.run(() => {
        sy.serve("event", ({ windowName, origin }) => ({ who: () => [windowName, origin] }));
      });
      const askOther = () => sy.connect("event", { in: "other" }).who();
      t.assert.deepEqual(await frame.run(askOther), ["page", origin]);
      t.assert.deepEqual(await page.run(askOther), ["page", all.own]);
    },
  };
}

function lawsOfEntries(kindName, pageKind) {
  const both = (name, load) => ({
    [`${kindName}: ${name} has serve, connect, publish and subscribe`]: async (t) => {
      t.undos.push(sy.serve("files", (event) => ({ read: (path) => [path, event.windowName] })));
      const got = [];
      t.undos.push(sy.subscribe("answer", (event, value) => got.push([event.windowName, value])));
      const page = await t.open("page", pageKind);
      await load(page);
      await page.run(() => {
        calls.serve("view", { ask: (what) => calls.connect("files").read(what) });
        calls.subscribe("question", (event, value) => {
          calls.publish("answer", [event.windowName ?? "main", value]);
        });
      });
      t.assert.deepEqual(await sy.connect("view", { in: "page" }).ask("/etc"), ["/etc", "page"]);
      sy.publish("question", 1);
      for (let n = 0; n < 200 && got.length === 0; n++) await t.sleep(10);
      t.assert.deepEqual(got, [["page", ["main", 1]]]);
    },
  });
  const root = both("the root import", (page) =>
    page.run(() => {
      window.calls = sy;
    }),
  );
  // The subpath asks the preload, and knows no require.
  if (/no preload/.test(kindName)) return root;
  const renderer = both("electron-switchyard/renderer", (page) =>
    page.run(
      () =>
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          Object.assign(script, { src: "renderer.js", onload: () => resolve(), onerror: reject });
          document.head.append(script);
        }),
    ),
  );
  return { ...root, ...renderer };
}

const laws = {};
for (const entry of Object.entries(PRELOADS)) Object.assign(laws, lawsOfWorlds(...entry));
const all = { ...PRELOADS, "in the page's world": [SHARED_WORLD, "named-browser.js"] };
for (const entry of Object.entries(all)) Object.assign(laws, lawsOfPreload(...entry));
for (const [kindName, frameKind] of Object.entries(FRAME_KINDS)) {
  for (const frame of Object.entries(FRAMES)) {
    Object.assign(laws, lawsOfFrames(kindName, frameKind, ...frame));
  }
}
for (const entry of Object.entries(KINDS)) Object.assign(laws, lawsOfEntries(...entry));
module.exports = laws;
