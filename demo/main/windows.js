const path = require("path");
const { screen } = require("electron");
const { createWindow, getPreloadPath } = require("electron-switchyard");

const PAGE = path.join(__dirname, "..", "windows", "page.html");

// A preload of one's own has to be bundled: a sandboxed one cannot require packages.
const OWN_PRELOAD = path.join(__dirname, "..", "out", "preload.js");

/** Opens window "main" at the left, window "work" at its right, or a small one above them. */
function openWindow(name) {
  const preload = name === "work" ? OWN_PRELOAD : getPreloadPath();
  const window = createWindow(name, { ...place(name), ...options(preload) });
  loadPage(window, name);
  return window;
}

/** What Electron recommends, written out: Electron 9 has other defaults. */
function options(preload = getPreloadPath()) {
  return {
    autoHideMenuBar: true,
    backgroundColor: "#f3f5f8",
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false },
  };
}

function loadPage(window, name) {
  // Electron's promise is not needed, and is rejected if the window is closed meanwhile.
  window.loadFile(PAGE, { query: { name } }).catch(() => {});
}

function place(name) {
  if (name !== "main" && name !== "work") return { width: 420, height: 320 };
  const area = screen.getPrimaryDisplay().workArea;
  const width = Math.min(760, Math.floor(area.width / 2));
  const height = Math.min(900, area.height);
  const left = area.x + Math.max(0, Math.floor((area.width - 2 * width - 20) / 2));
  return { x: name === "main" ? left : left + width + 20, y: area.y + 20, width, height };
}

module.exports = { openWindow, loadPage, options };
