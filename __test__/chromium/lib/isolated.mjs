// Not a test: the preload's world. What of Electron a preload needs, made of a WebSocket to main; the
// function's text runs in the isolated world of each document, and the ready-made preload in it.
import { PRELOAD } from "../../package/preload-vm.mjs";
import { pack, unpack } from "./packed.mjs";

function electronOver(address, pack, unpack) {
  const socket = new WebSocket(address);
  const waiting = [];
  const ports = new Map();
  const listeners = new Map();
  const listenersOf = (name) => listeners.get(name) ?? [];
  const post = (message) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(pack(message));
    else waiting.push(message);
  };
  const carry = (port) => {
    const id = ports.size + 1;
    ports.set(id, port);
    port.onmessage = ({ data }) => post({ port: id, data });
    return id;
  };
  const ipcRenderer = {
    on(name, listener) {
      ipcRenderer.emit("newListener", name, listener);
      listeners.set(name, [...listenersOf(name), listener]);
      return ipcRenderer;
    },
    emit(name, ...args) {
      for (const listener of listenersOf(name)) listener(...args);
      return listenersOf(name).length > 0;
    },
    listenerCount: (name) => listenersOf(name).length,
    postMessage: (channel, message, transferred) =>
      post({ channel, message, ports: transferred.map(carry) }),
  };
  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    for (const message of waiting.splice(0)) socket.send(pack(message));
  };
  socket.onmessage = ({ data }) => {
    const { port, data: posted, channel, close } = unpack(data);
    if (channel !== undefined) ipcRenderer.emit(channel, {});
    else if (close !== undefined) ports.get(close).close();
    else ports.get(port).postMessage(posted);
  };
  // The page's script comes into its world another way, and there is no bridge between the two.
  const webFrame = { executeJavaScript: async () => undefined };
  const contextBridge = { exposeInMainWorld: () => undefined };
  return { ipcRenderer, webFrame, contextBridge };
}

/** The script of the isolated world of every document in a window; `address`: of its socket. */
export function isolatedScript(address) {
  return `(() => {
    const electron = (${electronOver})(${JSON.stringify(address)}, ${pack}, ${unpack});
    const require = (name) => {
      if (name === "electron") return electron;
      throw new Error("module not found: " + name);
    };
    const process = { type: "renderer", versions: {} };
    ((require, process, global) => { ${PRELOAD}
    })(require, process, globalThis);
  })();`;
}
