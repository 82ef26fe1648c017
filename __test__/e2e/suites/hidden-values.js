/** Objects whose state is hidden: refused with their class and the way out, never an empty object. */
const { BrowserWindow, nativeImage, session } = require("electron");
const sy = require("electron-switchyard");
const { ISOLATED, OPEN } = require("../kinds");

/** `[expression, what it is, what to send in its place]` */
const IN_PAGES = [
  ["new Blob(['x'])", "a Blob"],
  ["new File(['x'], 'name')", "a File"],
  ["new FormData()", "a FormData", "[...it]"],
  ["new Headers()", "a Headers", "[...it]"],
  ["new URL('http://a/')", "a URL", "String(it)"],
  ["new AbortController().signal", "an AbortSignal"],
  ["new Response('x')", "a Response", "await it.arrayBuffer()"],
  ["new ReadableStream()", "a ReadableStream"],
  ["document.body", "a HTMLBodyElement"],
  ["document", "a HTMLDocument"],
  ["document.querySelectorAll('x')", "a NodeList", "[...it]"],
  ["new Event('x')", "an Event"],
  ["new DOMRect()", "a DOMRect"],
  ["new MessageChannel().port1", "a MessagePort"],
  ["new ImageData(1, 1)", "an ImageData"],
  ["Promise.resolve()", "a Promise", "await it"],
  ["new Proxy(new Date(5), {})", "not a genuine Date", "toRaw(it)"],
  ["new Proxy(/a/, {})", "not a genuine RegExp", "toRaw(it)"],
  ["new Proxy(new Map(), {})", "not a genuine Map", "toRaw(it)"],
  ["new Proxy(new Uint8Array(3), {})", "not a genuine Uint8Array", "toRaw(it)"],
];

/** `[value, what it is, what to send in its place]` */
const IN_MAIN = {
  "a NativeImage": [() => nativeImage.createEmpty(), "it.toPNG()"],
  "a Promise": [() => Promise.resolve(), "await it"],
};

/** Which of them show functions as their members is up to Electron. */
const HANDLES = [
  () => BrowserWindow.getAllWindows()[0],
  () => BrowserWindow.getAllWindows()[0].webContents,
  () => session.defaultSession,
];

function checked(t, { code, message }, what, way) {
  t.assert.equal(code, "ERR_NOT_CLONEABLE", what);
  t.assert.ok(
    message.startsWith(`electron-switchyard: msg.it is ${what} and cannot be sent`),
    message,
  );
  if (way) t.assert.ok(message.endsWith(`; send ${way}`), message);
}

function lawOfPages(kind) {
  return async (t) => {
    const page = await t.open("page", kind);
    for (const [expression, what, way] of IN_PAGES) {
      const error = await page.thrown(`() => void sy.sendMsgToMain({ it: ${expression} })`);
      checked(t, error, what, way);
    }
  };
}

module.exports = {
  "from an isolated page": lawOfPages(ISOLATED),
  "from a page that is not isolated": lawOfPages(OPEN),
  "from main": async (t) => {
    t.window("page");
    const thrown = (it) => t.thrown(() => sy.sendMsgToRender("page", { it }));
    for (const [what, [make, way]] of Object.entries(IN_MAIN))
      checked(t, thrown(make()), what, way);
    for (const handle of HANDLES) {
      const { code, message } = thrown(handle());
      t.assert.equal(code, "ERR_NOT_CLONEABLE");
      t.assert.match(
        message,
        /^electron-switchyard: msg\.it(\.\w+)? is an? \w+ and cannot be sent/,
      );
    }
  },
};
