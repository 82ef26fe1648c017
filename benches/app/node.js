/** Node's modules, by the names that Electron 9's Node 12.14 knows. */
const path = require("path");

module.exports = { path };
