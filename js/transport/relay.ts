import { append } from "../errors";
import {
  type Acknowledgement,
  type Fragment,
  Lane,
  MAX_FRAGMENT,
  MAX_FRAGMENTS,
  MAX_PACKET,
  type Message,
  type Parts,
} from "../protocol/protocol";
import { isCount } from "./count";
import { sizeOf } from "./size";

/** All that crosses a port. */
type Crossing = Message | Acknowledgement;

/** The part of an event that is used here. `initData` is a MediaEncryptedEvent's. */
interface RelayEvent {
  readonly detail?: unknown;
  readonly initData?: unknown;
}

interface ReusableEvent extends RelayEvent {
  initCustomEvent(type: string, bubbles: boolean, cancelable: boolean, detail: unknown): void;
}

interface Init {
  readonly detail: Fragment;
  readonly initData: Fragment;
  readonly initDataType: string;
}

type MakeEvent = new (type: string, init: Init) => RelayEvent;

/** The part of a window that is used here. */
interface Window {
  readonly document: { createEvent(kind: "CustomEvent"): ReusableEvent };
  readonly CustomEvent: MakeEvent;
  /** Not every Chromium has it. */
  readonly MediaEncryptedEvent?: MakeEvent;
}

/** The EventTarget of the two worlds. Not the window, because document.open() removes its listeners. */
export interface Meeting {
  dispatchEvent(event: RelayEvent): boolean;
  addEventListener(type: string, listener: (event: RelayEvent) => void): void;
}

/** Added to the name of the events: a fragment of text, of bytes. */
const TEXT = ":text";
const BYTES = ":bytes";

/** A packet begins so. A message with lanes or fragments begins with a head. */
const PACKET = "[";
const AFTER_HEAD = ";";
const HEAD = /^\d+(?:,\d+)*$/;

/** In characters. Packets for a page may be longer than its own, because each nack has a sentence. */
const MAX_EVENT = 16 * MAX_PACKET;

/**
 * All lanes. The values above are `GOODBYE` and `HERE`, which only the preload sends: no page announces
 * that its document is here, or has ended.
 */
const MAX_LANES = Lane.FromMain + Lane.FromOther + Lane.Requests;

/**
 * Sends messages to another world of the document, by events of a name. Text crosses without a copy, as
 * the detail of a CustomEvent. Bytes do so as the `initData` of a MediaEncryptedEvent, of which each
 * world has its own view. Chromium copies other objects for each world.
 */
export function relayTo(name: string, meeting: Meeting): (message: Crossing) => void {
  const window = globalThis as unknown as Window;
  const { CustomEvent, MediaEncryptedEvent } = window;
  const dispatch = meeting.dispatchEvent.bind(meeting);
  // One event for all details: in Electron 22 it takes two thirds of the time that new events take.
  const event = window.document.createEvent("CustomEvent");
  const init = event.initCustomEvent.bind(event);
  const dispatchDetail = (type: string, detail: unknown) => {
    init(type, false, false, detail);
    dispatch(event);
  };
  const dispatchFragment = (fragment: Fragment) => {
    if (typeof fragment === "string") return dispatchDetail(name + TEXT, fragment);
    const Event = MediaEncryptedEvent ?? CustomEvent;
    dispatch(
      new Event(name + BYTES, {
        __proto__: null,
        detail: fragment,
        initData: fragment,
        initDataType: "",
      } as Init),
    );
  };
  return (message) => {
    if (typeof message !== "object") return dispatchDetail(name, message);
    const [packet, lanes, fragments = [], counts = []] = message;
    for (const fragment of fragments) dispatchFragment(fragment);
    dispatchDetail(name, [lanes, ...counts].join() + AFTER_HEAD + packet);
  };
}

/**
 * Takes what {@link relayTo} of another world sends. The messages are made in this world, and have only
 * the shapes that cross a port, whatever the other world dispatches. Primitives come as they are; an
 * object of another world would be a copy, or null.
 */
export function relayFrom(name: string, meeting: Meeting, take: (message: Crossing) => void) {
  let fragments: Fragment[] = [];
  let size = 0;
  const keep = (fragment: unknown) => {
    if (typeof fragment !== "string" && !(fragment instanceof ArrayBuffer)) return;
    size += sizeOf(fragment);
    if (fragments.length === MAX_FRAGMENTS) size = Number.POSITIVE_INFINITY;
    // If there is more than one message may have, the message is dropped, and so is the rest of it.
    if (size <= MAX_FRAGMENT) append(fragments, fragment);
  };
  const withFragments = (head: Parts): Parts | undefined => {
    const [came, total] = [fragments, size];
    fragments = [];
    size = 0;
    if (total > MAX_FRAGMENT) return undefined;
    const [packet, lanes, , counts] = head;
    if (counts) return [packet, lanes, came, counts];
    return came.length > 0 ? [packet, lanes, came] : [packet, lanes];
  };
  const listen = (type: string, read: (event: RelayEvent) => void) =>
    meeting.addEventListener(type, read);
  listen(name + TEXT, (event) => keep(event.detail));
  listen(name + BYTES, (event) => keep(event.initData ?? event.detail));
  listen(name, (event) => {
    const detail = event.detail;
    if (isCount(detail)) return take(detail);
    // No sender of this package makes a longer one.
    if (typeof detail !== "string" || detail.length > MAX_EVENT) return;
    if (detail.startsWith(PACKET)) return take(detail);
    const head = headOf(detail);
    const message = head && withFragments(head);
    if (message) take(message);
  });
}

/** The head and the packet. Undefined if another script dispatched the event. */
function headOf(detail: string): Parts | undefined {
  const end = detail.indexOf(AFTER_HEAD);
  const head = detail.slice(0, Math.max(0, end));
  if (!HEAD.test(head)) return undefined;
  const [lanes, ...counts] = head.split(",").map(Number);
  if (!isCount(lanes) || lanes > MAX_LANES || !counts.every(isCount)) return undefined;
  const packet = detail.slice(end + 1);
  return counts.length > 0 ? [packet, lanes, [], counts] : [packet, lanes];
}
