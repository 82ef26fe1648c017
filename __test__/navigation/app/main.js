// Navigates a window in all ways, and prints what Electron says of it, with what its documents say.
const { app, BrowserWindow, ipcMain } = require("electron");
const http = require("http");
const path = require("path");
const { setTimeout: later } = require("timers");

const EVENTS = [
  "did-start-navigation",
  "did-navigate",
  "did-fail-load",
  "dom-ready",
  "did-finish-load",
  "preload-error",
  "crashed",
  "render-process-gone",
  "destroyed",
];
/** Nothing more comes of what was done, in ms. */
const QUIET = 400;
const sleep = (ms) => new Promise((resolve) => later(resolve, ms));

/** What the listener of an event is given, as far as it is read. */
function told(name, event, args) {
  if (name === "did-start-navigation") {
    const [url, isInPlace, isMainFrame] = args;
    const { isMainFrame: is = isMainFrame, isSameDocument = isInPlace } = event;
    return [{ isMainFrame: is, isSameDocument }, url];
  }
  if (name === "did-fail-load") return [{}, ...args.slice(0, 4)];
  if (name === "preload-error") return [{}, "preload.js", String(args[1])];
  return [];
}

class Recorder {
  entries = [];

  constructor(preload) {
    const webPreferences = { preload: path.join(__dirname, preload), sandbox: true };
    this.window = new BrowserWindow({ show: false, webPreferences });
    this.contents = this.window.webContents;
    for (const name of EVENTS) {
      this.contents.on(name, (event, ...args) =>
        this.entries.push([name, ...told(name, event, args)]),
      );
    }
    ipcMain.on("hello", ({ sender }, document) => this.note(sender, "hello", document));
    ipcMain.on("here", ({ sender }, document) => this.note(sender, "there", document));
  }

  note(sender, what, document) {
    if (sender === this.contents) this.entries.push([what, this.numberOf(document)]);
  }

  /** Documents by the order in which they spoke first. */
  numberOf(document) {
    this.known = this.known || [];
    if (!this.known.includes(document)) this.known.push(document);
    return this.known.indexOf(document) + 1;
  }

  load(url) {
    return this.contents.loadURL(url).catch(() => undefined);
  }

  /** Notes which document is there, once nothing more comes. Not every load settles in Electron 9. */
  async rest(after) {
    await Promise.race([after, sleep(3 * QUIET)]);
    await sleep(QUIET);
    if (this.contents.isDestroyed()) return;
    this.contents.send("who");
    await sleep(QUIET);
  }

  script(code) {
    return this.contents.executeJavaScript(code).catch(() => undefined);
  }
}

/** A server with pages, slow ones (`/slow`), and answers without a page (`/none`). */
function serve() {
  const page = "<!doctype html><title>a page</title>";
  const server = http.createServer((request, response) => {
    if (request.url.startsWith("/none")) return response.writeHead(204).end();
    response.writeHead(200, { "content-type": "text/html" });
    if (!request.url.startsWith("/slow")) return response.end(page);
    response.write(page);
    later(() => response.end("the end"), 300);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

const SCENARIOS = {
  "loads, and loads again": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    await r.rest(r.load(`${at}/2`));
  },
  "is reloaded": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    r.contents.reload();
    await r.rest();
  },
  "goes to another place of the page": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    await r.rest(r.script("location.hash = 'there'; history.pushState({}, '', '/other')"));
  },
  "goes back": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    await r.rest(r.load(`${at}/2`));
    r.contents.goBack();
    await r.rest();
  },
  "goes to another site": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    await r.rest(r.load(`${at.replace("127.0.0.1", "localhost")}/2`));
  },
  "loads two pages at once": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    r.load(`${at}/2`);
    await r.rest(r.load(`${at}/3`));
  },
  "loads another page while one is loading": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    r.load(`${at}/slow`);
    await sleep(150);
    await r.rest(r.load(`${at}/3`));
  },
  "is reloaded many times at once": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    for (let i = 0; i < 8; i++) {
      r.contents.reload();
      await sleep(i * 5);
    }
    await r.rest();
  },
  "gives a load up": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    r.load(`${at}/slow`);
    r.contents.stop();
    await r.rest();
  },
  "is answered without a page": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    await r.rest(r.load(`${at}/none`));
  },
  "loads what cannot be loaded": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    await r.rest(r.load("http://127.0.0.1:1/"));
    await r.rest(r.load(`${at}/2`));
  },
  "has a frame that navigates": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    const frame = `document.body.appendChild(document.createElement("iframe")).src = "/2"`;
    await r.rest(r.script(frame));
    await r.rest(r.script("frames[0].location.href = '/3'"));
  },
  crashes: async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    r.contents.send("crash");
    await sleep(QUIET);
    await r.rest(r.load(`${at}/2`));
  },
  "is destroyed": async (r, at) => {
    await r.rest(r.load(`${at}/1`));
    r.window.destroy();
    await sleep(QUIET);
  },
};

app.on("window-all-closed", () => undefined);
app.whenReady().then(async () => {
  const at = await serve();
  const recorded = {};
  for (const [name, play] of Object.entries(SCENARIOS)) {
    const recorder = new Recorder("preload.js");
    await play(recorder, at);
    if (!recorder.window.isDestroyed()) recorder.window.destroy();
    // The port differs from run to run.
    recorded[name] = JSON.parse(
      JSON.stringify(recorder.entries)
        .split(at.replace("127.0.0.1", "localhost"))
        .join("http://other")
        .split(at)
        .join("http://page"),
    );
  }
  console.log(`RECORDED ${JSON.stringify(recorded)}`);
  app.exit(0);
});
