import { richValue, unclonable } from "../shared/samples.js";
import { show } from "../shared/show.js";

/**
 * The calls that a page can make, one button each. `sends`: the log shows an arrow for it;
 * `answers`: undefined is an answer too.
 */
export function pageCalls(ipc, other, received) {
  const second = (event, msg) => received("second listener", event, msg);
  const third = (event, msg) => received("third listener", event, msg);

  return [
    {
      name: "sendMsgToMain",
      about: "ask main, await its answer",
      sends: true,
      answers: true,
      text: (msg = { ask: "greet" }) => `sendMsgToMain(${show(msg)})`,
      run: (msg = { ask: "greet" }) => ipc.sendMsgToMain(msg),
    },
    {
      name: "sendMsgToMain: rich",
      about: "what JSON cannot carry",
      sends: true,
      text: () => `sendMsgToMain(${show({ ask: "echo", value: richValue() })})`,
      run: () => ipc.sendMsgToMain({ ask: "echo", value: richValue() }),
    },
    {
      name: "sendMsgToMain: error",
      about: "main's handler throws",
      sends: true,
      text: () => 'sendMsgToMain({ ask: "fail" })',
      run: () => ipc.sendMsgToMain({ ask: "fail" }),
    },
    {
      name: "sendMsgToMain: fn",
      about: "refused, naming the place",
      sends: true,
      text: () => `sendMsgToMain(${show(unclonable())})`,
      run: () => ipc.sendMsgToMain(unclonable()),
    },
    {
      name: "sendMsgToMain: abort",
      about: "give up after 100 ms",
      sends: true,
      text: () => 'sendMsgToMain({ ask: "wait" }, { signal })',
      run: () => ipc.sendMsgToMain({ ask: "wait" }, { signal: abortedIn(100) }),
    },
    {
      name: "onMsgFromMain",
      about: "add a second listener",
      text: () => "onMsgFromMain(second)",
      run: () => void ipc.onMsgFromMain(second),
    },
    {
      name: "offMsgFromMain",
      about: "remove it again",
      text: () => "offMsgFromMain(second)",
      run: () => ipc.offMsgFromMain(second),
    },
    {
      name: "onMsgFromOtherRender",
      about: "add a second listener",
      text: () => "onMsgFromOtherRender(second)",
      run: () => void ipc.onMsgFromOtherRender(second),
    },
    {
      name: "onMsgFormOtherRender",
      about: "add a third, old spelling",
      text: () => "onMsgFormOtherRender(third)",
      run: () => void ipc.onMsgFormOtherRender(third),
    },
    {
      name: "offMsgFromOtherRender",
      about: "remove both again",
      text: () => "offMsgFromOtherRender(second), offMsgFromOtherRender(third)",
      run: () => {
        ipc.offMsgFromOtherRender(second);
        ipc.offMsgFromOtherRender(third);
      },
    },
    {
      name: "sendMsgToOtherRender",
      about: `to window ${other}`,
      sends: true,
      text: (msg = { hello: other }) => `sendMsgToOtherRender("${other}", ${show(msg)})`,
      run: (msg = { hello: other }) => ipc.sendMsgToOtherRender(other, msg),
    },
    {
      name: "sendMsgToOther: rich",
      about: "what JSON cannot carry",
      sends: true,
      text: () => `sendMsgToOtherRender("${other}", ${show(richValue())})`,
      run: () => ipc.sendMsgToOtherRender(other, richValue()),
    },
    {
      name: "sendMsgToOther: nobody",
      about: "onUndeliverable reports",
      sends: true,
      text: () => 'sendMsgToOtherRender("nobody", "hello?")',
      run: () => ipc.sendMsgToOtherRender("nobody", "hello?"),
    },
    {
      name: "callOtherRender",
      about: `ask ${other}, await its answer`,
      sends: true,
      text: () => `callOtherRender("${other}", { ask: "greet" })`,
      run: () => ipc.callOtherRender(other, { ask: "greet" }),
    },
    {
      name: "callOtherRender: error",
      about: "its handler throws",
      sends: true,
      text: () => `callOtherRender("${other}", { ask: "fail" })`,
      run: () => ipc.callOtherRender(other, { ask: "fail" }),
    },
    {
      name: "callOtherRender: timeout",
      about: "give up after 100 ms",
      sends: true,
      text: () => `callOtherRender("${other}", { ask: "wait" }, { timeoutMs: 100 })`,
      run: () => ipc.callOtherRender(other, { ask: "wait" }, { timeoutMs: 100 }),
    },
  ];
}

