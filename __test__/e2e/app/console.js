const { format } = require("./node");

const METHODS = ["warn", "error"];

/** Keeps what is written to the main process's console, instead of showing it. */
function hearConsole() {
  const lines = [];
  const before = METHODS.map((method) => console[method]);
  for (const method of METHODS) {
    console[method] = (...args) => lines.push(format(...args));
  }
  const undo = () => {
    for (const [i, method] of METHODS.entries()) console[method] = before[i];
  };
  return { lines, undo };
}

module.exports = { hearConsole };
