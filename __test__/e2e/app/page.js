const { path } = require("./node");
const { sleep, until } = require("./time");

/** The page in a window, driven from main. */
class Page {
  constructor(window, kind) {
    this.window = window;
    this.contents = window.webContents;
    this.kind = kind;
    this.console = [];
    this.contents.on("console-message", (_event, _level, line) => this.console.push(line));
  }

  load(file = this.kind.file, query = {}) {
    return this.window.loadFile(path.join(__dirname, "pages", file), { query });
  }

  reload() {
    const loaded = new Promise((resolve) => this.contents.once("did-finish-load", resolve));
    this.contents.reload();
    return loaded;
  }

  /** Runs a function in the page; what it throws is thrown here, with its code and class name. */
  async run(body, ...args) {
    const call = `(${body})(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    const { value, error } = await this.contents.executeJavaScript(
      `shared.outcome(async () => ${call})`,
    );
    if (error) throw Object.assign(new Error(`in the page: ${error.message}`), { inPage: error });
    return value;
  }

  /** The error that a function throws in the page: name, message, code, isTypeError ... */
  async thrown(body, ...args) {
    try {
      await this.run(body, ...args);
    } catch (error) {
      if (error.inPage) return error.inPage;
      throw error;
    }
    throw new Error(`nothing was thrown in the page by ${body}, given ${JSON.stringify(args)}`);
  }

  /** Adds a listener with `sy[call]` under a label; see {@link heard}. */
  hear(label, call) {
    return this.run((...both) => void shared.hear(...both), label, call);
  }

  /** Ends when main knows all that this page has said so far: what it listens to among it. */
  known() {
    return this.run(() => sy.callOtherRender("nobody", 0).catch(() => undefined));
  }

  /** What a label's listener got: a list of `[sender's name, text of the message]`. */
  heard(label) {
    return this.run((label) => shared.ears[label].list, label);
  }

  /** The same, once there is this much of it, and no more comes. */
  async hears(label, count) {
    await until(`${label} has ${count} messages`, async () => {
      const { length } = await this.heard(label);
      return length >= count;
    });
    await sleep(20);
    return this.heard(label);
  }

  /** Waits for a line on the page's console. */
  says(pattern) {
    return until(`the page's console has ${pattern}`, () =>
      this.console.find((line) => pattern.test(line)),
    );
  }

  async crash() {
    const gone = until("the page is gone", () => this.contents.isCrashed());
    this.kill();
    await gone;
  }

  /** Ends the page's process, which Electron notices later. */
  kill() {
    if (this.contents.forcefullyCrashRenderer) this.contents.forcefullyCrashRenderer();
    else process.kill(this.contents.getOSProcessId(), "SIGKILL");
  }
}

module.exports = { Page };
