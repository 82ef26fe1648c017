/** The kinds of windows that apps have. */
const { path } = require("./node");
const sy = require("electron-switchyard");

const READY = () => sy.getPreloadPath();

function kind(webPreferences, { preload = READY, file = "page.html" } = {}) {
  const options = () => {
    const named = preload ? { preload: preload() } : {};
    return { webPreferences: { nodeIntegration: false, ...webPreferences, ...named } };
  };
  return { options, file };
}

/** A user's preload, as esbuild made it. */
function built(file) {
  return () => path.join(__dirname, "built", file);
}

/** A preload as it lies in the app. */
function source(file) {
  return () => path.join(__dirname, "preloads", file);
}

const ISOLATED = kind({ contextIsolation: true, sandbox: true });
const OPEN = kind({ contextIsolation: false, sandbox: true });
const NODE = { nodeIntegration: true, contextIsolation: false, sandbox: false };

const KINDS = {
  "isolated and sandboxed": ISOLATED,
  isolated: kind({ contextIsolation: true, sandbox: false }),
  "isolated, with node": kind({ contextIsolation: true, sandbox: false, nodeIntegration: true }),
  "with node, package required, no preload": kind(NODE, { preload: null, file: "node.html" }),
  "with node, package required, ready preload": kind(NODE, { file: "node.html" }),
  "with node, package bundled, ready preload": kind(NODE),
  "not isolated": kind({ contextIsolation: false, sandbox: false }),
  "not isolated, sandboxed": OPEN,
};

module.exports = { ISOLATED, KINDS, NODE, OPEN, built, kind, source };
