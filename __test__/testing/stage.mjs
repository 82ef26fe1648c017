// Not a test: the stage of the suites of real windows, with a testApp in Electron's place.
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { ROOT } from "../../scripts/lib/root.mjs";

const E2E = join(ROOT, "__test__", "e2e");
const require = createRequire(import.meta.url);
const { testApp } = require(join(ROOT, "dist", "testing.cjs"));
const app = (name) => require(join(E2E, "app", name));
const { StageBase } = app("stage-base.js");

/** What Electron has and a testApp has not. suites.test.mjs names the tests that need it. */
const need = (what) => {
  throw new Error(`needs Electron: ${what}`);
};

const KIND = { file: "page.html" };

/** What a suite requires, in the place of Electron's. */
const STAND_INS = {
  electron: {},
  "electron-switchyard": require(join(ROOT, "dist", "main.cjs")),
  "../kinds": {
    ISOLATED: KIND,
    OPEN: KIND,
    NODE: KIND,
    KINDS: { testApp: KIND },
    kind: () => KIND,
    source: () => "",
  },
};

/** The tests of a suite by their names. Those of several kinds of windows have one name here. */
export function suite(file) {
  const { _load } = Module;
  Module._load = function load(name, parent, ...rest) {
    if (name in STAND_INS) return STAND_INS[name];
    const inApp = name.startsWith("../") && parent?.filename.startsWith(join(E2E, "suites"));
    return _load.call(this, inApp ? join(E2E, "app", name.slice(3)) : name, parent, ...rest);
  };
  // A suite may set options at its top.
  const first = testApp();
  const undo = first.main.install(globalThis);
  try {
    return require(join(E2E, "suites", file));
  } finally {
    undo();
    first.dispose();
    Module._load = _load;
  }
}

/** The script that a page of the suites loads first. Each page has its own. */
const SHARED = readFileSync(join(E2E, "app", "pages", "shared.js"), "utf8");

/** A page of a window, as the suites drive it. */
class Page {
  console = [];
  contents = {
    get id() {
      return need("webContents.id");
    },
  };

  constructor(app, name) {
    this.app = app;
    this.name = name;
    this.window = {
      destroy: () => this.app.close(name),
      close: () => this.app.close(name),
      once: (_event, done) => queueMicrotask(done),
      isDestroyed: () => !this.app.main.hasWindow(name),
    };
    this.#begin();
  }

  #begin() {
    this.world = { sy: this.app.window(this.name) };
    this.world.window = this.world;
    new Function("globalThis", SHARED)(this.world);
  }

  load(file = "page.html", query = {}) {
    if (file !== "page.html") need(`the page ${file}`);
    if (Object.keys(query).length > 0) this.reload();
  }

  reload() {
    this.app.reload(this.name);
    this.#begin();
  }

  crash() {
    this.app.crash(this.name);
  }

  /** What the page's function gives is copied, as Electron does. */
  async run(body, ...args) {
    const call = `(${body})(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    const text = `with (world) { return shared.outcome(async () => ${call}); }`;
    const outcome = await new Function("world", text)(this.world);
    const { value, error } = deserialize(serialize(outcome));
    if (error) throw Object.assign(new Error(`in the page: ${error.message}`), { inPage: error });
    return value;
  }
}

// The rest is the same for both.
const { Page: RealPage } = app("page.js");
for (const name of ["thrown", "hear", "known", "heard", "hears"]) {
  Page.prototype[name] = RealPage.prototype[name];
}

/** What a test has at hand: `__test__/e2e/app/stage.js`, without Electron. */
export class Stage extends StageBase {
  #app;
  #uninstall;

  /** `options`: those that the suite sets at its top. */
  constructor(options) {
    const made = testApp(options);
    super(made.main.onMsgFromRender);
    this.#app = made;
    this.#uninstall = made.main.install(globalThis);
  }

  window(name) {
    this.#app.open(name);
    const page = new Page(this.#app, name);
    this.pages.push(page);
    return page;
  }

  async open(name, _kind, file) {
    const page = this.window(name);
    page.load(file);
    return page;
  }

  unnamedWindow() {
    return need("a window without a name");
  }

  /** The counters must add up. */
  async leave() {
    this.unhandle();
    await this.#app.settle();
    const { windows, unnamed, closed, mainProcess, total } = this.#app.main.stats();
    for (const counts of [...Object.values(windows), unnamed, closed, mainProcess, total]) {
      const { accepted, delivered, queued, dropped } = counts;
      this.assert.equal(accepted, delivered + queued + dropped);
    }
    this.#app.dispose();
    this.#uninstall();
    this.console.undo();
  }
}
