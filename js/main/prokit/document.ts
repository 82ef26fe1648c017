import type { MainEvent } from "../../../index";
import { Endpoint } from "../../client";
import type { Attachments } from "../../core/attachments";
import type { Switchyard } from "../../core/switchyard";
import {
  type Bridge,
  type Deliver,
  Kind,
  MAX_DOCUMENT,
  PROKIT_FROM_MAIN,
  PROKIT_FROM_OTHER,
} from "../../protocol/protocol";
import { type DownRecord, type Sender, senderOf } from "../../requests";
import { fragmentsOf, reassemble } from "../../transport";
import type { Documents } from "../documents/documents";
import type { Place } from "../documents/transport";
import type { DocumentTransport } from "../documents/window-documents";
import type { ProkitFailures } from "./failures";

/** Preloads choose the numbers of their documents below. */
let next = MAX_DOCUMENT;

/**
 * A document with electron-prokit's preload alone. It knows nothing of packets: an endpoint in main
 * makes them for it, as one in the page does for other documents.
 */
export class ProkitDocument implements DocumentTransport {
  readonly document = next++;
  readonly contents: number;
  private readonly _endpoint: Endpoint;
  private readonly _endpointId: number;
  private _deliver: Deliver = () => undefined;
  private _unlisten: (() => void)[] = [];
  private _taken = 0;
  private _isClosed = false;

  /** `place`: from where it sent something last. Throws if the document is not let in. */
  constructor(
    readonly place: Place,
    documents: Documents,
    private readonly _switchyard: Switchyard<MainEvent>,
    private readonly _failures: ProkitFailures,
  ) {
    this.contents = place.sender.id;
    const bridge: Bridge = {
      post: (lanes, packet, attachments) => {
        if (this._isClosed) return;
        _switchyard.receive(this._endpointId, lanes, packet, attachments.map(fragmentsOf));
      },
      listen: (deliver) => {
        this._deliver = deliver;
      },
    };
    this._endpoint = new Endpoint(bridge, (error, record) => {
      _failures.add({ sender: senderOfRecord(record), code: "ERR_BAD_PACKET", error });
    });
    this._endpointId = documents.admit(this);
  }

  /** It asks main. */
  request(msg: unknown): Promise<unknown> {
    return this._endpoint.request(msg, {});
  }

  /** It writes to a window. */
  message(windowName: string, msg: unknown) {
    this._endpoint.send(windowName, msg);
  }

  /** Messages that wait for its window go to it, from now on. */
  listen() {
    if (this._unlisten.length > 0) return;
    this._unlisten = [
      this._endpoint.fromMain.add((_event, msg) => this._pass(PROKIT_FROM_MAIN, undefined, msg)),
      this._endpoint.fromOther.add((event, msg) =>
        this._pass(PROKIT_FROM_OTHER, event as Sender, msg),
      ),
    ];
  }

  /** Messages that come for its window wait again. */
  pause() {
    for (const undo of this._unlisten.splice(0)) undo();
  }

  send(_worldAddress: number, packet: string, attachments: Attachments) {
    this._deliver(packet, attachments.map(reassemble));
    this._taken += 1;
    // Later: the router would go on at once, and others had no turn of main's event loop.
    if (this._taken === 1) setImmediate(() => this._acknowledge());
  }

  hold() {
    // It has no port over which anything could come later.
  }

  close() {
    this._isClosed = true;
  }

  private _acknowledge() {
    const { _taken: taken } = this;
    this._taken = 0;
    if (!this._isClosed) this._switchyard.acknowledge(this._endpointId, taken);
  }

  /** Electron may fail to write what this package can: V8 rejects deep values earlier. */
  private _pass(channel: string, sender: Sender | undefined, msg: unknown) {
    const { sender: contents } = this.place;
    try {
      if (!contents.isDestroyed()) contents.send(channel, msg);
    } catch (error) {
      this._failures.add({ sender, code: "ERR_NOT_CLONEABLE", error });
    }
  }
}

function senderOfRecord(record: DownRecord): Sender | undefined {
  return record[0] === Kind.FromOther ? senderOf(record[1]) : undefined;
}
