/** The windows of one rival, all isolated, sandboxed and hidden. */
const { path } = require("./node");
const { hop, sleep } = require("./time");

const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  backgroundThrottling: false,
};

class Line {
  /** `query` is added to the address of each page. */
  constructor(id, rival, query = {}) {
    this.id = id;
    this.rival = rival;
    this.query = query;
    this.windows = new Map();
    this.answer = (msg) => msg;
  }

  /** Main's handler is told by each drive what to do: to send back, unless it says otherwise. */
  start() {
    this.rival.start((msg) => this.answer(msg));
  }

  /** Opens these windows and closes all others; those that are there stay. */
  async have(names) {
    const opened = names.filter((name) => !this.windows.has(name));
    for (const name of [...this.windows.keys()]) if (!names.includes(name)) await this.close(name);
    for (const name of opened) await this.open(name);
    if (opened.length === 0) return;
    if (this.rival.link) this.rival.link(names);
    const peers = names.includes("b") ? { a: ["main", "b"], b: ["main", "a"] } : {};
    for (const name of names) await this.page(name, "linked", peers[name] || ["main"]);
  }

  async open(name) {
    // Electron crashes when a window is loaded or destroyed within some of its callbacks.
    await hop();
    const webPreferences = { ...WEB_PREFERENCES, preload: this.rival.preload() };
    const window = this.rival.createWindow(name, { show: false, webPreferences });
    this.windows.set(name, window);
    // Its listeners are there once it has loaded: electron-prokit loses what is sent before.
    await window.loadFile(path.join(__dirname, `${this.id}.html`), {
      query: { name, ...this.query },
    });
  }

  async close(name) {
    await hop();
    this.windows.delete(name);
    this.rival.destroyWindow(name);
  }

  /** Calls a function of a page's window.work; beside the rival's own way. */
  page(name, call, ...args) {
    const contents = this.windows.get(name).webContents;
    return contents.executeJavaScript(`work.${call}(...${JSON.stringify(args)})`);
  }

  /** Before a sample: each page in its role. */
  async settle(roles) {
    this.answer = (msg) => msg;
    for (const name of this.windows.keys()) {
      const [role, ...args] = roles[name] || roles.all || ["silent"];
      await this.page(name, "role", role, ...args);
    }
    await sleep(20);
  }

  /** What these windows ask of main, one request each, once all have asked. */
  asked(names) {
    const left = new Set(names);
    return new Promise((resolve) => {
      this.answer = ({ done }) => {
        left.delete(done);
        if (left.size === 0) resolve();
      };
    });
  }
}

module.exports = { Line };
