/** Without the option, all documents may take part: where they are from is told. */
const { protocol, session } = require("electron");
const sy = require("electron-switchyard");
const { KINDS: FRAME_KINDS, KNOWS_ORIGINS, addFrame, origins } = require("../frames");
const { fs, path } = require("../node");
const { ISOLATED } = require("../kinds");

protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true } },
]);

/** The app's pages, whatever the host. */
function servePages(t, scheme) {
  const { protocol } = session.defaultSession;
  const file = (url) => path.join(__dirname, "..", "pages", new URL(url).pathname.slice(1));
  protocol.interceptBufferProtocol
    ? protocol[scheme === "app" ? "registerBufferProtocol" : "interceptBufferProtocol"](
        scheme,
        ({ url }, callback) => {
          const mimeType = url.endsWith(".js") ? "text/javascript" : "text/html";
          callback({ mimeType, data: fs.readFileSync(file(url.split("?")[0])) });
        },
      )
    : t.assert.fail("no protocols");
  t.undos.push(() =>
    scheme === "app" ? protocol.unregisterProtocol(scheme) : protocol.uninterceptProtocol(scheme),
  );
}

module.exports = {
  "every event says the origin of the document that sent it, in main and in pages": async (t) => {
    servePages(t, "app");
    const { own } = await origins(t);
    t.handle(({ origin }, msg) => [origin, msg]);
    const hearer = await t.open("hearer");
    await hearer.run(() => {
      window.got = [];
      sy.onMsgFromOtherRender(({ windowName, origin }, msg) => got.push([windowName, origin, msg]));
      sy.onMsgFromMain(({ origin }, msg) => got.push(["main", origin, msg]));
      sy.onCall(({ fromMain, origin }, msg) => [
        fromMain,
        origin === undefined ? "none" : origin,
        msg,
      ]);
    });
    for (const [name, url, origin] of [
      ["file", undefined, "file://"],
      ["web", `${own}/page.html`, own],
      ["app", "app://station/page.html", "app://station"],
    ]) {
      const page = t.window(name);
      await (url ? page.contents.loadURL(url) : page.load());
      t.assert.deepEqual(await page.run(() => sy.sendMsgToMain(1)), [origin, 1]);
      t.assert.deepEqual(await page.run(() => sy.callOtherRender("hearer", 2)), [false, origin, 2]);
      await page.run(() => sy.sendMsgToOtherRender("hearer", 3));
      await t.until("it came", () => hearer.run(() => got.length > 0));
      t.assert.deepEqual(await hearer.run(() => got.splice(0)), [[name, origin, 3]]);
    }
    sy.sendMsgToRender("hearer", 4);
    await t.until("it came", () => hearer.run(() => got.length > 0));
    t.assert.deepEqual(await hearer.run(() => [got[0][1] === undefined, got[0][2]]), [true, 4]);
    t.assert.deepEqual(await sy.callRender("hearer", 5), [true, "none", 5]);
    t.assert.deepEqual(t.console.lines, []);
  },

  "a foreign origin is named once on the console": async (t) => {
    servePages(t, "http");
    t.handle((_event, msg) => msg);
    const page = t.window("page", ISOLATED);
    const other = t.window("other", ISOLATED);
    for (const to of [page, other, page]) {
      for (const host of ["foreign.example", "localhost", "127.0.0.1", "other.example"]) {
        await to.contents.loadURL(`http://${host}/page.html`);
        t.assert.equal(await to.run(() => sy.sendMsgToMain(1)), 1);
      }
    }
    t.assert.equal(t.console.lines.length, 2, t.console.lines.join("\n"));
    t.assert.match(t.console.lines.join(), /"http:\/\/foreign\.example".*initIpc\(\{ origins/);
    t.assert.match(t.console.lines.join(), /"http:\/\/other\.example"/);
  },

  "a document without an origin of its own is the app's, unless a foreign page is around it":
    async (t) => {
      servePages(t, "http");
      sy.initIpc({ subframes: true });
      t.undos.push(() => sy.initIpc({ subframes: false }));
      t.handle((_event, msg) => msg);
      const asks =
        "<script>electronProkit.renderMsgToMain(1).then(() => { document.title = 'ok'; })</script>";
      const top = t.window("top", FRAME_KINDS["not isolated"]);
      await top.contents.loadURL(`data:text/html,${encodeURIComponent(asks)}`);
      await t.until("it has asked", () => top.contents.getTitle() === "ok");
      const page = t.window("page", FRAME_KINDS.isolated);
      await page.load();
      await addFrame(page, "srcdoc", { srcdoc: "of the app", sandbox: "allow-scripts" });
      await addFrame(page, "data", { src: "data:text/html,of the app" });
      t.assert.equal(await page.run(() => sy.sendMsgToMain(1)), 1);
      t.assert.deepEqual(t.console.lines, []);
      const src = "http://embedded.example/page.html";
      await addFrame(page, "foreign", { src, sandbox: "allow-scripts" });
      // Before Electron 20, its frame may still have the URL of the document before.
      if (KNOWS_ORIGINS) {
        await t.until("it is named", () => t.console.lines.length > 0);
        t.assert.match(
          t.console.lines.join("\n"),
          /"null" in "http:\/\/embedded\.example" is let in/,
        );
      }
      const other = t.window("other", FRAME_KINDS.isolated);
      await other.contents.loadURL("http://around.example/frames.html");
      await addFrame(other, "data", { src: "data:text/html,of the page" });
      t.assert.equal(await other.run(() => sy.sendMsgToMain(1)), 1);
      t.assert.equal(t.console.lines.length, KNOWS_ORIGINS ? 2 : 1, t.console.lines.join("\n"));
    },

  "bytes come whole where a page has no secure context": async (t) => {
    servePages(t, "http");
    t.handle((_event, msg) => msg);
    const page = t.window("page", ISOLATED);
    await page.contents.loadURL("http://foreign.example/page.html");
    const got = await page.run(async () => {
      const back = await sy.sendMsgToMain(new Uint8Array(200000).fill(9));
      return [back.length, back[199999]];
    });
    t.assert.deepEqual(got, [200000, 9]);
  },
};
