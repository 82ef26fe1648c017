/** Where a page is, is asked by what it can do, whatever it has of a process or a require. */
const sy = require("electron-switchyard");
const { ISOLATED, KINDS, NODE, OPEN, kind } = require("../kinds");
require("../pages/places");

const KNOWN = {
  isolated: ISOLATED,
  "not isolated": OPEN,
  "with node": KINDS["with node, package bundled, ready preload"],
};
/** With Electron's modules at hand a page needs no preload. */
const NODE_ALONE = kind(NODE, { preload: null });
/** Newer Nodes have a way to modules without it. */
const NO_REQUIRE = ["no require", "AMD's require"];
const HAS_ANOTHER_WAY = "getBuiltinModule" in process;

const BARE = kind({ contextIsolation: true, sandbox: true }, { preload: null });

async function opened(t, place, kind) {
  const page = t.window("page", kind);
  await page.load("places.html", { place });
  return page;
}

function works(place, kind) {
  return async (t) => {
    t.handle((_event, msg) => msg);
    const page = await opened(t, place, kind);
    t.assert.equal(await page.run(() => sy.sendMsgToMain("asked")), "asked");
    await page.run(() => void sy.onCall((_event, msg) => msg));
    t.assert.equal(await sy.callRender("page", "called"), "called");
    const { code } = await page.thrown(() => void sy.initIpc());
    t.assert.equal(code, "ERR_WRONG_PROCESS");
  };
}

function says(place, kind) {
  return async (t) => {
    const page = await opened(t, place, kind);
    const { code } = await page.thrown(() => void sy.sendMsgToMain("asked"));
    t.assert.equal(code, "ERR_NO_PRELOAD");
  };
}

const laws = {
  "a worker of a page is notified that it is one": async (t) => {
    const page = await t.open("page");
    const answer = await page.run(async () => {
      const { href } = new URL("sy.js", location);
      const ask = `self.window = self; importScripts(${JSON.stringify(href)});
        try { Promise.resolve(sy.sendMsgToMain(1)).catch((e) => postMessage(e.code)); }
        catch (e) { postMessage(e.code); }`;
      const worker = new Worker(URL.createObjectURL(new Blob([ask])));
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(message);
      });
    });
    t.assert.equal(answer, "ERR_WRONG_PROCESS");
  },
};
for (const place of Object.keys(globalThis.places)) {
  for (const [name, kind] of Object.entries(KNOWN)) laws[`${place}, ${name}`] = works(place, kind);
  const isLost = NO_REQUIRE.includes(place) && !HAS_ANOTHER_WAY;
  laws[`${place}, with node, without a preload`] = (isLost ? says : works)(place, NODE_ALONE);
  laws[`${place}, without a preload`] = says(place, BARE);
}
module.exports = laws;
