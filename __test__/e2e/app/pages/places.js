/** What pages make of the names by which others tell where they are. */
globalThis.places = {
  "a process as bundlers give": () => {
    window.process = { env: {}, browser: true, version: "" };
  },
  "a process of a window": () => {
    window.process = { type: "renderer", versions: { electron: "22" } };
  },
  "a process of main": () => {
    window.process = { type: "browser" };
  },
  "no process": () => {
    window.process = undefined;
  },
  "no require": () => {
    delete window.require;
    delete window.exports;
    delete window.module;
  },
  "AMD's require": () => {
    window.define = () => undefined;
    window.define.amd = {};
    window.require = () => {
      throw new Error("AMD");
    };
  },
};
