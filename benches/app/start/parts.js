/** What the start of the package is made of, in ms. The timers take about 0.5 ms themselves. */
const { app } = require("electron");
const Module = require("module");
const vm = require("vm");
const { path } = require("../node");
const { report, run } = require("../report");
const { performanceNow } = require("../time");

require("with-exports");
const within = new Set();
const times = { resolve: 0, compile: 0, run: 0, dlopen: 0 };
watch(Module, "_resolveFilename", "resolve");
watch(process, "dlopen", "dlopen");
Module.prototype._compile = function compile(text, filename) {
  const script = timed("compile", () => new vm.Script(Module.wrap(text), { filename }));
  const main = script.runInThisContext();
  const require = (name) => this.require(name);
  const args = [this.exports, require, this, filename, path.dirname(filename)];
  return timed("run", () => main.apply(this.exports, args));
};

const start = performanceNow();
const sy = require("electron-switchyard");
const required = performanceNow();
sy.initIpc();
const started = performanceNow();
const parts = { ...times, require: required - start, initIpc: started - required };
sy.stats();
parts.rest = performanceNow() - started;

app.setPath("userData", path.join(__dirname, "user-data"));
run(() => {
  for (const [id, value] of Object.entries(parts)) report({ type: "measured", id, value });
});

/** A part within itself counts once. */
function timed(part, act) {
  if (within.has(part)) return act();
  within.add(part);
  const before = performanceNow();
  try {
    return act();
  } finally {
    times[part] += performanceNow() - before;
    within.delete(part);
  }
}

function watch(object, name, part) {
  const { [name]: own } = object;
  object[name] = function watched(...args) {
    return timed(part, () => own.apply(this, args));
  };
}
