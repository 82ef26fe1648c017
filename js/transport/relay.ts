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

/** What crosses a port. */
type Crossing = Message | Acknowledgement;

/** What is used of an event: `initData` is a MediaEncryptedEvent's. */
interface Said {
  readonly detail?: unknown;
  readonly initData?: unknown;
}

interface ReusableEvent extends Said {
  initCustomEvent(type: string, bubbles: boolean, cancelable: boolean, detail: unknown): void;
}

interface Init {
  readonly detail: Fragment;
  readonly initData: Fragment;
  readonly initDataType: string;
}

type MakeEvent = new (type: string, init: Init) => Said;

/** What is used of a window. */
interface Window {
  readonly document: { createEvent(kind: "CustomEvent"): ReusableEvent };
  readonly CustomEvent: MakeEvent;
  /** Not everywhere. */
  readonly MediaEncryptedEvent?: MakeEvent;
}

/** Where the worlds of a document meet. Not its window: document.open() takes all listeners from that. */
export interface Meeting {
  dispatchEvent(event: Said): boolean;
  addEventListener(type: string, hear: (event: Said) => void): void;
}

/** Added to the name of the events: a fragment of text, of bytes. */
const TEXT = ":text";
const BYTES = ":bytes";

/** What a packet begins with. A message with more than a packet has a head before it instead. */
const PACKET = "[";
const AFTER_HEAD = ";";
const HEAD = /^\d+(?:,\d+)*$/;

/** In characters. Those for a page may be longer than its own: each record that is refused has a sentence. */
const MAX_SAID = 16 * MAX_PACKET;

/**
 * All that a page listens to. The words that stand in the place of lanes are the preload's: no page
 * says for its document that it is there, or leaves.
 */
const MAX_LANES = Lane.FromMain + Lane.FromOther + Lane.Requests;

/**
 * Sends messages to another world of the document, by events of a name. Text crosses
 * without a copy, as the detail of a CustomEvent. So do the bytes of a MediaEncryptedEvent: each
 * world has its own view of its `initData`. Other objects, Chromium copies for each world.
 */
export function relayTo(name: string, meeting: Meeting): (message: Crossing) => void {
  const window = globalThis as unknown as Window;
  const { CustomEvent, MediaEncryptedEvent } = window;
  const dispatch = meeting.dispatchEvent.bind(meeting);
  // One event for all that is said: in Electron 22 it takes two thirds of the time of new ones.
  const event = window.document.createEvent("CustomEvent");
  const init = event.initCustomEvent.bind(event);
  const say = (type: string, detail: unknown) => {
    init(type, false, false, detail);
    dispatch(event);
  };
  const give = (fragment: Fragment) => {
    if (typeof fragment === "string") return say(name + TEXT, fragment);
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
    if (typeof message !== "object") return say(name, message);
    const [packet, lanes, fragments = [], counts = []] = message;
    for (const fragment of fragments) give(fragment);
    say(name, [lanes, ...counts].join() + AFTER_HEAD + packet);
  };
}

/**
 * Takes what {@link relayTo} of another world sends. Whatever that world says: what is taken is
 * made here, and nothing else than what crosses a port. Primitives come as they are; an object of
 * another world would be a copy, or null.
 */
export function relayFrom(name: string, meeting: Meeting, take: (message: Crossing) => void) {
  let fragments: Fragment[] = [];
  let size = 0;
  const keep = (fragment: unknown) => {
    if (typeof fragment !== "string" && !(fragment instanceof ArrayBuffer)) return;
    size += sizeOf(fragment);
    if (fragments.length === MAX_FRAGMENTS) size = Number.POSITIVE_INFINITY;
    // Of more than one message may have, none is sent, and the rest need not be kept.
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
  const hear = (type: string, read: (event: Said) => void) => meeting.addEventListener(type, read);
  hear(name + TEXT, (event) => keep(event.detail));
  hear(name + BYTES, (event) => keep(event.initData ?? event.detail));
  hear(name, (event) => {
    const said = event.detail;
    if (isCount(said)) return take(said);
    // No call makes a longer one.
    if (typeof said !== "string" || said.length > MAX_SAID) return;
    if (said.startsWith(PACKET)) return take(said);
    const head = parted(said);
    const message = head && withFragments(head);
    if (message) take(message);
  });
}

/** The head and the packet. Undefined where that is nothing of ours. */
function parted(said: string): Parts | undefined {
  const end = said.indexOf(AFTER_HEAD);
  const head = said.slice(0, Math.max(0, end));
  if (!HEAD.test(head)) return undefined;
  const [lanes, ...counts] = head.split(",").map(Number);
  if (!isCount(lanes) || lanes > MAX_LANES || !counts.every(isCount)) return undefined;
  const packet = said.slice(end + 1);
  return counts.length > 0 ? [packet, lanes, [], counts] : [packet, lanes];
}
