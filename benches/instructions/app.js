// Runs one case so often, in sections that valgrind tells apart: node app.js DIST CASE COUNT.
const { join } = require("node:path");
const { load } = require("./document");
const { becomeMain, openWindow, tasks } = require("./electron");

const [dist, id, count] = process.argv.slice(2);
const N = Number(count);
const WARM = 8;

becomeMain();
// The next turn of main's event loop is a task like others.
globalThis.setImmediate = (act) => tasks.push({ port: { take: act } });
const sy = require(join(dist, "main.cjs"));

/** V8's own, because a turn of Node's event loop has more instructions than a request. */
const microtasks = new Function("%PerformMicrotaskCheckpoint()");

/** Runs tasks until there are none, each followed by its microtasks as in a browser. */
function settle() {
  microtasks();
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    task.port.take(task.data);
    microtasks();
  }
}

sy.initIpc();
const named = (name) => {
  const window = openWindow();
  sy.registerWindow(name, window);
  const page = load(dist, window);
  settle();
  return page;
};
const a = named("a");
const b = named("b");
let taken = 0;
const take = () => {
  taken += 1;
};
sy.onMsgFromRender((_event, msg) => msg);
b.onMsgFromMain(take);
b.onMsgFromOtherRender(take);
settle();

const message = (i) => ({ id: i, type: "ping" });
const CASES = {
  request: (i) => void a.sendMsgToMain(message(i)).then(take),
  down: (i) => sy.sendMsgToRender("b", message(i)),
  across: (i) => a.sendMsgToOtherRender("b", message(i)),
};
const once = CASES[id];
function run(times) {
  for (let i = 0; i < times; i++) {
    once(i);
    settle();
  }
}
/** valgrind sees the call of uv_os_getppid. */
const mark = () => process.ppid;

// Until the optimizing compiler is done.
for (let i = 0; i < WARM; i++) run(N);
mark();
run(N);
mark();
run(2 * N);
mark();
if (taken !== (WARM + 3) * N) throw new Error(`${taken} of ${(WARM + 3) * N} arrived`);
process.exit(0);
