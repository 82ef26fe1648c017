// Not a test: this Node as Electron's main process, as far as this package looks. The package itself
// is the built one, with its native binary.
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../../scripts/lib/root.mjs";
import { pack, unpack } from "./packed.mjs";

const require = createRequire(import.meta.url);
const Module = require("node:module");

export const ipcMain = new EventEmitter();
const windows = new Map();
let lastId = 0;

/** Main's end of a message port whose other end is in the page. */
class PortMain extends EventEmitter {
  #queue = [];

  constructor(id, socket) {
    super();
    Object.assign(this, { id, socket });
  }

  start() {
    for (const data of this.#queue.splice(0)) this.emit("message", { data, ports: [] });
    this.#queue = undefined;
  }

  take(data) {
    if (this.#queue) this.#queue.push(data);
    else this.emit("message", { data, ports: [] });
  }

  postMessage(data) {
    this.socket.send(pack({ port: this.id, data }));
  }

  close() {
    if (this.socket.readyState === 1) this.socket.send(pack({ close: this.id }));
  }
}

/** One document in a window, at the other end of a socket. */
class Frame {
  parent = null;
  processId = ++lastId;
  routingId = 1;
  frameTreeNodeId = 1;

  constructor(contents, socket, { origin, url }) {
    Object.assign(this, { contents, socket, origin, url });
    this.framesInSubtree = [this];
    const ports = new Map();
    socket.binaryType = "arraybuffer";
    socket.on("message", (bytes) => this.#take(unpack(bytes), ports));
    socket.on("close", () => {
      for (const port of ports.values()) port.emit("close");
    });
  }

  send(channel) {
    this.socket.send(pack({ channel }));
  }

  #take({ channel, message, ports: ids, port, data }, ports) {
    if (port !== undefined) return ports.get(port).take(data);
    for (const id of ids) ports.set(id, new PortMain(id, this.socket));
    const place = {
      sender: this.contents,
      senderFrame: this,
      frameId: 1,
      processId: this.processId,
    };
    ipcMain.emit(channel, { ...place, ports: ids.map((id) => ports.get(id)) }, message);
  }
}

class Contents extends EventEmitter {
  id = ++lastId;
  mainFrame = null;

  isDestroyed() {
    return !windows.has(this.id);
  }

  isLoadingMainFrame() {
    return false;
  }

  send(channel) {
    this.mainFrame?.send(channel);
  }

  getURL() {
    return this.mainFrame?.url ?? "";
  }

  /** What Electron says of a page is nothing that is looked at here. */
  async executeJavaScript() {
    return undefined;
  }

  /** A document's preload has begun: it is in the place of the one before. */
  enter(socket, place) {
    if (this.mainFrame) this.emit("did-start-navigation", {}, place.url, false, true);
    this.mainFrame = new Frame(this, socket, place);
    this.emit("did-navigate", {}, place.url);
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new Contents();

  constructor() {
    super();
    windows.set(this.webContents.id, this);
  }

  isDestroyed() {
    return this.webContents.isDestroyed();
  }

  loadURL() {}

  getBounds() {}

  destroy() {
    windows.delete(this.webContents.id);
    this.webContents.emit("destroyed");
    this.emit("closed");
  }
}

/** The window that a socket's document is in. */
export const windowOf = (id) => windows.get(id);

const app = Object.assign(new EventEmitter(), {
  isReady: () => true,
  whenReady: async () => undefined,
  getAppPath: () => ROOT,
});

const electron = {
  app,
  ipcMain,
  BrowserWindow,
  session: {},
  webContents: { getAllWebContents: () => [...windows.values()].map((each) => each.webContents) },
};

const load = Module._load;
Module._load = (name, ...rest) => (name === "electron" ? electron : load(name, ...rest));
process.type = "browser";
Object.defineProperty(process.versions, "electron", { value: "46.0.0" });

/** The package in main. */
export const sy = require(join(ROOT, "dist", "index.cjs"));
