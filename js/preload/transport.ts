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

/** The preload's end of this document's transport: one for all copies of this package in its world. */
const TRANSPORT = Symbol.for(TRANSPORT_KEY);

/** The bridge of the preload's own world. The document's transport is offered to main with it. */
export function preloadBridge(ipcRenderer: IpcRenderer): Bridge {
  const preload = globalThis as { [TRANSPORT]?: Bridge };
  preload[TRANSPORT] ??= connect(ipcRenderer);
  return preload[TRANSPORT] as Bridge;
}

function connect(ipcRenderer: IpcRenderer): Bridge {
  const document = newDocument();
  // Not process.isMainPacket: a page without isolation may have a process of its own, or none.
  const isMainFrame = self === top;
  // Chromium says "null" of files, and Electron "file://".
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
    // Otherwise what comes waits until the page is there.
    if (down) page.start();
  };
  const reject = (why: Rejected) => usePorts(rejectingPort(why), rejectingPort(why));
  const offer = () => {
    const own = new MessageChannel();
    const page = new MessageChannel();
    own.port1.addEventListener("message", (event) => {
      if (!isRejection(event.data)) return;
      event.stopImmediatePropagation();
      // Not of an earlier hello.
      if (own.port1 === offered) reject(event.data);
    });
    offered = own.port1;
    usePorts(own.port1, page.port1);
    ipcRenderer.postMessage(CHANNEL, hello, [own.port2, page.port2]);
  };
  offer();
  // Both ports of the document stay in this world: main only ever reads what is made here.
  addEventListener(MEET, (event) => {
    const meeting = (event as MouseEvent).relatedTarget as (EventTarget & Meeting) | null;
    // Our own script in the page is the first that says so.
    if (!meeting || down) return;
    down = relayTo(DOWN, meeting);
    relayFrom(UP, meeting, (sent) => isAdmitted(sent) && pagePort.postMessage(sent));
    pagePort.start();
  });
  ipcRenderer.on(CHANNEL, (_event, message: number | Rejected, about?: number) => {
    if (Array.isArray(message)) {
      // The ports of a hello were lost on the way: of this one, or of another document's.
      if (!transport.isAnswered && about === hello[0]) reject(message);
    }
    // Main did not receive the hello, and its ports were closed with it; or took this document for gone.
    else if (!transport.isAnswered || about === document) offer();
    else transport.here(message);
  });
  // Electron does not notify main of frames that are removed.
  if (!isMainFrame) addEventListener("pagehide", () => transport.goodbye(), true);
  return transport;
}

/** Why a document is not let in, or that main could not read its hello. */
type Rejected = [code: Code, sentence: string];

/** In a message there is a number in the place of the sentence. */
function isRejection(data: unknown): data is Rejected {
  return Array.isArray(data) && typeof data[1] === "string";
}

function rejectingPort([code, sentence]: Rejected): Port {
  return new RejectingPort({ code, sentence });
}
