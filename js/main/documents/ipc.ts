import type { IpcMainEvent } from "electron";
import type { Attachments } from "../../core/attachments";
import type { Turn } from "../../core/turn";
import { electron } from "../../host/node";
import { CHANNEL, type WorldAddress } from "../../protocol/protocol";
import { warn } from "../../requests";
import { SUBFRAMES_ARE_OUT } from "../../transport";
import { keepListening } from "../keep";
import type { Documents } from "./documents";
import { askForHello, helloOf, placeOf, tellWhy } from "./hello";
import { reasonOf, refuseHello } from "./refused-hello";
import { isStillThere } from "./still-there";
import { isOfSubframe, type Place, PortTransport, type TransportEvents } from "./transport";

/** What becomes of what windows say. */
export interface PacketEvents {
  readonly receive: (
    endpoint: number,
    lanes: number,
    packet: string,
    attachments: Attachments,
  ) => void;
  readonly acknowledge: (endpoint: number, packets: number) => void;
  /** A message was refused before it was a packet. */
  readonly badPacket: () => void;
  /** Why a document is not let in, if it is not. */
  readonly refusalOf: (place: Place) => Error | undefined;
  /** A window's own document was not let in. */
  readonly turnedAway: (contents: number, why: string) => void;
  /** Whether subframes are let in. */
  readonly subframes: () => boolean;
  /** How much of a packet's attachments is kept until the packet has come, in bytes. */
  readonly mostKept: () => number;
  /** Of main: how much it does for pages at once. */
  readonly turn: Turn;
}

/** Hears documents' hellos, and what they say then: whatever that is, nothing is thrown here. */
export function listenToWindows(documents: Documents, events: PacketEvents) {
  const { ipcMain, webContents } = electron();
  const transportEvents = transportEventsOf(documents, events);
  const hear = (event: IpcMainEvent, message: unknown) => {
    if (!isStillThere(event)) return closePorts(event);
    try {
      const [first, claim] = helloOf(event, message);
      const place = placeOf(event, claim);
      const refused = events.refusalOf(place);
      if (refused) {
        if (!isOfSubframe(first)) events.turnedAway(event.sender.id, refused.message);
        return turnAway(documents, event, place, first, refused);
      }
      const { mostKept, turn } = events;
      documents.hello(
        new PortTransport(place, first, event.ports, transportEvents, mostKept, turn),
      );
    } catch (error) {
      refused(event.sender.id, error);
      misunderstood(documents, event, message, error, events);
    }
  };
  // ipcMain's method is read at this moment, so that tools such as Devtron can wrap it. An app that
  // removes all listeners of ipcMain means its own.
  keepListening(ipcMain, { [CHANNEL]: hear });
  for (const contents of webContents.getAllWebContents()) askForHello(contents);
}

/** No hello that main can read: its document is told so, for it waits for an answer. */
function misunderstood(
  documents: Documents,
  event: IpcMainEvent,
  hello: unknown,
  error: unknown,
  events: PacketEvents,
) {
  try {
    const why = reasonOf(error);
    // A document that was let in keeps its transport, whatever else its frame sends.
    const isLetIn = documents.isLetIn(event);
    refuseHello(event, hello, why, isLetIn);
    if (!isLetIn && !event.senderFrame?.parent) events.turnedAway(event.sender.id, why.message);
  } catch {
    // Its frame is gone, or its window.
  }
}

/** A document has gone since it said hello: the next one is there, whoever that is. */
function closePorts({ ports }: IpcMainEvent) {
  for (const port of ports ?? []) port.close();
}

/** A document is not let in: it gets no port, and is told why. */
function turnAway(
  documents: Documents,
  event: IpcMainEvent,
  place: Place,
  first: WorldAddress,
  why: Error,
) {
  documents.turnedAway(place, first);
  tellWhy(event, why);
}

function transportEventsOf(documents: Documents, events: PacketEvents): TransportEvents {
  return {
    packet(transport, worldAddress, packet, lanes, attachments) {
      if (transport.isOfSubframe && !events.subframes())
        return refuse(documents, transport, worldAddress, lanes, packet);
      events.receive(documents.endpointOf(transport, worldAddress), lanes, packet, attachments);
    },
    here: (transport, question) => documents.here(transport, question),
    left: (transport) => documents.left(transport),
    acknowledged: (transport, worldAddress, packets) =>
      events.acknowledge(documents.endpointOf(transport, worldAddress), packets),
    refused: (transport, error) => refused(transport.contents, error),
    badPacket: events.badPacket,
    closed: (transport) => documents.lost(transport),
  };
}

/** Subframes are not let in: tells one so. */
function refuse(
  documents: Documents,
  transport: PortTransport,
  worldAddress: WorldAddress,
  lanes: number,
  packet: string,
) {
  documents.refuse(transport, worldAddress, lanes);
  transport.refuse(worldAddress, packet, SUBFRAMES_ARE_OUT);
}

const warned = new Set<string>();

/** One line per window: a page that floods main with nonsense must not flood the log. */
function refused(contents: number, error: unknown) {
  const areLastWords = (error as { code?: unknown }).code === "ERR_TARGET_GONE";
  if (areLastWords) return;
  warn(warned, `${contents}`, `a packet from webContents ${contents} was refused: ${error}`);
}
