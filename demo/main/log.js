const { hasWindow, sendMsgToRender } = require("electron-switchyard");
const { clock } = require("../shared/clock");

let held = [];

/** Adds a line to the main process's log, which window "main" shows. */
function log(kind, text) {
  held.push({ kind, text, time: clock() });
  // The tour takes the window's name away for a moment.
  if (!hasWindow("main")) return;
  for (const entry of held) sendMsgToRender("main", { topic: "log", entry });
  held = [];
}

exports.log = log;
