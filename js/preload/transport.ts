import type { IpcRenderer } from "electron";
import {
  type Bridge,
  CHANNEL,
  type Code,
  DOWN,
  FILE_ORIGIN,
  type Hello,
  MEET,
  newDocument,
  TRANSPORT_KEY,
  UP,
  worldAddressOf,
} from "../protocol/protocol";
import {
  type Meeting,
  type Port,
  pageCredit,
  RejectingPort,
  relayFrom,
  relayTo,
  WorldTransport,
} from "../transport";

/** The preload's end of the transport. All copies of this package in the world share it. */
const TRANSPORT = Symbol.for(TRANSPORT_KEY);

/** The bridge of the preload's own world. The first call offers the transport of the document to main. */
export function preloadBridge(ipcRenderer: IpcRenderer): Bridge {
  const preload = globalThis as { [TRANSPORT]?: Bridge };
  preload[TRANSPORT] ??= connect(ipcRenderer);
  return preload[TRANSPORT] as Bridge;
}

function connect(ipcRenderer: IpcRenderer): Bridge {
  const document = newDocument();
  // Not process.isMainFrame: a page without isolation may have its own `process`, or none.
  const isMainFrame = self === top;
  // For files the origin is "null" in Chromium and "file://" in Electron.
  const origin = isMainFrame && location.protocol === "file:" ? FILE_ORIGIN : self.origin;
  const hello: Hello = [worldAddressOf(document, !isMainFrame), origin];
  const transport = new WorldTransport();
  let pagePort: Port;
  let offered: MessagePort | undefined;
  let down: ReturnType<typeof relayTo> | undefined;
  const [onDown, isAdmitted] = pageCredit();
  const usePorts = (own: Port, page: Port) => {
    transport.join(own);
    pagePort = page;
    page.addEventListener("message", ({ data }) => {
      if (page !== pagePort) return;
      onDown(data as string);
      down?.(data as string);
    });
    // Until the page has joined, its messages wait in the port.
    if (down) page.start();
  };
  const reject = (why: Rejected) => usePorts(rejectingPort(why), rejectingPort(why));
  const offer = () => {
    const own = new MessageChannel();
    const page = new MessageChannel();
    own.port1.addEventListener("message", (event) => {
      if (!isRejection(event.data)) return;
      event.stopImmediatePropagation();
      // The answer to an earlier hello is ignored.
      if (own.port1 === offered) reject(event.data);
    });
    offered = own.port1;
    usePorts(own.port1, page.port1);
    ipcRenderer.postMessage(CHANNEL, hello, [own.port2, page.port2]);
  };
  offer();
  // Both ports stay in this world, so that main only reads messages that are made here.
  addEventListener(MEET, (event) => {
    const meeting = (event as MouseEvent).relatedTarget as (EventTarget & Meeting) | null;
    // The first one is of our own script in the page.
    if (!meeting || down) return;
    down = relayTo(DOWN, meeting);
    relayFrom(UP, meeting, (sent) => isAdmitted(sent) && pagePort.postMessage(sent));
    pagePort.start();
  });
  ipcRenderer.on(CHANNEL, (_event, message: number | Rejected, about?: number) => {
    if (Array.isArray(message)) {
      // The ports of a hello did not arrive. `about` says whether it was the hello of this document.
      if (!transport.isAnswered && about === hello[0]) reject(message);
    }
    // Main did not get the hello, whose ports are closed then; or main took this document for ended.
    else if (!transport.isAnswered || about === document) offer();
    else transport.here(message);
  });
  // Electron has no event in main for a frame that is removed.
  if (!isMainFrame) addEventListener("pagehide", () => transport.goodbye(), true);
  return transport;
}

/** Why main rejected the document, or could not read its hello. */
type Rejected = [code: Code, sentence: string];

/** A message has a number in the place of the sentence. */
function isRejection(data: unknown): data is Rejected {
  return Array.isArray(data) && typeof data[1] === "string";
}

function rejectingPort([code, sentence]: Rejected): Port {
  return new RejectingPort({ code, sentence });
}
