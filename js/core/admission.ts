import type { SenderTag, WorldAddress } from "../protocol/protocol";
import type { Router } from "./binding";

type MessageFunctions = ReturnType<Router["messageFunctions"]>;

/** Where packets for an endpoint go, and who its records come from. */
export interface Address {
  readonly contents: number;
  readonly worldAddress: WorldAddress;
  /** As JSON. */
  readonly senderJson: string;
  readonly senderTag: SenderTag;
}

/** A record adds less than this to its payload, in bytes, beside its address. */
export const MAX_HEAD_BYTES = 64;
const MAX_BYTES_OF_CHARACTER = 3;

/**
 * Asks the router whether a single record can go at once. The router gets numbers only and decides:
 * docs/design/0012-heads.md. An admitted record counts as delivered. If a record is not admitted,
 * nothing was done, and it goes the way of all others.
 */
export class Admission {
  private readonly _addresses = new Map<number, Address>();
  /** The endpoint that listens to a lane in the window of a name, by both. */
  private readonly _listeners = new Map<string, number>();
  /** The edition of the router's tables that these are from. */
  private _edition = 0;
  private _mayBeStale = true;

  constructor(
    private readonly _router: Router,
    private readonly _admitRequest: MessageFunctions[1],
    private readonly _admitAnswer: MessageFunctions[2],
    private readonly _admitMessage: MessageFunctions[3],
  ) {}

  /** The router's tables may have changed. */
  doubt() {
    this._mayBeStale = true;
  }

  /**
   * Admits a request of a page to main. `service`: the router's number of the service of main's that it
   * calls, or 0. Returns its sender tag.
   */
  request(
    from: number,
    lanes: number,
    id: number,
    packet: string,
    service: number,
  ): SenderTag | undefined {
    const address = this._addressOf(from);
    if (!address) return undefined;
    const bytes = MAX_HEAD_BYTES + bytesOf(address.senderJson) + bytesOf(packet);
    return this._admitRequest(from, lanes, id, bytes, this._edition, service)
      ? address.senderTag
      : undefined;
  }

  /** Admits main's answer to a request. Returns where its packet goes. */
  answer(to: number, id: number, packet: string): Address | undefined {
    return this._admitAnswer(to, id, bytesOf(packet)) ? this._addressOf(to) : undefined;
  }

  /** Admits a message. `from`: an endpoint with its lanes, or 0 for main. Returns where its packet goes. */
  message(from: number, lanes: number, to: number, packet: string): Address | undefined {
    const isAdmitted = this._admitMessage(from, lanes, to, bytesOf(packet), this._edition);
    if (isAdmitted) return this._addressOf(to);
    this._mayBeStale = true;
    return undefined;
  }

  /** The endpoint that gets messages of a lane to the window of a name. 0 if there is not exactly one. */
  listener(windowName: string, lane: number): number {
    this._refresh();
    const key = lane + windowName;
    const known = this._listeners.get(key);
    if (known !== undefined) return known;
    const listener = this._router.onlyListener(windowName, lane);
    // Without one, the next look may find another.
    if (listener > 0) this._listeners.set(key, listener);
    return listener;
  }

  /** The sender tag of an endpoint's records, as JSON. */
  senderOf(endpoint: number): string | undefined {
    return this._addressOf(endpoint)?.senderJson;
  }

  private _addressOf(endpoint: number): Address | undefined {
    this._refresh();
    const known = this._addresses.get(endpoint);
    if (known) return known;
    const address = addressOf(this._router.addressOf(endpoint));
    if (address) this._addresses.set(endpoint, address);
    return address;
  }

  private _refresh() {
    if (!this._mayBeStale) return;
    this._mayBeStale = false;
    const edition = this._router.edition();
    // Listeners come and go within an edition.
    this._listeners.clear();
    if (edition === this._edition) return;
    this._edition = edition;
    this._addresses.clear();
  }
}

function addressOf(text: string | null): Address | undefined {
  if (text === null) return undefined;
  const [, contents, worldAddress, senderJson] = /^(\d+),(\d+),(.*)$/s.exec(text) as unknown as [
    string,
    string,
    string,
    string,
  ];
  return {
    contents: Number(contents),
    worldAddress: Number(worldAddress) as WorldAddress,
    senderJson,
    senderTag: JSON.parse(senderJson),
  };
}

/** At least the bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return MAX_BYTES_OF_CHARACTER * text.length;
}