function abortedIn(ms) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

/** The calls of services and topics. */
export function yardCalls(ipc) {
  const trains = ipc.connect("trains");
  return [
    {
      name: "connect: trains",
      about: "a service of main",
      sends: true,
      text: () => 'connect("trains").depart("S1", 2)',
      run: () => trains.depart("S1", 2),
    },
    {
      name: "connect: error",
      about: "the method throws",
      sends: true,
      text: () => 'connect("trains").depart("S1", 9)',
      run: () => trains.depart("S1", 9),
    },
    {
      name: "connect: no method",
      about: "the error names the methods",
      sends: true,
      text: () => 'connect("trains").fly()',
      run: () => trains.fly(),
    },
    {
      name: "connect: clock",
      about: "waits until it is served",
      sends: true,
      text: () => 'connect("clock").now()',
      run: () => ipc.connect("clock").now(),
    },
    {
      name: "connect: view",
      about: "a service of window work",
      sends: true,
      text: () => 'connect("view", { in: "work" }).greet("main")',
      run: () => ipc.connect("view", { in: "work" }).greet("main"),
    },
    {
      name: "publish",
      about: "to all who subscribe",
      sends: true,
      text: () => 'publish("notes", "hello")',
      run: () => ipc.publish("notes", "hello"),
    },
    {
      name: "publish: dark",
      about: "late windows have it too",
      sends: true,
      text: () => 'publish("theme", "dark", { retain: true })',
      run: () => ipc.publish("theme", "dark", { retain: true }),
    },
    {
      name: "publish: light",
      about: "in the place of dark",
      sends: true,
      text: () => 'publish("theme", "light", { retain: true })',
      run: () => ipc.publish("theme", "light", { retain: true }),
    },
  ];
}

/** What the preload calls, and the global that this gives to pages built with electron-prokit. */
export function preloadCalls(ipc, other, received) {
  const prokit = window.electronProkit;
  const fromMain = (event, msg) => received("electronProkit.onMsgFromMain", event, msg);
  const fromOther = (event, msg) => received("electronProkit.onRenderMsgToRender", event, msg);

  return [
    {
      name: "initExposeInMainWorld",
      about: "for preloads: refused here",
      text: () => "initExposeInMainWorld()",
      run: () => ipc.initExposeInMainWorld(),
    },
    {
      name: ".renderMsgToMain",
      about: "ask main, await its answer",
      sends: true,
      answers: true,
      text: () => 'electronProkit.renderMsgToMain({ ask: "greet" })',
      run: () => prokit.renderMsgToMain({ ask: "greet" }),
    },
    {
      name: ".onMsgFromMain",
      about: "add a listener",
      text: () => "electronProkit.onMsgFromMain(listener)",
      run: () => void prokit.onMsgFromMain(fromMain),
    },
    {
      name: ".offMsgFromMain",
      about: "remove it again",
      text: () => "electronProkit.offMsgFromMain(listener)",
      run: () => void prokit.offMsgFromMain(fromMain),
    },
    {
      name: ".onRenderMsgToRender",
      about: "add a listener",
      text: () => "electronProkit.onRenderMsgToRender(listener)",
      run: () => void prokit.onRenderMsgToRender(fromOther),
    },
    {
      name: ".renderMsgToRender",
      about: `to window ${other}`,
      sends: true,
      text: () => `electronProkit.renderMsgToRender("${other}", "as ever")`,
      run: () => prokit.renderMsgToRender(other, "as ever"),
    },
  ];
}
