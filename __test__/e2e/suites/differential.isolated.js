/** What arrives through electron-prokit and through us, in the same Electron, value by value. */
const { path } = require("../node");
const sy = require("electron-switchyard");
const prokit = require("../built/prokit-main");
const { MORE_THAN_CLONED, WAYS, differing } = require("../differences");
require("../pages/describe");
require("../pages/values");

const { describe, values } = globalThis;
const MAJOR = Number.parseInt(process.versions.electron, 10);
const END = "differential: end";
const PRELOAD = path.join(__dirname, "..", "built", "prokit-preload.js");

/** What both packages' handlers do with a message at the time. */
const handler = { now: () => undefined };
const handle = (_event, msg) => handler.now(msg);

sy.initIpc();
prokit.initIpc();
// It cannot be taken back.
prokit.onMsgFromRender(handle);

/** Two windows of a package. */
async function line(t, api, preload, by) {
  const open = async (name) => {
    const webPreferences = { contextIsolation: true, nodeIntegration: false, preload };
    const page = t.page(api.createWindow(name, { show: false, webPreferences }));
    t.undos.push(() => api.destroyWindow(name));
    await page.load("differential.html", { by });
    page.contents.on("crashed", () => page.crashed());
    return page;
  };
  return { api, a: await open("a"), b: await open("b") };
}

async function both(t) {
  t.handle(handle);
  return {
    ours: await line(t, sy, sy.getPreloadPath(), "import"),
    theirs: await line(t, prokit, PRELOAD, "global"),
  };
}

/** How a value goes each way, and what arrives, as text. */
const ROUTES = {
  "page to main": async ({ a }, name) => {
    let arrived = "nothing";
    handler.now = (msg) => {
      arrived = describe(msg);
    };
    const outcome = await inPage(a, "ask", name);
    return outcome === "refused" ? outcome : arrived;
  },

  answer: ({ a }, name) => {
    handler.now = values[name];
    return inPage(a, "answer");
  },

  "main to page": async ({ api, b }, name) => {
    await inPage(b, "listen");
    try {
      api.sendMsgToRender("b", values[name]());
    } catch {
      return "refused";
    }
    api.sendMsgToRender("b", END);
    return arrivedIn(b);
  },

  "page to page": async ({ a, b }, name) => {
    await inPage(b, "listen");
    if ((await inPage(a, "tell", name)) === "refused") return "refused";
    await inPage(a, "end");
    return arrivedIn(b);
  },
};

/** Electron 9's contextBridge may take the page down; a reload at once would take down main. */
async function inPage(page, call, ...args) {
  const crash = new Promise((resolve) => {
    page.crashed = () => setTimeout(resolve, 50, "crashed");
  });
  const script = `differential.${call}(...${JSON.stringify(args)})`;
  const outcome = await Promise.race([page.contents.executeJavaScript(script), crash]);
  if (outcome === "crashed") await page.reload();
  return outcome;
}

async function arrivedIn(page) {
  const arrived = await page.contents.executeJavaScript("arrived");
  return arrived.length === 0 ? "nothing" : arrived.join(" and ");
}

/** A sentence about what does not arrive as it should. */
function complaint(name, { ours, theirs, clone }, isListed) {
  const texts = [ours, theirs, clone].map((text) => text.slice(0, 300));
  const shown = `ours ${texts[0]}, theirs ${texts[1]}, structured clone ${texts[2]}`;
  if (ours !== clone && !MORE_THAN_CLONED.includes(name)) return `${name} is not cloned: ${shown}`;
  if (isListed && ours === theirs) return `${name} is listed as a difference: ${shown}`;
  if (!isListed && ours !== theirs) return `${name} is a difference that is not listed: ${shown}`;
  return undefined;
}

function lawOf(way) {
  return async (t) => {
    const lines = await both(t);
    const listed = differing(MAJOR, way);
    const complaints = [];
    for (const name of Object.keys(values)) {
      const arrived = {
        ours: await ROUTES[way](lines.ours, name),
        theirs: await ROUTES[way](lines.theirs, name),
        clone: await inPage(lines.ours.a, "clone", name),
      };
      complaints.push(complaint(name, arrived, listed.has(name)));
    }
    t.assert.deepEqual(complaints.filter(Boolean), []);
  };
}

module.exports = Object.fromEntries(
  WAYS.map((way) => [`what arrives as from electron-prokit, or better: ${way}`, lawOf(way)]),
);
