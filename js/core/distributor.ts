import { Mark } from "../protocol/exchange";
import type { Address } from "./admission";
import { type Arrival, keepArrivals } from "./arrivals";
import type { Attachments } from "./attachments";
import type { Flush } from "./flush";
import { complainOfPacket, eachPacket, type HandlePacket, hasMark } from "./packets";
import type { Platform } from "./platform";
import type { Slab } from "./slab";
import type { Timeouts } from "./timeouts";
import type { Turn } from "./turn";

/** In place of a webContents. */
const MAIN = 0;

const NO_ATTACHMENTS: Attachments = [];

/** Gives the packets that the router hands out to the windows, and keeps those for main. */
export class Distributor {
  /** Records for main that are not in the inbox yet: windows get theirs before any handler runs. */
  private _arrivals: Arrival[] = [];

  constructor(
    private readonly _platform: Pick<Platform<never>, "deliver" | "keepsTime">,
    private readonly _slab: Slab,
    private readonly _timeouts: Timeouts,
    private readonly _flush: Flush,
    private readonly _turn: Turn,
  ) {}

  get hasArrivals(): boolean {
    return this._arrivals.length > 0;
  }

  /** Distributes what the router handed out. Returns its length. */
  distribute(out: string): number {
    if (hasMark(out, Mark.More)) this._flush.noteMore();
    if (this._platform.keepsTime && hasMark(out, Mark.Clock)) this._timeouts.check();
    this.distributePackets(out);
    this._turn.spend(out.length);
    return out.length;
  }

  /** Distributes packets, whatever stands before them. */
  distributePackets(out: string) {
    eachPacket(out, this._packet);
  }

  /** Keeps a record for main that did not come in a packet. */
  keep(arrival: Arrival) {
    // A list that is made with it has no room for more, and takes less to make.
    if (this._arrivals.length === 0) this._arrivals = [arrival];
    else this._arrivals.push(arrival);
  }

  /** Hands a packet to its document that was admitted as a single record. */
  readonly deliverSingle = ({ contents, worldAddress }: Address, packet: string) => {
    this._turn.spend(packet.length);
    try {
      this._platform.deliver(contents, worldAddress, packet, NO_ATTACHMENTS);
    } catch (error) {
      complainOfPacket(error);
    }
  };

  /** The records for main since this was called last. */
  arrivals(): Arrival[] {
    const { _arrivals: arrivals } = this;
    if (arrivals.length > 0) this._arrivals = [];
    return arrivals;
  }

  private readonly _packet: HandlePacket = (contents, worldAddress, text, slots) => {
    const attachments = slots.length > 0 ? this._slab.get(slots) : NO_ATTACHMENTS;
    if (contents === MAIN) keepArrivals(text, attachments, this._arrivals);
    else this._platform.deliver(contents, worldAddress, text, attachments);
  };
}
