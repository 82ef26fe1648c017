/** Node's modules, by the names that Electron 9's Node 12.14 knows. */
// biome-ignore-start lint/style/useNodejsImportProtocol: it does not know "node:".
const { strict } = require("assert");
const path = require("path");
const { format } = require("util");
// biome-ignore-end lint/style/useNodejsImportProtocol: it does not know "node:".

module.exports = { format, path, strict };
