// Not a test: a main process and its windows, joined by the real wire over ports that can fail.
import { EventEmitter } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { Router } from "../addon/addon.mjs";
import {
  Batches,
  callsOf,
  Endpoint,
  PortTransport,
  Switchyard,
  Turn,
  WorldTransport,
} from "./bundle.mjs";

const PAGE = 1;
/** In bytes. */
const MAX_QUEUE = 1_048_576;

/** What Electron makes of a port in main: so many posts pass, then so many fail, then all pass. */
class PortInMain extends EventEmitter {
  passes = 0;
  fail = 0;

  start() {}

  close() {
    this.isClosed = true;
  }

  postMessage(message) {
    if (this.fail > 0 && typeof message !== "number" && this.passes-- <= 0) {
      this.fail -= 1;
      throw new Error("the port takes nothing");
    }
    const copy = structuredClone(message);
    setImmediate(() => this.toPage?.(copy));
  }
}

export class Rig {
  refused = [];
  turn = new Turn();
  #wires = new Map();
  #endpoints = new Map();

  constructor({ resolves = false, maxQueueRecords = 500 } = {}) {
    this.router = new Router();
    this.router.setLimits(
      JSON.stringify({ maxQueueBytes: MAX_QUEUE, maxQueueRecords, maxInFlightBytes: 262_144 }),
    );
    this.batches = new Batches(this.router);
    const platform = {
      deliver: (contents, link, packet, attachments) =>
        this.#wires.get(contents)?.send(link, packet, attachments),
      eventOf: (id, sender, work) => ({ id, ...sender, signal: () => work.signal }),
      whyEnded: () => undefined,
      keepsTime: true,
      handlerWaitMs: () => 100,
      hasResolver: () => resolves,
      resolve: () => undefined,
    };
    this.main = new Switchyard(this.batches, platform, this.turn);
  }

  /** Main's ports of a window's two worlds. */
  open(name, contents) {
    this.batches.router.nameWindow(name, contents);
    const ports = [new PortInMain(), new PortInMain()];
    const wire = new PortTransport(
      { sender: { id: contents } },
      4 * contents,
      ports,
      this.#events(),
      { maxKept: () => MAX_QUEUE, turn: this.turn, isDeveloping: false },
    );
    this.#wires.set(contents, wire);
    return ports;
  }

  /** A page that has the package, over main's port of its world. `answers`: those of main to its hello. */
  page(name, contents, answers = [0]) {
    const port = this.open(name, contents)[PAGE];
    const world = new WorldTransport();
    const listeners = {};
    const page = { port, failingAcks: 0, hear: (type, data) => listeners[type]({ data }) };
    port.toPage = (data) => listeners.message({ data });
    world.join({
      start() {},
      addEventListener: (type, listener) => {
        listeners[type] = listener;
      },
      postMessage: (message) => {
        if (typeof message === "number" && page.failingAcks > 0) {
          page.failingAcks -= 1;
          throw new Error("the port takes nothing");
        }
        const copy = structuredClone(message);
        setImmediate(() => port.emit("message", { data: copy }));
      },
    });
    page.end = new Endpoint(world);
    page.handle = (handler) => callsOf(page.end).handle(handler);
    for (const answer of answers) port.postMessage(answer);
    return page;
  }

  stats() {
    return JSON.parse(this.main.stats());
  }

  #events() {
    return {
      packet: (wire, link, packet, lanes, attachments) => {
        this.main.receive(this.#endpointOf(wire, link), lanes, packet, attachments);
      },
      here: () => undefined,
      leaves: () => undefined,
      acknowledged: (wire, link, packets) =>
        this.main.acknowledge(this.#endpointOf(wire, link), packets),
      rejected: (_wire, error) => this.refused.push(error),
      badPacket: () => this.main.countBadPacket(),
      closed: () => undefined,
    };
  }

  #endpointOf({ contents }, link) {
    const known = this.#endpoints.get(link);
    if (known !== undefined) return known;
    const endpoint = this.batches.router.connect(contents, link);
    this.#endpoints.set(link, endpoint);
    return endpoint;
  }
}

/** Whether it holds after so many turns of the event loop at most. */
export async function holdsSoon(holds, turns = 400) {
  for (let n = 0; n < turns; n++) {
    if (holds()) return true;
    await turn();
  }
  return holds();
}
