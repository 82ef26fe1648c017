/** Puts watch.cjs before the main process of a project, or of its packaged copy. */
const { copyFileSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const NAME = "watch.cjs";

/** Returns the main process's file, for WATCH_MAIN. */
function addWatch(folder) {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, main: NAME }));
  copyFileSync(join(__dirname, NAME), join(folder, NAME));
  return manifest.main;
}

module.exports = { addWatch };
