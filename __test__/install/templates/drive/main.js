/**
 * Starts a built project as Electron's default app does, and uses it as its users do: clicks, and
 * looks at what there is to see. What the project itself does not use of its package is called by
 * its global.
 */
const { writeFileSync } = require("fs");
const { createRequire } = require("module");
const { join } = require("path");
const { app, BrowserWindow, shell } = require("electron");

const { PROJECT: folder, PACKAGE: name, SCREENSHOT: screenshot } = process.env;
const project = createRequire(`${folder}/`);
const consoles = [];
const opened = [];

// The test's machine may have no browser to open.
shell.openExternal = async (url) => void opened.push(url);
app.setPath("userData", join(folder, "user-data"));
app.on("web-contents-created", (_created, contents) => {
  contents.on("console-message", (_event, _level, line) => consoles.push(line));
});

app.setAppPath(folder);
require(join(folder, project("./package.json").main));
app.whenReady().then(use).then(end, end);

async function use() {
  const sy = project(name);
  const [{ webContents: page }] = BrowserWindow.getAllWindows();
  const seen = await look(page);
  const answer = await inPage(page, () => electronProkit.renderMsgToMain({ key: "other" }));
  const fromMain = inPage(page, hearFromMain);
  sy.sendMsgToRender("main", "from main");
  await writeToWork(sy, page);
  writeFileSync(screenshot, (await page.capturePage()).toPNG());
  const { delivered, dropped } = sy.stats().mainProcess;
  return { seen, answer, fromMain: await fromMain, opened, consoles, delivered, dropped };
}

/** The project's own page, before and after its button and its logo are clicked. */
async function look(page) {
  const text = () => inPage(page, shownText);
  await until(async () => /count is 0/.test(await text()));
  const before = await text();
  await inPage(page, () => document.querySelector("button").click());
  await until(async () => /count is 1/.test(await text()));
  await inPage(page, () => document.querySelector("img").click());
  await until(() => opened.length > 0);
  return before.split("\n").filter(Boolean);
}

/** The project has a second page, which only says on its console what it hears. */
async function writeToWork(sy, page) {
  const webPreferences = { contextIsolation: true, nodeIntegration: true, webSecurity: false };
  const preload = join(folder, "dist", "preload", "index.cjs");
  const work = sy.createWindow("work", { webPreferences: { ...webPreferences, preload } });
  await inPage(page, () => electronProkit.renderMsgToRender("work", "to work"));
  await work.loadFile(join(folder, "dist", "work", "index.html"));
  await until(() => consoles.length > 0);
}

/** Not textContent: that would join the lines. */
// biome-ignore lint/performance/useDomNodeTextContent: as it is shown is what counts
const shownText = () => document.body.innerText;

const hearFromMain = () =>
  new Promise((resolve) => electronProkit.onMsgFromMain((_event, msg) => resolve(msg)));

function inPage(page, body) {
  return page.executeJavaScript(`(${body})()`, true);
}

/** The test ends the process if it takes too long. */
async function until(isSo) {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

function end(result) {
  if (result instanceof Error) console.error(result.stack);
  else console.log(`\nRESULT ${JSON.stringify(result)}`);
  setImmediate(() => app.exit(result instanceof Error ? 1 : 0));
}
