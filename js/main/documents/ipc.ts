import type { IpcMainEvent } from "electron";
import type { MainEvent } from "../../../index";
import type { Attachments } from "../../core/attachments";
import type { Switchyard } from "../../core/switchyard";
import { untitled } from "../../errors";
import { electron } from "../../host/node";
import { CHANNEL, isOfSubframe, type WorldAddress } from "../../protocol/protocol";
import { warn } from "../../requests";
import { SUBFRAMES_ARE_OUT } from "../../transport";
import { keepListening } from "../keep";
import type { Documents } from "./documents";
import type { DocumentOptions, Gate } from "./gate";
import { askForHello, helloOf, placeOf, rejectHello } from "./hello";
import type { SilentWindows } from "./silent";
import { isStillThere } from "./still-there";
import { PortTransport, type TransportEvents, type TransportSettings } from "./transport";
import { answerUnreadable, reasonOf } from "./unreadable-hello";

/** Takes documents' hellos, and what they send then. Nothing of that makes it throw. */
export class DocumentIpc implements TransportEvents {
  private readonly _warned = new Set<string>();

  constructor(
    private readonly _documents: Documents,
    private readonly _switchyard: Switchyard<MainEvent>,
    private readonly _gate: Gate,
    private readonly _silent: SilentWindows,
    private readonly _options: DocumentOptions,
    private readonly _settings: TransportSettings,
  ) {}

  listen() {
    const { ipcMain, webContents } = electron();
    // ipcMain's method is read at this moment, so that tools such as Devtron can wrap it. An app that
    // removes all listeners of ipcMain means its own.
    keepListening(ipcMain, {
      [CHANNEL]: (event: IpcMainEvent, hello: unknown) => this._hello(event, hello),
    });
    for (const contents of webContents.getAllWebContents()) askForHello(contents);
  }

  packet(
    transport: PortTransport,
    worldAddress: WorldAddress,
    packet: string,
    lanes: number,
    attachments: Attachments,
  ) {
    if (transport.isOfSubframe && !this._options.current.subframes) {
      this._documents.noteRejected(transport, worldAddress, lanes);
      return transport.reject(worldAddress, packet, SUBFRAMES_ARE_OUT);
    }
    const endpoint = this._documents.endpointOf(transport, worldAddress);
    this._switchyard.receive(endpoint, lanes, packet, attachments);
    this._silent.messageSent();
  }

  here(transport: PortTransport, question: string) {
    this._documents.here(transport, question);
  }

  leaves(transport: PortTransport) {
    this._documents.leave(transport);
  }

  acknowledged(transport: PortTransport, worldAddress: WorldAddress, packets: number) {
    this._switchyard.acknowledge(this._documents.endpointOf(transport, worldAddress), packets);
  }

  rejected(transport: PortTransport, error: unknown) {
    this._warn(transport.contents, error);
  }

  badPacket() {
    this._switchyard.countBadPacket();
  }

  closed(transport: PortTransport) {
    this._documents.portClosed(transport);
  }

  private _hello(event: IpcMainEvent, hello: unknown) {
    // If the document has ended since, the next one is there, and its ports are not for that.
    if (!isStillThere(event)) return closePorts(event);
    try {
      this._letIn(event, hello);
    } catch (error) {
      this._warn(event.sender.id, error);
      this._misunderstood(event, hello, error);
    }
  }

  private _letIn(event: IpcMainEvent, hello: unknown) {
    const [first, claim] = helloOf(event, hello);
    const place = placeOf(event, claim);
    const why = this._gate.rejectionOf(place);
    if (why) {
      if (!isOfSubframe(first)) this._silent.turnedAway(event.sender.id, untitled(why.message));
      this._documents.turnedAway(place, first);
      return rejectHello(event, why);
    }
    const transport = new PortTransport(place, first, event.ports, this, this._settings);
    this._documents.hello(transport);
  }

  /** Main cannot read a hello, and its document waits for an answer. */
  private _misunderstood(event: IpcMainEvent, hello: unknown, error: unknown) {
    try {
      const why = reasonOf(error);
      // A document that was let in keeps its transport, whatever else its frame sends.
      const isLetIn = this._documents.isLetIn(event);
      answerUnreadable(event, hello, why, isLetIn);
      if (!isLetIn && !event.senderFrame?.parent)
        this._silent.turnedAway(event.sender.id, untitled(why.message));
    } catch {
      // Its frame is gone, or its window.
    }
  }

  /** One line per window: a page that floods main with nonsense must not flood the log. */
  private _warn(contents: number, error: unknown) {
    // It was sent before the document ended, and nobody waits for it.
    if ((error as { code?: unknown }).code === "ERR_TARGET_GONE") return;
    const line = `a packet or hello from webContents ${contents} was rejected: ${error}`;
    warn(this._warned, `${contents}`, line);
  }
}

function closePorts({ ports }: IpcMainEvent) {
  for (const port of ports ?? []) port.close();
}
