/** Windows with subframes that have the package too. */
const sy = require("electron-switchyard");
const { kind, source } = require("./kinds");
const { serve } = require("./server");

const FILE = { file: "frames.html" };
const INTO = { nodeIntegrationInSubFrames: true, sandbox: true };

const KINDS = {
  isolated: kind({ ...INTO, contextIsolation: true }, FILE),
  "not isolated": kind({ ...INTO, contextIsolation: false }, FILE),
};

/** What runs in it and in its subframes sends what it likes. */
const TAKEN = kind(
  { ...INTO, contextIsolation: false },
  { preload: source("raw.js"), file: "frames.html" },
);

/** Electron 12 is the first that tells main which frame a message is from. */
const KNOWS_FRAMES = Number(process.versions.electron.split(".")[0]) >= 12;

/** Electron 20 is the first that tells main the origin of each frame. */
const KNOWS_ORIGINS = Number(process.versions.electron.split(".")[0]) >= 20;

const SCRIPTS = ["shared.js", "sy.js", "frames.js"];

/** A document that loads what frames.html loads; without an origin, from where its parent is. */
function documentOf(origin) {
  const folder = origin ? `${origin}/` : "";
  const scripts = SCRIPTS.map((file) => `<script src="${folder}${file}"></script>`);
  return `<!doctype html><meta charset="utf-8">${scripts.join("")}`;
}

/** The iframe's attributes, and the origin that its document has. */
const FRAMES = {
  "of the same origin": ({ own }) => [{ src: `${own}/frames.html` }, own],
  "of another origin": ({ other }) => [{ src: `${other}/frames.html` }, other],
  "of another site": ({ site }) => [{ src: `${site}/frames.html` }, site],
  "of a srcdoc": ({ own }) => [{ srcdoc: documentOf() }, own],
  "of a sandboxed iframe": ({ own }) => [
    { src: `${own}/frames.html`, sandbox: "allow-scripts" },
    "null",
  ],
  "of a data URL": ({ own }) => [
    { src: `data:text/html,${encodeURIComponent(documentOf(own))}` },
    "null",
  ],
};

/** Origins that serve the app's pages. Chromium takes another port for the same site. */
async function origins(t) {
  const servers = await Promise.all([serve(), serve()]);
  for (const { close } of servers) t.undos.push(close);
  const [own, other] = servers.map(({ origin }) => origin);
  return { own, other, site: own.replace("127.0.0.1", "localhost") };
}

/**
 * Documents of files and of `own` may take part, and main notes who asks; a window `ours` of files
 * listens, and one of the kind, `page`, has been sent what waits for it.
 */
async function letIn(t, kind, ...more) {
  const all = await origins(t);
  sy.initIpc({ origins: ["file://", all.own, ...more] });
  const asked = [];
  t.handle(({ origin }, msg) => {
    asked.push([origin, msg]);
    return msg;
  });
  const ours = await t.open("ours");
  await ours.hear("other", "onMsgFromOtherRender");
  const page = t.window("page", kind);
  sy.sendMsgToRender("page", "waits");
  return { all, asked, ours, page };
}

/** Loads the page that can have subframes in a new window. */
async function openOn(t, origin, name, kind = KINDS.isolated) {
  const page = t.window(name, kind);
  await page.contents.loadURL(`${origin}/frames.html`);
  return page;
}

/** The subframe that the ids of iframes lead to: driven as its page is, but its code runs there. */
function frameOf(page, ...path) {
  const run = (code) => `iframes.run(${JSON.stringify(path)}, ${JSON.stringify(code)})`;
  const executeJavaScript = (code) => page.contents.executeJavaScript(run(code));
  const frame = Object.create(page);
  frame.contents = { executeJavaScript };
  return frame;
}

/** Adds an iframe to a page, or to a subframe of it. */
async function addFrame(page, id, attributes) {
  await page.run((...iframe) => iframes.open(...iframe), id, attributes);
}

module.exports = {
  FRAMES,
  KINDS,
  KNOWS_FRAMES,
  KNOWS_ORIGINS,
  TAKEN,
  addFrame,
  frameOf,
  letIn,
  openOn,
  origins,
};
