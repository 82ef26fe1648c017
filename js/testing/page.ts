import { Endpoint } from "../client";
import { traced, warnOfDropped } from "../errors";
import type { Attachment, Bridge, Deliver, Fragment, WorldAddress } from "../protocol/protocol";
import { stopRequests } from "../requests";
import { rejectionOf } from "../transport";

/** Why a page is there no more. */
export type Ending = "closed" | "crashed" | "reloaded";

/** Sends a packet of a page to main. */
type Post = (lanes: number, packet: string, attachments: readonly Attachment[]) => void;

/** A document of a window, and in it the world of its page. */
export class Page {
  readonly endpoint: Endpoint;
  private _ended: Ending | undefined;
  private _deliver: Deliver = () => undefined;

  /** `id`: of the router's endpoint. */
  constructor(
    readonly id: number,
    readonly document: number,
    readonly address: WorldAddress,
    readonly origin: string,
    private readonly _post: Post,
  ) {
    const bridge: Bridge = {
      post: (lanes, packet, attachments) => this._send(lanes, packet, attachments),
      listen: (deliver) => {
        this._deliver = deliver;
      },
      dropped: warnOfDropped,
      trace: traced,
    };
    this.endpoint = new Endpoint(bridge);
  }

  /** Takes a packet of main. */
  take(packet: string, attachments: Fragment[]) {
    this._deliver(packet, attachments);
  }

  /** Notifies the page of what main cannot take. */
  reject(packet: string, error: unknown) {
    const { code = "ERR_BAD_PACKET", message } = error as Error & { code?: "ERR_BAD_PACKET" };
    const nacks = rejectionOf(packet, { code, sentence: message });
    if (nacks !== "") this._deliver(nacks);
  }

  /** Its last packet is sent before. Its timers go with it, and its promises are never settled. */
  end(how: Ending) {
    if (this._ended) return;
    this.endpoint.flush();
    this.stop();
    this._ended = how;
  }

  stop() {
    stopRequests(this.endpoint._outgoing);
  }

  private _send(lanes: number, packet: string, attachments: readonly Attachment[]) {
    if (!this._ended) return this._post(lanes, packet, attachments);
    const sentence = `the page that sends has ended (${this._ended})`;
    const nacks = rejectionOf(packet, { code: "ERR_TARGET_GONE", sentence });
    if (nacks !== "") Promise.resolve().then(() => this._deliver(nacks));
  }
}
