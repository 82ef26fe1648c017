/** Errors as the consoles of pages show them. */
const sy = require("electron-switchyard");
const { ISOLATED, KINDS, OPEN } = require("../kinds");

const SOME = {
  isolated: ISOLATED,
  "not isolated": OPEN,
  "a preload's world": KINDS["with node, package required, no preload"],
};

const TITLE = "electron-switchyard: ";

/** What the page's console shows of errors while something is done. */
async function shownBy(t, page, count, act) {
  const { debugger: inspector } = page.contents;
  const shown = [];
  const hear = (_event, method, params) => {
    if (method === "Runtime.exceptionThrown") shown.push(params.exceptionDetails.exception);
    if (method === "Runtime.consoleAPICalled") shown.push(...params.args);
  };
  inspector.attach("1.3");
  inspector.on("message", hear);
  try {
    await inspector.sendCommand("Runtime.enable");
    await act();
    await t.until(`${count} are shown`, () => shown.length >= count);
    return shown.map(({ description }) => description);
  } finally {
    inspector.removeListener("message", hear);
    inspector.detach();
  }
}

/** What a page's request rejects with. */
function askInPage(page, msg) {
  return page.run(
    (msg) =>
      sy.sendMsgToMain(msg).catch(({ name, code, message, stack }) => ({
        name,
        code,
        message,
        stack,
      })),
    msg,
  );
}

function assertShape(t, { name, code, message, stack }, expected) {
  t.assert.deepEqual([name, code], ["Error", expected]);
  t.assert.equal(message.split(TITLE).length, 2, message);
  t.assert.ok(stack.startsWith(`Error [${expected}]: ${TITLE}`), stack);
}

function lawsOf(kindName, kind) {
  return {
    [`${kindName}: an error on the page's console has the package's name once, caught or not`]:
      async (t) => {
        t.handle(() => new Promise(() => undefined));
        const page = await t.open("page", kind);
        const shown = await shownBy(t, page, 2, () =>
          page.run(async () => {
            await sy.sendMsgToMain(1, { timeoutMs: 20 }).catch((error) => console.error(error));
            sy.sendMsgToMain(1, { timeoutMs: 20 });
          }),
        );
        // Newer inspectors write the head of a stack anew, from class and message.
        const start = /^Error(?: \[ERR_TIMEOUT\])?: electron-switchyard: sendMsgToMain: no answer/;
        for (const text of shown) {
          t.assert.match(text, start);
          t.assert.equal(text.split(TITLE).length, 2, text);
        }
      },

    [`${kindName}: an error of main's keeps its shape in the page, and one of the app's is the app's`]:
      async (t) => {
        const page = await t.open("page", kind);
        t.handle((_event, msg) => {
          if (msg === "theirs") throw Object.assign(new RangeError("mine"), { code: "E_MINE" });
          return sy.sendMsgToRender("nobody", msg);
        });
        const theirs = await askInPage(page, "theirs");
        t.assert.deepEqual(
          [theirs.name, theirs.message, theirs.code],
          ["RangeError", "mine", "E_MINE"],
        );
        t.assert.ok(theirs.stack.startsWith("RangeError: mine\n    at "), theirs.stack);
        assertShape(t, await askInPage(page, "ours"), "ERR_UNKNOWN_WINDOW");
      },
  };
}

const laws = {
  "an error that main throws has code and the package's name in its stack": async (t) => {
    const page = await t.open("page");
    await page.run(() => void sy.onCall(() => new Promise(() => undefined)));
    const error = await sy.callRender("page", 1, { timeoutMs: 20 }).catch((error) => error);
    assertShape(t, error, "ERR_TIMEOUT");
    assertShape(
      t,
      t.thrown(() => sy.sendMsgToRender("nobody", 1)),
      "ERR_UNKNOWN_WINDOW",
    );
    assertShape(
      t,
      t.thrown(() => sy.sendMsgToMain(1)),
      "ERR_WRONG_PROCESS",
    );
  },

  "main's data behind a channel is dropped with one line": async (t) => {
    t.window("page");
    for (const data of ["data", { id: 1 }]) sy.sendMsgToRender("page", "channel", data);
    sy.sendMsgToRender("page", "alone");
    const lines = t.console.lines.filter((line) => /drops what/.test(line));
    t.assert.deepEqual(lines, [
      `${TITLE}sendMsgToRender drops what follows the message: call sendMsgToRender(windowName, { channel, data })`,
    ]);
  },
};

for (const [name, kind] of Object.entries(SOME)) Object.assign(laws, lawsOf(name, kind));
module.exports = laws;
