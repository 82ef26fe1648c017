/** Whose documents may take part, and where what they send is from. Its own process: options stay. */
const sy = require("electron-switchyard");
const { KINDS: FRAME_KINDS, addFrame, frameOf, letIn, origins } = require("../frames");
const { KINDS } = require("../kinds");

/** Of origins that are not let in: what such a page gets of each call. */
const calls = async () => {
  const reports = [];
  sy.onUndeliverable((report) => reports.push([report.windowName, report.code]));
  window.got = [];
  sy.onMsgFromMain((_event, msg) => got.push(msg));
  sy.onMsgFromOtherRender((_event, msg) => got.push(msg));
  sy.onCall((_event, msg) => void got.push(msg));
  const codes = [];
  for (const ask of [() => sy.sendMsgToMain(1), () => sy.callOtherRender("ours", 2)]) {
    const started = performance.now();
    const { code, message } = await ask().catch((error) => error);
    codes.push([code, message, performance.now() - started < 1000]);
  }
  sy.sendMsgToOtherRender("ours", 3);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { codes, reports };
};

function lawsOf(name, kind) {
  return {
    [`${name}: a document of another origin is notified why, and gets nothing`]: async (t) => {
      const { all, asked, ours, page } = await letIn(t, kind, "https://*.example.com");
      await page.contents.loadURL(`${all.other}/page.html`);
      const { codes, reports } = await page.run(calls);
      for (const [code, message, isSoon] of codes) {
        t.assert.equal(code, "ERR_ORIGIN");
        t.assert.ok(message.includes(`origins: ["${all.other}"]`), message);
        t.assert.ok(isSoon);
      }
      t.assert.deepEqual(reports, [["ours", "ERR_ORIGIN"]]);
      sy.sendMsgToRender("page", "waits too");
      const call = sy.callRender("page", "a call", { timeoutMs: 2000 });
      await t.sleep(100);
      t.assert.deepEqual(await page.run(() => got), []);
      t.assert.equal(sy.stats().windows.page.delivered, 0);
      t.assert.ok(t.console.lines.length <= 1, t.console.lines.join("\n"));
      // A later document that is let in gets all of it.
      await page.contents.loadURL(`${all.own}/page.html`);
      await page.hear("main", "onMsgFromMain");
      await page.run(() => void sy.onCall((_event, msg) => msg));
      t.assert.equal(await call, "a call");
      t.assert.deepEqual(await page.hears("main", 2), [
        [undefined, '"waits"'],
        [undefined, '"waits too"'],
      ]);
      t.assert.equal(await page.run(() => sy.sendMsgToMain("hello")), "hello");
      t.assert.deepEqual(asked, [[all.own, "hello"]]);
      // And back: a document that is not let in takes no other's place.
      await page.contents.loadURL(`${all.site}/page.html`);
      sy.sendMsgToRender("page", "after");
      t.assert.equal((await page.thrown(() => sy.sendMsgToMain(1))).code, "ERR_ORIGIN");
      await page.contents.loadURL(`${all.own}/page.html`);
      await page.hear("main", "onMsgFromMain");
      t.assert.deepEqual(await page.hears("main", 1), [[undefined, '"after"']]);
      t.assert.deepEqual(await ours.heard("other"), []);
    },
  };
}

const LAWS = {
  "the preload of such a document is notified as well": async (t) => {
    const all = await origins(t);
    sy.initIpc({ origins: ["file://"] });
    const page = t.window("page", KINDS["not isolated, sandboxed"]);
    await page.contents.loadURL(`${all.own}/page.html`);
    const error = await page.thrown(() => electronProkit.renderMsgToMain(1));
    t.assert.equal(error.code, "ERR_ORIGIN");
    t.assert.ok(error.message.includes(`["${all.own}"]`), error.message);
  },

  "a subframe of another origin is not let in, its page is": async (t) => {
    const all = await origins(t);
    sy.initIpc({ origins: [all.own], subframes: true });
    t.undos.push(() => sy.initIpc({ subframes: false }));
    t.handle(({ origin }, msg) => [origin, msg]);
    const page = t.window("page", FRAME_KINDS.isolated);
    await page.contents.loadURL(`${all.own}/frames.html`);
    for (const id of ["own", "other", "site"]) {
      await addFrame(page, id, { src: `${all[id]}/frames.html` });
    }
    const ask = () => sy.sendMsgToMain(1);
    t.assert.deepEqual(await page.run(ask), [all.own, 1]);
    t.assert.deepEqual(await frameOf(page, "own").run(ask), [all.own, 1]);
    for (const id of ["other", "site"]) {
      const error = await frameOf(page, id).thrown(ask);
      t.assert.equal(error.code, "ERR_ORIGIN");
      t.assert.ok(error.message.includes(`["${all[id]}"]`), error.message);
    }
  },

  "patterns stand for a label, or the port": async (t) => {
    const all = await origins(t);
    const port = all.own.split(":")[2];
    t.handle((_event, msg) => msg);
    const page = t.window("page");
    const isLetIn = async (origin, patterns) => {
      sy.initIpc({ origins: patterns });
      await page.contents.loadURL(`${origin}/page.html`);
      return page.run(() => sy.sendMsgToMain(1).then(Boolean, ({ code }) => code));
    };
    for (const [origin, pattern, expected] of [
      [all.own, "http://127.0.0.1:*", true],
      [all.own, "http://127.0.0.1", "ERR_ORIGIN"],
      [all.own, `http://*:${port}`, "ERR_ORIGIN"],
      [all.own, `https://127.0.0.1:${port}`, "ERR_ORIGIN"],
      [all.own, "http://*:*", "ERR_ORIGIN"],
      [all.site, "http://*:*", true],
      [all.site, "file://", "ERR_ORIGIN"],
    ]) {
      t.assert.deepEqual([pattern, await isLetIn(origin, [pattern])], [pattern, expected]);
    }
    t.assert.equal(await isLetIn(all.own, []), "ERR_ORIGIN");
  },

  "what is no pattern is an error that says what would be right": async (t) => {
    for (const [origins, advice] of [
      ["file://", /origins must be an array of origins, and is "file:\/\/"/],
      [[5], /origins\[0\] must be an origin .*, and is 5/],
      [
        ["file://", "https://example.com/"],
        /origins\[1\] must .*\(did you mean "https:\/\/example.com"\?\)/,
      ],
      [["https://Example.com"], /\(did you mean "https:\/\/example.com"\?\)/],
      [["https://*.example.com/path"], /\(did you mean "https:\/\/\*.example.com"\?\)/],
      [["https://example.com:443"], /\(did you mean "https:\/\/example.com"\?\)/],
      [["example.com"], /origins\[0\]/],
      [["*"], /origins\[0\]/],
      [["https://ex*mple.com"], /origins\[0\]/],
      [["https://"], /origins\[0\]/],
      [[""], /origins\[0\]/],
      [new Array(1), /origins\[0\]/],
      [{ 0: "file://" }, /an array/],
      [null, /an array/],
    ]) {
      const error = t.thrown(() => sy.initIpc({ origins }));
      t.assert.equal(error.code, "ERR_INVALID_OPTION");
      t.assert.match(error.message, advice);
    }
  },
};

module.exports = Object.assign(
  {},
  lawsOf("isolated", KINDS["isolated and sandboxed"]),
  lawsOf("not isolated", KINDS["not isolated, sandboxed"]),
  LAWS,
);
