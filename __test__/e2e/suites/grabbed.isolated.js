/** An isolated page that was there before our script, and has the EventTarget of both worlds. */
const sy = require("electron-switchyard");
const { kind, source } = require("../kinds");

const GRABBED = kind(
  { contextIsolation: true, sandbox: false },
  { preload: source("grabbing.js") },
);

/** Run in the page. */
const ATTACKS = {
  "forged requests, answers and acknowledgements": () => {
    for (let id = 0; id < 300; id++) {
      for (const kind of [1, 2, 5, 6, 7, 8, 9, 77]) {
        for (const address of [id, '"victim"', `[${id},1]`, `[${id},"victim"]`, "null"]) {
          say(`[[${kind},${address},0,7]]`);
        }
      }
      say(id);
      say(2 ** 53 - 1 - id);
    }
  },
  "words of the preload's": () => {
    for (let lanes = 0; lanes < 300; lanes++) say(`${lanes};${lanes}`);
  },
  "nobody else receives an event": () => {
    window.onDown = (event) => event.stopImmediatePropagation();
    for (const more of ["", ":text", ":bytes"]) {
      hear(`electron-switchyard:up${more}`, (event) => event.stopImmediatePropagation());
    }
  },
  "listeners that throw": () => {
    window.onerror = () => true;
    window.onDown = () => {
      throw new Error("thrown");
    };
    hear("electron-switchyard:up", window.onDown);
  },
  "events within events": () => {
    let depth = 0;
    window.onDown = () => depth++ < 200 && say('[[1,1,0,"deep"]]');
    hear("electron-switchyard:up", window.onDown);
    say("[]");
  },
  "details without end": () => {
    const text = "x".repeat(3000000);
    for (let n = 0; n < 20; n++) for (const more of ["", ":text"]) say(`1;[${text}`, more);
    for (let n = 0; n < 20000; n++) say("x", ":text");
    say("0,1;[]");
  },
  "details that are objects": () => {
    const getter = {
      get length() {
        say("[]");
        throw new Error("read");
      },
    };
    for (const detail of [getter, [getter], new Map(), document, window, new MessageChannel()]) {
      for (const more of ["", ":text", ":bytes"]) say(detail, more);
    }
    say("0;[]");
  },
  "ports in events": () => {
    const { port1, port2 } = new MessageChannel();
    for (const name of ["up", "down", "meet"]) {
      const init = { ports: [port1], data: "[]" };
      meeting.dispatchEvent(new MessageEvent(`electron-switchyard:${name}`, init));
      window.dispatchEvent(new MessageEvent(`electron-switchyard:${name}`, init));
    }
    say(port2);
  },
  "another meeting": () => {
    const other = new EventTarget();
    for (const more of ["", ":text", ":bytes"]) {
      other.addEventListener(`electron-switchyard:down${more}`, () => seen.push("secret"));
    }
    seen.length = 0;
    window.dispatchEvent(new MouseEvent("electron-switchyard:meet", { relatedTarget: other }));
    window.dispatchEvent(new MouseEvent("electron-switchyard:meet", { relatedTarget: window }));
  },
};

function lawOf(attack) {
  return async (t) => {
    t.handle((_event, msg) => msg);
    const victim = await t.open("victim");
    await victim.run(() => void sy.onCall((_event, msg) => msg));
    const page = await t.open("page", GRABBED);
    t.assert.equal(await page.run(() => sy.sendMsgToMain("met")), "met");
    page.contents.executeJavaScript(`(${attack})(), 0`).catch(() => undefined);
    await t.sleep(200);
    t.assert.equal(await sy.callRender("victim", "secret"), "secret");
    t.assert.equal(await victim.run(() => sy.sendMsgToMain("secret")), "secret");
    // What goes over the preload's own port.
    t.assert.equal(await page.run(() => electronProkit.renderMsgToMain("own")), "own");
    const seen = await page.run(() => seen.slice());
    t.assert.ok(!seen.some((each) => /secret|MessagePort/.test(each)));
    t.assert.ok(t.console.lines.length <= 2, t.console.lines.join("\n"));
  };
}

module.exports = Object.fromEntries(
  Object.entries(ATTACKS).map(([name, attack]) => [
    `${name}: a page with the meeting harms itself at most`,
    lawOf(attack),
  ]),
);
