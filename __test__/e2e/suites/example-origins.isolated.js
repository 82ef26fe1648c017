/** The example of docs/windows.md that checks who sends, as it stands there: its options stay. */
const sy = require("electron-switchyard");
const { addFrame, frameOf, origins } = require("../frames");
const { fs, path } = require("../node");

/** What the example calls the origin of its map. */
const MAP = "https://maps.example";

/** The code of the example, for a map that is where this app serves one. */
function exampleFor(origin) {
  const folder = path.dirname(require.resolve("electron-switchyard/package.json"));
  const text = fs.readFileSync(path.join(folder, "docs", "windows.md"), "utf8");
  const blocks = text.split(/^```(?:js)?\n/m);
  const code = blocks.find((block) => block.includes(`"${MAP}"`) && block.includes("initIpc("));
  return code.split(MAP).join(origin);
}

module.exports = {
  "the example of docs/windows.md tells the app from the map, and lets nobody else in": async (
    t,
  ) => {
    const all = await origins(t);
    new Function("require", exampleFor(all.own))(require);
    const page = t.page(sy.getWindow("main"));
    await page.load("frames.html");
    await addFrame(page, "map", { src: `${all.own}/frames.html` });
    await addFrame(page, "other", { src: `${all.site}/frames.html` });
    const ask = () => sy.sendMsgToMain("hello");
    t.assert.equal(await page.run(ask), "for the app: hello");
    t.assert.equal(await frameOf(page, "map").run(ask), "for the map: hello");
    t.assert.equal((await frameOf(page, "other").thrown(ask)).code, "ERR_ORIGIN");
    t.assert.equal(t.console.lines.length, 1, t.console.lines.join("\n"));
  },
};
