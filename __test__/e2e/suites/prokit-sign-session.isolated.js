/** The first sign of electron-prokit: a session's preload, in an archive, of a window that is there. */
const { app, session } = require("electron");
const { lawsOf, moveApp } = require("../signs");
const { fs, path } = require("../node");
const { built, kind } = require("../kinds");

moveApp();

/** An asar archive with one file: sizes, the header as JSON, the contents. */
function archiveOf(name, contents) {
  const header = JSON.stringify({ files: { [name]: { size: contents.length, offset: "0" } } });
  const text = Buffer.alloc(Math.ceil(header.length / 4) * 4);
  text.write(header);
  const sizes = Buffer.alloc(16);
  const words = [4, 8 + text.length, 4 + text.length, header.length];
  for (const [i, word] of words.entries()) sizes.writeUInt32LE(word, 4 * i);
  return Buffer.concat([sizes, text, contents]);
}

module.exports = lawsOf("electron-prokit's channel in a session's preload", async (t) => {
  const archive = path.join(app.getPath("userData"), "preloads.asar");
  fs.mkdirSync(path.dirname(archive), { recursive: true });
  // Electron's own fs takes it for an archive already.
  require("original-fs").writeFileSync(
    archive,
    archiveOf("preload.js", fs.readFileSync(built("prokit-preload.js")())),
  );
  const preferences = { contextIsolation: true, sandbox: false, partition: "archived" };
  const setPreloads = () =>
    session.fromPartition("archived").setPreloads([path.join(archive, "preload.js")]);
  // Electron 18 asks for them once in each process of pages.
  const isBefore = process.versions.electron.startsWith("18.");
  if (isBefore) setPreloads();
  const page = t.window("archived", kind(preferences, { preload: null, file: "prokit.html" }));
  if (!isBefore) setPreloads();
  await page.load();
  t.assert.equal(await page.run(() => prokit.renderMsgToMain(1)), "ours archived 1");
});
