/** The first sign of electron-prokit: the option. */
const { lawsOf, moveApp } = require("../signs");
const sy = require("electron-switchyard");

moveApp();

module.exports = lawsOf("initIpc({ prokitPreloads: true })", () => {
  sy.initIpc({ prokitPreloads: true });
});
