// Not a test: the main process of all recipes at once. It runs the main script of each recipe, opens
// the windows that the recipe leaves to Getting started, and quits when all is said.
const { app } = require("electron");
const { existsSync } = require("node:fs");
const { basename, join } = require("node:path");
const { format } = require("node:util");
const sy = require("electron-switchyard");
const recipes = require("./recipes");

const PATIENCE_MS = 10_000;
const said = [];
const { log } = console;
/** How many lines are said before the app quits. */
const before = Number(process.env.RECIPE_LINES);

let hasQuit = false;
const quit = () => {
  if (hasQuit) return;
  hasQuit = true;
  app.quit();
};
const hear = (place, message) => {
  // React's advice to a developer.
  if (message.includes("React DevTools")) return;
  said.push(`${place}: ${message}`);
  if (said.length === before) setTimeout(quit, 100);
};

console.log = (...args) => hear("main", format(...args));
app.setPath("userData", join(__dirname, "user-data"));
app.on("window-all-closed", () => undefined);
app.on("web-contents-created", (_created, contents) => {
  contents.on("console-message", (_event, _level, message) => {
    hear(basename(contents.getURL(), ".html"), message);
  });
});
app.on("will-quit", () => log(`RESULT ${JSON.stringify(said.sort())}`));
setTimeout(quit, PATIENCE_MS);

const built = (name, page) => join(__dirname, "dist", name, `${page}.html`);
const plain = (name, page) => join(__dirname, name, `${page}.html`);

sy.initIpc();
for (const { name } of recipes) require(`./${name}/main.js`);

app.whenReady().then(() => {
  for (const { name, pages } of recipes) {
    for (const page of pages.filter((each) => !sy.hasWindow(each))) {
      const file = existsSync(built(name, page)) ? built : plain;
      const webPreferences = { preload: sy.getPreloadPath() };
      sy.createWindow(page, { show: false, webPreferences }).loadFile(file(name, page));
    }
  }
});
