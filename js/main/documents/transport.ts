import type { IpcMainEvent, MessagePortMain } from "electron";
import type { Attachments } from "../../core/attachments";
import type { Turn } from "../../core/turn";
import {
  documentOf,
  isOfSubframe,
  type World,
  type WorldAddress,
  worldAddressOf,
  worldOf,
} from "../../protocol/protocol";
import type { Rejection } from "../../transport";
import { WorldPort } from "./world-port";

/** The frame that a document is in, and its window. */
export interface Place
  extends Pick<IpcMainEvent, "sender" | "senderFrame" | "frameId" | "processId"> {
  /** The document's origin. */
  readonly origin: string;
  /** Whether another document is, or will be, in the frame. */
  hasEnded?: boolean;
}

/** Events of a document that come over its transport. */
export interface TransportEvents {
  /** A packet. If this throws, `rejected` gets the error. */
  packet(
    transport: PortTransport,
    worldAddress: WorldAddress,
    packet: string,
    lanes: number,
    attachments: Attachments,
  ): void;
  /** The document is here, with the number of the question to it. */
  here(transport: PortTransport, question: string): void;
  /** The document leaves. */
  leaves(transport: PortTransport): void;
  /** A world has taken more packets. */
  acknowledged(transport: PortTransport, worldAddress: WorldAddress, packets: number): void;
  /** One line on the console at most. */
  rejected(transport: PortTransport, error: unknown): void;
  /** A message was rejected before it was a packet. */
  badPacket(): void;
  /** The document is gone, or has offered another transport. */
  closed(transport: PortTransport): void;
}

/** All transports of an app have the same. */
export interface TransportSettings {
  /** How much of a packet's attachments is kept until the packet has come, in bytes. */
  readonly maxKept: () => number;
  /** All windows share it. */
  readonly turn: Turn;
  /** Whether the app is not packaged. */
  readonly isDeveloping: boolean;
}

/**
 * Main's end of the transport to one document. Its ports are that document's alone, so what comes over
 * them is from the place that offered them.
 */
export class PortTransport {
  readonly document: number;
  /** The id of its window's webContents, which cannot be read from a destroyed one. */
  readonly contents: number;
  private readonly _worldPorts: readonly WorldPort[];

  /** `ports`: of the document's worlds, in their order. */
  constructor(
    readonly place: Place,
    readonly first: WorldAddress,
    ports: readonly MessagePortMain[],
    events: TransportEvents,
    settings: TransportSettings,
  ) {
    this.document = documentOf(first);
    this.contents = place.sender.id;
    this._worldPorts = ports.map(
      (port, world) => new WorldPort(this, this._addressOf(world as World), port, events, settings),
    );
    ports[0]?.on("close", () => events.closed(this));
  }

  get isOfSubframe(): boolean {
    return isOfSubframe(this.first);
  }

  private _addressOf(world: World): WorldAddress {
    return worldAddressOf(this.document, this.isOfSubframe, world);
  }

  /** Answers the hello. */
  answer() {
    for (const worldPort of this._worldPorts) worldPort.answer();
  }

  send(worldAddress: WorldAddress, packet: string, attachments: Attachments) {
    this._worldPorts[worldOf(worldAddress)]?.send(packet, attachments);
  }

  /** Answers a packet that is rejected. */
  reject(worldAddress: WorldAddress, packet: string, why: Rejection) {
    this._worldPorts[worldOf(worldAddress)]?.reject(packet, why);
  }

  /**
   * The document has ended. Messages that come are handled if its ports close, as those of a
   * document that ends do.
   */
  hold() {
    for (const worldPort of this._worldPorts) worldPort.hold();
  }

  close() {
    for (const worldPort of this._worldPorts) worldPort.close();
  }
}
