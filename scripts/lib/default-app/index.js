"use strict";

// Stands in for Electron's own default app, which the packaged build we unpack does not have.
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { app } = require("electron");

const named = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (named === undefined) {
  console.error("Name the app's folder: electron <folder>");
  process.exit(1);
}
start(path.resolve(named));

function start(target) {
  const manifestFile = path.join(target, "package.json");
  const manifest = fs.existsSync(manifestFile) ? require(manifestFile) : undefined;
  if (manifest) describe(manifest);
  // Electron marks it so, and libraries ask for it to tell a development run.
  Object.defineProperty(process, "defaultApp", { enumerable: true, value: true });
  const entry = Module._resolveFilename(target, module, true);
  app.setAppPath(manifest ? target : path.dirname(entry));
  // As the main module, so that `require.main === module` holds in the app.
  Module._load(entry, module, true);
}

function describe(manifest) {
  const name = manifest.productName || manifest.name;
  if (name) app.setName(name);
  if (manifest.version) app.setVersion(manifest.version);
}
