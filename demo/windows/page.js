import * as ipc from "electron-switchyard";
import { aborted } from "../shared/aborted.js";
import { Inbox } from "../shared/inbox.js";
import { show } from "../shared/show.js";
import { showBoard } from "./board.js";
import { pageCalls, preloadCalls, yardCalls } from "./calls.js";
import { addGroup, addLog, hideTour, showTour, showWindowName } from "./view.js";

const name = new URLSearchParams(location.search).get("name");
showWindowName(name);

const log = addLog(`window ${name}`);
const mainLog = name === "main" ? addLog("main process") : undefined;
const inbox = new Inbox();

/** What all listeners of this page do. */
function received(listener, event, msg) {
  const text = `${event.windowName || "main process"}: ${show(msg)}`;
  log({ kind: "received", text: `${listener}  ${text}` });
  inbox.put(listener, text);
}

/** What went wrong, for the log and the tour. */
function told(by, text) {
  log({ kind: "failed", text: `${by}: ${text}` });
  inbox.put(by, text);
}

/** What this page answers to whoever calls it. */
const answers = {
  greet: (event) => `Hello ${event.windowName || "main process"}, this is ${name}`,
  fail() {
    throw Object.assign(new RangeError("there is no track 9"), { code: "ERR_NO_TRACK" });
  },
  wait: ({ signal }) => aborted(signal, (text) => told("event.signal", text)),
};

/** Makes a call as its button does, and tells how it ended. */
async function run(call, ...args) {
  log({ kind: call.sends ? "sent" : "did", text: call.text(...args) });
  try {
    const answer = show(await call.run(...args));
    if (answer !== "undefined" || call.answers) log({ kind: "received", text: answer });
    return answer;
  } catch (error) {
    log({ kind: "failed", text: show(error) });
    return show(error);
  }
}

const other = name === "main" ? "work" : "main";
const calls = pageCalls(ipc, other, received);
const otherCalls = preloadCalls(ipc, other, received);
const servicesAndTopics = yardCalls(ipc);

/** Main's calls are made in main, whose log tells how they end: this page only asks for them. */
function mainCall({ name: call, about }) {
  const msg = { ask: "call", name: call };
  return {
    name: call,
    about,
    sends: true,
    text: () => `sendMsgToMain(${show(msg)})`,
    run: () => ipc.sendMsgToMain(msg),
  };
}

/** What main tells the demo's pages. All else that comes is there to be shown. */
const topics = {
  log: ({ entry }) => mainLog?.(entry),
  tour: ({ tour }) => showTour(tour),
};

ipc.onMsgFromMain((event, msg) => {
  const topic = topics[msg?.topic];
  if (topic) topic(msg);
  else received("onMsgFromMain", event, msg);
});
ipc.onMsgFromOtherRender((event, msg) => received("onMsgFromOtherRender", event, msg));
ipc.onCall((event, msg) => {
  received("onCall", event, msg);
  return answers[msg.ask](event);
});
ipc.onUndeliverable(({ code, message }) => told("onUndeliverable", `${message} [${code}]`));

ipc.serve("view", {
  greet: (caller) => `Hello ${caller}, this is ${name}`,
});
ipc.subscribe("theme", (event, theme) => received("theme", event, theme));
ipc.subscribe("notes", (event, note) => received("notes", event, note));
showBoard((count) => inbox.put("trains", `${count}`));

async function start() {
  if (name !== "main" && name !== "work") return hideTour();
  const { calls: names, tour } = await ipc.sendMsgToMain({ ask: "start" });
  if (name === "main") addGroup("Main process", names.map(mainCall), run);
  addGroup(`Renderer: window ${name}`, calls, run);
  addGroup("Services and topics", servicesAndTopics, run);
  addGroup(
    "Preload, and what it gives to pages written for electron-prokit: window.electronProkit",
    otherCalls,
    run,
  );
  if (tour) showTour(tour);
}
start();

/** The tour's way in, from main: see main/page.js. */
window.demo = {
  run: (callName, ...args) => {
    const call = [...calls, ...servicesAndTopics, ...otherCalls].find(
      (each) => each.name === callName,
    );
    return run(call, ...args);
  },
  next: (listener) => inbox.next(listener),
  count: (listener) => inbox.count(listener),
  clear: () => inbox.clear(),
};
