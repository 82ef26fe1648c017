// What a name can stand for, and the table of names, with stand-ins for what Electron has.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { Router } from "../addon/addon.mjs";
import { contentsOf, liveContentsOf, requireOrder, Windows } from "./bundle.mjs";

let ids = 0;

/** As much of a webContents as is used. */
class Contents extends EventEmitter {
  id = ++ids;
  session = { webRequest: {} };
  isGone = false;

  isDestroyed() {
    return this.isGone;
  }

  end() {
    this.isGone = true;
    this.emit("destroyed");
  }

  loadURL() {}
  getURL() {}
  send() {}
  isLoadingMainFrame() {}
  postMessage() {}
}

class BrowserWindow extends EventEmitter {
  #contents = new Contents();
  #isGone = false;

  get webContents() {
    if (this.#isGone) throw new TypeError("Object has been destroyed");
    return this.#contents;
  }

  isDestroyed() {
    return this.#isGone;
  }

  destroy() {
    this.#contents.end();
    this.#isGone = true;
    this.emit("closed");
  }

  loadURL() {}
  getBounds() {}
  getContentBounds() {}
}

/** Its member is its own, as that of a BrowserView, or comes from its class. */
const VIEWS = {
  "a view": () => ({ webContents: new Contents() }),
  "a view whose class has the member": () => {
    const contents = new Contents();
    return new (class {
      get webContents() {
        return contents;
      }
    })();
  },
};

/** Each kind, what its contents are, and what ends it. */
const KINDS = {
  "a BrowserWindow": () => {
    const given = new BrowserWindow();
    return { given, contents: given.webContents, end: () => given.destroy() };
  },
  "a webContents": () => {
    const given = new Contents();
    return { given, contents: given, end: () => given.end() };
  },
};
for (const [what, make] of Object.entries(VIEWS)) {
  KINDS[what] = () => {
    const given = make();
    const { webContents: contents } = given;
    return { given, contents, end: () => contents.end() };
  };
}

const RIGHT = "a BrowserWindow, a WebContentsView, a BrowserView or a webContents";

/** `[what it is, the value, the end of the error's message]` */
const WRONG = [
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["an object", {}, "an object ([object Object])"],
  ["a name", "tab", '"tab": the name comes first, and the window second'],
  ["an id", 5, "5 (number): pass webContents.fromId(id) or BrowserWindow.fromId(id)"],
  ["a class", BrowserWindow, "pass a window, and not its class or what returns it"],
  ["a promise", Promise.resolve(new BrowserWindow()), "this is a promise; await it first"],
  ["a list", [new BrowserWindow()], "this is a list; pass one of its windows"],
  ["an event", { sender: new Contents() }, "this is an event; pass event.sender"],
  ["a session", new Contents().session, "which has no page; pass a window that uses it"],
  ["a BaseWindow", { getContentBounds() {} }, "which has no page; pass a WebContentsView in it"],
  ["a View", { addChildView() {} }, "this is a View, which has no page; pass a WebContentsView"],
  ["a process", { postMessage() {} }, "this is a process or a port, which has no page"],
  ["a frame", { routingId: 1, postMessage() {} }, "pass the webContents it is in"],
  ["a module", { fromId() {}, webContents: {} }, "pass one window or webContents"],
  ["a view of nothing", { webContents: {} }, "an object ([object Object])"],
];

/** A table, and what it did: names that came, contents that closed, contents that it ended. */
function tableOf() {
  const steps = [];
  const windows = new Map();
  const hosts = {
    windowOf: (contents) => windows.get(contents),
    end: (contents) => {
      steps.push(["end", contents.id]);
      contents.end();
    },
  };
  const router = new Router();
  const table = new Windows(router, hosts);
  table.follow({
    added: ({ id }) => steps.push(["added", id]),
    closed: (id) => {
      steps.push(["closed", id]);
      router.closeWindow(id);
    },
    changed: () => undefined,
  });
  const add = (name, given) => {
    if (given instanceof BrowserWindow && !given.isDestroyed())
      windows.set(given.webContents, given);
    table.add("registerWindow", name, given);
  };
  return { table, steps, windows, add };
}

const thrownBy = (action) => {
  try {
    action();
  } catch (error) {
    return error;
  }
  assert.fail("nothing was thrown");
};

for (const [what, make] of Object.entries(KINDS)) {
  test(`${what} has contents until it is closed`, () => {
    const { given, contents, end } = make();
    assert.equal(contentsOf("registerWindow", "window", given), contents);
    end();
    assert.equal(liveContentsOf("resolveWindow", "its result", given), undefined);
    const error = thrownBy(() => contentsOf("registerWindow", "window", given));
    assert.equal(error.code, "ERR_TARGET_GONE");
    assert.match(
      error.message,
      /^electron-switchyard: registerWindow: the (window|view|webContents) was closed already$/,
    );
  });

  test(`${what} before its name is an error that says the order`, () => {
    for (const second of ["tab", undefined, make().given]) {
      const error = thrownBy(() => requireOrder("registerWindow", make().given, second));
      assert.equal(error.code, "ERR_INVALID_ARG_TYPE");
      assert.match(
        error.message,
        /^electron-switchyard: registerWindow: name must be a non-empty string, and is an obj/,
      );
      assert.match(error.message, /: the name comes first, and the window second$/);
    }
  });

  test(`${what} has one name, and its name is free when it is closed`, () => {
    const { table, steps, add } = tableOf();
    const { given, contents, end } = make();
    add("it", given);
    add("it", given);
    add("it", contents);
    assert.equal(table.contentsOf("it"), contents);
    assert.equal(table.nameOf(contents.id), "it");
    assert.equal(thrownBy(() => add("more", given)).code, "ERR_NAME_TAKEN");
    assert.equal(thrownBy(() => add("it", new Contents())).code, "ERR_NAME_TAKEN");
    const { id } = contents;
    end();
    assert.deepEqual(table.names(), []);
    assert.ok(steps.some(([step, closed]) => step === "closed" && closed === id));
    add("it", new Contents());
    assert.equal(thrownBy(() => add("late", given)).code, "ERR_TARGET_GONE");
    assert.deepEqual(table.names(), ["it"]);
  });
}

for (const [what, given, end] of WRONG) {
  test(`${what} is no window, and the error says what would be right`, () => {
    for (const read of [contentsOf, liveContentsOf]) {
      const error = thrownBy(() => read("registerWindow", "window", given));
      assert.ok(error instanceof TypeError);
      assert.equal(error.code, "ERR_INVALID_ARG_TYPE");
      assert.ok(
        error.message.startsWith(
          `electron-switchyard: registerWindow: window must be ${RIGHT}, and is `,
        ),
      );
      assert.ok(error.message.endsWith(end), error.message);
    }
  });
}

test("a name before its window, and no name at all, are no errors of the order", () => {
  const window = new BrowserWindow();
  for (const [name, second] of [
    ["tab", window],
    ["tab", "tab"],
    ["", window],
    [5, window],
  ]) {
    requireOrder("registerWindow", name, second);
  }
  assert.match(thrownBy(() => requireOrder("registerWindow", 5, "tab")).message, /comes first/);
});

test("a BrowserWindow is given for its own contents, and for no view and no guest", () => {
  const { table, windows, add } = tableOf();
  const [window, byContents] = [new BrowserWindow(), new BrowserWindow()];
  windows.set(byContents.webContents, byContents);
  add("window", window);
  add("view", { webContents: new Contents() });
  add("guest", new Contents());
  add("by contents", byContents.webContents);
  const names = ["window", "view", "guest", "by contents"];
  assert.deepEqual(table.names(), names);
  assert.deepEqual(
    names.map((name) => table.get(name)),
    [window, undefined, undefined, byContents],
  );
  assert.deepEqual(table.all(), [window, byContents]);
  const error = thrownBy(() => table.requireFree("createWindow", "view"));
  assert.equal(error.code, "ERR_NAME_TAKEN");
});

test("all are ended, first what is in windows, and their names are free", () => {
  const { table, steps, add } = tableOf();
  const window = new BrowserWindow();
  const [guest, view] = [new Contents(), new Contents()];
  const { id } = window.webContents;
  add("window", window);
  add("guest", guest);
  add("view", { webContents: view });
  steps.length = 0;
  table.destroyAll();
  assert.deepEqual(table.names(), []);
  assert.deepEqual(
    steps.filter(([step]) => step === "end"),
    [
      ["end", guest.id],
      ["end", view.id],
    ],
  );
  const closed = steps.filter(([step]) => step === "closed").map(([, each]) => each);
  assert.deepEqual([...new Set(closed)], [guest.id, view.id, id]);
  assert.ok(window.isDestroyed());
});

test("contents that are destroyed without an event have no name", () => {
  const { table, add } = tableOf();
  const guest = new Contents();
  add("guest", guest);
  guest.isGone = true;
  assert.equal(table.contentsOf("guest"), undefined);
  assert.deepEqual(table.names(), []);
});

test("resolveWindow may give each kind, and what is closed is nothing", () => {
  for (const make of Object.values(KINDS)) {
    const { table } = tableOf();
    const { given, contents, end } = make();
    assert.equal(
      table.resolve("found", () => given),
      true,
    );
    assert.equal(table.contentsOf("found"), contents);
    end();
    assert.equal(
      table.resolve("found", () => given),
      false,
    );
    assert.deepEqual(table.names(), []);
  }
});
