// For what does not know the "exports" of package.json, such as Electron 9's Node and webpack 4.
module.exports = require("./dist/renderer.cjs");
