import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { MainWire, PreloadWire } from "./bundle.mjs";

const FIRST = 4 * 7;
const PAGE = FIRST + 1;
/** The least that may be set. */
const LEAST_IN_FLIGHT = 262_144;
const MOST_TO_MAIN = 512 * 1024;

/** What Electron makes of a port in main. */
class PortInMain extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
  }

  start() {
    this.port.on("message", (data) => this.emit("message", { data }));
  }

  postMessage(message) {
    this.port.postMessage(message);
  }

  close() {
    this.port.close();
  }
}

/** Both ends of a wire, and what each got. `deaf`: how many hellos main does not hear first. */
function joined(t, { deaf = 0 } = {}) {
  const ends = { up: [], down: [], acknowledged: 0, refused: [], here: 0, hellos: 0 };
  const ipcRenderer = Object.assign(new EventEmitter(), {
    postMessage(_channel, [first], [port]) {
      ends.hellos += 1;
      if (ends.hellos <= deaf) return port.close();
      const events = {
        frame: (_wire, link, frame, lanes, attachments) =>
          ends.up.push([link, frame, lanes, attachments]),
        acknowledged: (_wire, _link, frames) => {
          ends.acknowledged += frames;
        },
        refused: (_wire, error) => ends.refused.push(error),
        closed: () => undefined,
      };
      const unbounded = () => Number.POSITIVE_INFINITY;
      ends.main = new MainWire(
        { sender: { id: 1 } },
        first,
        new PortInMain(port),
        events,
        unbounded,
      );
      ends.main.answer();
    },
  });
  const take = (message) => ends.down.push(message);
  ends.ipc = ipcRenderer;
  ends.preload = new PreloadWire(ipcRenderer, [FIRST, ""], take, () => {
    ends.here += 1;
  });
  // An open port would keep the process alive.
  t.after(() => {
    ends.preload.port.close();
    ends.main?.close();
  });
  return ends;
}

async function until(holds) {
  for (let n = 0; n < 500 && !holds(); n++) await sleep(2);
  assert.ok(holds());
}

/** In bytes of the router: a unit of text has at most so many. */
const BYTES = { a: 1, "\u20ac": 3 };

for (const [unit, bytes] of Object.entries(BYTES)) {
  test(`whatever a page takes of ${bytes}-byte text, less than the least credit is unacknowledged`, async (t) => {
    const ends = joined(t);
    const frames = [];
    const sizes = [10, 9_000, 59_000, 70_000, 400_000, 100, 1_500_000, 3];
    for (const size of [...sizes, ...sizes, ...Array(300).fill(5)]) {
      const text = unit.repeat(size);
      const isLong = size > 60_000;
      frames.push((isLong ? 2 : text.length) * (isLong ? 1 : bytes) + (isLong ? size * bytes : 0));
      if (isLong) ends.main.send(PAGE, "[]", [[text]]);
      else ends.main.send(PAGE, text, []);
      const before = frames.length;
      await until(() => ends.down.filter(([, frame]) => frame !== "").length === before);
      await sleep(0);
      const open = frames.slice(ends.acknowledged).reduce((sum, size) => sum + size, 0);
      assert.ok(open < LEAST_IN_FLIGHT, `${open} bytes after a frame of ${size}`);
    }
  });
}

test("a page has no more than 512 KiB under way, and main gets all in order", async (t) => {
  const ends = joined(t);
  await sleep(5);
  const frame = (n) => `${n} `.padEnd(50_000, "x");
  let posted = 0;
  const { postMessage } = ends.preload.port;
  ends.preload.port.postMessage = function (message, ...rest) {
    if (typeof message[1] === "string") posted += message[1].length;
    return postMessage.call(this, message, ...rest);
  };
  for (let n = 0; n < 100; n++) ends.preload.send([PAGE, frame(n), 1]);
  assert.ok(posted >= MOST_TO_MAIN && posted < MOST_TO_MAIN + 50_000, `${posted}`);
  await until(() => ends.up.length === 100);
  assert.deepEqual(
    ends.up.map(([, frame]) => Number.parseInt(frame, 10)),
    Array.from({ length: 100 }, (_, n) => n),
  );
  assert.deepEqual(ends.refused, []);
});

test("what is sent before main hears a hello waits, and goes once", async (t) => {
  const ends = joined(t, { deaf: 2 });
  ends.preload.send([PAGE, "[1]", 3]);
  ends.ipc.emit("electron-switchyard");
  ends.preload.send([PAGE, "[2]", 3]);
  assert.deepEqual(ends.up, []);
  ends.ipc.emit("electron-switchyard");
  await until(() => ends.up.length === 2);
  assert.deepEqual(
    ends.up.map(([, frame]) => frame),
    ["[1]", "[2]"],
  );
  assert.equal(ends.hellos, 3);
  ends.ipc.emit("electron-switchyard");
  assert.deepEqual([ends.hellos, ends.here], [3, 1], "it is known, and says that it is here");
});
