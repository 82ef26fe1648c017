/**
 * In a window's own page and in its subframes, of whatever origin: runs code in the subframe that
 * a path of iframes' ids leads to, and gives back what comes of it.
 */
(() => {
  const answers = [];

  /** Adds an iframe; ends when it has loaded. */
  function open(id, attributes) {
    const iframe = document.createElement("iframe");
    for (const [name, value] of Object.entries({ id, ...attributes })) {
      iframe.setAttribute(name, value);
    }
    return put(iframe);
  }

  function put(iframe) {
    const loaded = loading(iframe);
    document.body.append(iframe);
    return loaded;
  }

  function loading(iframe) {
    return new Promise((resolve) => {
      iframe.addEventListener("load", () => resolve(), { once: true });
    });
  }

  /** Has an iframe load something else, or the same anew; ends when it has loaded. */
  function go(id, url) {
    const iframe = document.getElementById(id);
    const loaded = loading(iframe);
    if (url) iframe.src = url;
    else iframe.contentWindow.location.reload();
    return loaded;
  }

  function remove(id) {
    document.getElementById(id).remove();
  }

  function run([id, ...path], code) {
    if (id === undefined) return new Function(`return ${code}`)();
    const number = answers.length;
    document.getElementById(id).contentWindow.postMessage({ number, path, code }, "*");
    return new Promise((resolve) => answers.push(resolve));
  }

  addEventListener("message", async ({ data, source }) => {
    const { number, path, code } = data;
    if (code === undefined) return answers[number](data.outcome);
    const outcome = await run(path, code);
    // Nobody is there any more where a test has taken the frame away.
    if (source) source.postMessage({ number, outcome }, "*");
  });

  /** Adds a listener that keeps what it gets with its origin. */
  function hear(label, call) {
    const on = (listener) =>
      sy[call](({ windowName, origin }, msg) => listener({ windowName }, { origin, msg }));
    shared.hear(label, call, on);
  }

  /** Handles calls with what is known of them, under a label. */
  function handle(label) {
    return sy.onCall(({ fromMain, windowName, origin }, msg) => {
      return { by: label, fromMain, windowName, origin, msg };
    });
  }

  /** Tells main, from the beginning, of all that comes to this document, and asks without end. */
  function tell() {
    const doc = Math.random();
    for (const [lane, call] of [
      ["main", "onMsgFromMain"],
      ["other", "onMsgFromOtherRender"],
    ]) {
      sy[call]((_event, msg) => sy.sendMsgToMain({ doc, lane, msg }));
    }
    sy.sendMsgToMain({ doc, open: true });
  }

  window.iframes = { go, handle, hear, open, put, remove, run };
  if (location.search.startsWith("?tells")) tell();
})();
