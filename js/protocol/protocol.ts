/**
 * The transport, whole: what crosses between a window and the main process, readable alone.
 * This file imports nothing; everything else may import it. `src/router/record.rs` holds the
 * same numbers for Rust, and `__test__/addon/protocol.test.mjs` holds the two to each other.
 *
 * A **packet** is one JSON text: an array of records. A **record** is a JSON array whose first
 * member is its kind. Beside a packet travel its **attachments**, in the order of the records: bytes,
 * which JSON cannot carry cheaply, and long text, which nobody on the way needs to look at.
 *
 * Each JS world of a document and main are joined by a message port; a document's ports are its
 * **transport**. Long attachments are cut into **fragments** for it; see {@link Message}.
 */

/** The one ipc channel: documents say {@link Hello} on it, and main asks them to. */
export const CHANNEL = "electron-switchyard";

/** The property of the page's `window` that is its {@link Bridge}. */
export const BRIDGE_KEY = "__electronSwitchyard";

/** The property of an isolated page's `window` under which the preload exposes its functions. */
export const PRELOAD_KEY = "__electronSwitchyardPreload";

/** In a world with Electron's modules, the key of the symbol under which it has its transport. */
export const TRANSPORT_KEY = "electron-switchyard.wire";

/** electron-prokit's own channels, on which its preload listens: from main, and from other windows. */
export const PROKIT_FROM_MAIN = "EPmainMsgToRender";
export const PROKIT_FROM_OTHER = "EPrenderMsgToRender";

/**
 * What the worlds of an isolated document say to each other is in events at an EventTarget of the
 * page's, which a MouseEvent of the first name hands to the preload as its `relatedTarget`, once. What
 * is sent to main has the second name, what comes from it the third. `js/transport/relay.ts` says how.
 */
export const MEET = "electron-switchyard:meet";
export const UP = "electron-switchyard:up";
export const DOWN = "electron-switchyard:down";

/**
 * Kinds of records, the first member of each. Up, a record is `[kind, address, form, payload]`; the
 * address and what goes down are told here. A *sender tag* says who sent it; see {@link SenderTag}.
 *
 * An enum, because bundlers put its numbers in where they are used.
 */
export enum Kind {
  /** A request to main. Up: an `Ask`. To main: `[endpoint, senderTag, id, form, payload]` */
  Request = 1,
  /** A message to a window. Up: `"target window"`. It goes down as FromOther. */
  Message = 2,
  /** A message from main. Down: `[form, payload]` */
  FromMain = 3,
  /** A message from another window. Down: `[senderTag, form, payload]` */
  FromOther = 4,
  /** The answer to a Request or Call. Down: `[id, 1 for a value or 0 for an error, form, payload]` */
  Reply = 5,
  /**
   * Something failed. Down: `[subject, code, reason | null, count, sentence]`; see
   * {@link NackSubject}.
   */
  Nack = 6,
  /** A request to a window. Up: `[Ask, "target window"]`. Down: `[number, senderTag, form, payload]` */
  Call = 7,
  /** The answer to a Call. Up: `[number, 1 or 0]`. It goes down as Reply. */
  Answer = 8,
  /**
   * The asker gives a Request or Call up; the payload is why. Up: its id. To main:
   * `[endpoint, id, form, payload]`. Down: `[number, form, payload]`
   */
  Abort = 9,
}

/** The id of the first of `count` requests in a row, which the receiver of the Nack has made. */
export type FirstId = number;
/** The name of the window that `count` messages of the receiver's were for. */
export type TargetName = string;
/** The number of a Call that the receiver works at, and whose asker is gone. */
export type CallNumber = [number];
/** What a Nack is about. The JSON type says which of the three it is, as nothing else does. */
export type NackSubject = FirstId | TargetName | CallNumber;

/**
 * How a page names a request that it makes: by its id of it; with a `timeoutMs`, that follows, as far
 * as it is not over already. Main then sees to it that the request ends in time: the timers of a
 * hidden page may wake once a minute.
 */
export type Ask = number | [id: number, timeoutMs: number];

/**
 * Who sent a record, as main knows it: the name of the window, null if it has none, in an array
 * with the origin of the document; alone where that is {@link FILE_ORIGIN}. 0 where main calls.
 */
export type SenderTag = string | null | 0 | [windowName: string | null, origin: string];

/** The origin of files, as Electron tells it. Most documents have it, and a sender tag does not say it. */
export const FILE_ORIGIN = "file://";

/**
 * How a record's payload is to be read: 0, it is the value itself; 1 + n, it is the codec's rich
 * form and the next n attachments of the packet belong to it.
 */
export type Form = number;

/** What listeners listen to. A record of a lane waits in the router until somebody listens. */
export enum Lane {
  FromMain = 1,
  FromOther = 2,
  /** Requests to main; to a window, calls, each of which goes to one world only. */
  Requests = 4,
}

/** Stable error codes, the `code` of every error that this package throws or rejects with. */
export type Code =
  /** An argument is of the wrong type; the error is a TypeError. */
  | "ERR_INVALID_ARG_TYPE"
  /** An option is of the wrong type or out of its range. */
  | "ERR_INVALID_OPTION"
  /** A value cannot be sent: it holds a function, a symbol or the like. */
  | "ERR_NOT_CLONEABLE"
  /** No window has that name. */
  | "ERR_UNKNOWN_WINDOW"
  /** Another live window has that name, or the window has another name. */
  | "ERR_NAME_TAKEN"
  /** The target's queue is at its bound and the overflow policy is "reject". */
  | "ERR_QUEUE_FULL"
  /** What came from a window is no packet. */
  | "ERR_BAD_PACKET"
  /** The window was closed, its document ended, or its name was taken away: `reason` tells. */
  | "ERR_TARGET_GONE"
  /** A request had no handler for as long as `handlerWaitMs`. */
  | "ERR_NO_HANDLER"
  /** No answer came within a request's `timeoutMs`. */
  | "ERR_TIMEOUT"
  /** A request's signal was aborted and gives no reason. */
  | "ERR_ABORTED"
  /** A subframe called, and subframes are not let in. */
  | "ERR_SUBFRAME"
  /** The document's origin is none of those that `initIpc({ origins })` lets in. */
  | "ERR_ORIGIN"
  /** A call of another process: a main call in a window, or the reverse. */
  | "ERR_WRONG_PROCESS"
  /** Main does not answer the page's hello. */
  | "ERR_NO_MAIN"
  /** The page has no preload of ours. */
  | "ERR_NO_PRELOAD"
  /** The native binary could not be loaded. */
  | "ERR_NATIVE_LOAD";

/**
 * One JavaScript world of one document, as one number: the document's number, whether it is a subframe's,
 * and the {@link World}. Only the functions below compose an address or take it apart; Rust keeps it as
 * it is. The preload makes it. It is an address, not a credential: main reads from the ipc event which
 * window sent a hello.
 */
export type WorldAddress = number;

/** The worlds of a document. A window without context isolation has only the first. */
export const World = { Preload: 0, Page: 1 } as const;
export type World = (typeof World)[keyof typeof World];

/** How many ports a document offers with its hello, one for each {@link World}. */
export const WORLDS = 2;

/** What each part of an address is multiplied by. */
const SUBFRAME = WORLDS;
const DOCUMENT = 2 * WORLDS;

/** The numbers that documents take for themselves are below this. */
export const MAX_DOCUMENT = 2 ** 40;

/** A number for a document, which tells it from the earlier ones of its window. */
export function newDocument(): number {
  return Math.floor(Math.random() * MAX_DOCUMENT);
}

/** The address of a document's world. Without `world`, of its first one, which names the document in a hello. */
export function worldAddressOf(
  document: number,
  isSubframe: boolean,
  world: World = World.Preload,
): WorldAddress {
  return DOCUMENT * document + SUBFRAME * +isSubframe + world;
}

/** The number of the address's document. */
export function documentOf(worldAddress: WorldAddress): number {
  return Math.floor(worldAddress / DOCUMENT);
}

/** Whether the address's document is a subframe's, and not a window's own. */
export function isOfSubframe(worldAddress: WorldAddress): boolean {
  return worldAddress % DOCUMENT >= SUBFRAME;
}

/** Which of its document's worlds an address names. */
export function worldOf(worldAddress: WorldAddress): World {
  return (worldAddress % WORLDS) as World;
}

/** Whether a value, which may be anything, is the address of a document's first world. */
export function isFirstAddress(value: unknown): value is WorldAddress {
  const isAddress = Number.isSafeInteger(value) && (value as number) >= 0;
  return isAddress && worldOf(value as number) === World.Preload;
}

/**
 * `ipcRenderer.postMessage(CHANNEL, Hello, ports)`: a document offers main a transport, a port for each
 * of its worlds. It says its origin for an Electron that does not tell it to main. Main answers over
 * each port with an acknowledgement of nothing; what is sent before main listens is lost, so each
 * world keeps all else back until then.
 *
 * `webContents.send(CHANNEL, question, ended)`: main has begun, or does not know which document is
 * there. A document that main has not answered says hello, and so does the one whose number is
 * `ended`, which main took for gone. Any other says {@link NOTICE_HERE}, with the question's number.
 *
 * Over the preload's port, `[code, sentence]` answers the hello of a document that is not let in, and the
 * ports are closed. The document refuses with this what it is given to send.
 * So is a hello answered that main cannot read; if its ports are lost, `frame.send(CHANNEL, [code, sentence],
 * world address)` answers it.
 */
export type Hello = [worldAddress: WorldAddress, origin: string];

/** Bytes or text beside a packet: an attachment, or a part of it. */
export type Fragment = ArrayBuffer | string;

/**
 * An attachment as its sender makes it. Long bytes lie in memory of the app's, as a Uint8Array: who
 * gets them reads them before it returns.
 */
export type Attachment = Fragment | Uint8Array;

/**
 * The length of text, or bytes, from which on an attachment is cut, and that fragments and packets that
 * cross together stay below. Chromium passes messages of less than 64 KiB inline, and maps shared
 * memory for longer ones: in Electron 22, 16 MB of text take 47 ms as one message and 21 ms in
 * fragments of 60,000 (there and a word back).
 */
export const MAX_FRAGMENT = 60_000;

/**
 * What crosses a port, both ways. A packet that comes alone is its text, or, where the lanes are not
 * those that the world told last, has two members. One with attachments has their fragments, and how many fragments belong to each; fragments that find no room beside
 * it come before it, with an empty packet. Where these are bytes and the receiver is the last to get
 * them, the first of their messages has their size in place of the counts: they are joined as they
 * come, and count as one fragment. The fragments of an attachment are all bytes or all text, and none is
 * empty unless it is the whole attachment.
 *
 * `lanes`: upward, the bits of {@link Lane} that the world listens to now; downward 0. A message with a
 * {@link Notice} in their place is no packet.
 */
export type Message = string | Parts;
export type Parts = [
  packet: string,
  lanes: number | Notice,
  fragments?: Fragment[],
  counts?: number[],
];

/**
 * What the preload says of its document. A notice has its number where a packet has its lanes, and no
 * sum of lanes is such a number. A member of its own for the kind would be in every message, and a
 * document sends a notice only when it leaves or is asked.
 */
export type Notice = 0x40 | 0x80;
/** The document is here, because main has asked; in place of a packet, the number of the question. */
export const NOTICE_HERE: Notice = 0x40;
/** The document of a subframe leaves. */
export const NOTICE_GOODBYE: Notice = 0x80;

/**
 * Messages from a page are bounded by these; no honest sender comes near the first, and
 * `sendFragmented` keeps to the others. What is beyond is refused.
 *
 * In characters, of a packet: a record has a payload of less than 32,768 (longer ones are
 * attachments) and an address, and packets of several records have 16,000. So no packet has more
 * than 6,553 records: main works so long at one message.
 */
export const MAX_PACKET = 64 * 1024;

/** A window's name, in bytes of UTF-8. */
export const MAX_NAME = 1024;

/** The fragments of one message; together they have {@link MAX_FRAGMENT} at most. */
export const MAX_FRAGMENTS = 4096;

/** What a fragment counts beside its size, in bytes, where sizes are summed: about what it takes in memory. */
export const FRAGMENT_WEIGHT = 256;

/** What a message counts beside that in flight: main is busy so long with an empty one as with so much text. */
export const MESSAGE_WEIGHT = 1024;

/**
 * How much a world may have on its way to main that is not acknowledged, in bytes and units of text:
 * main has so much to do at once for one world, and others have their turn. What is beyond waits in
 * the page; the last message may go beyond. The preload holds an isolated page to it, and main
 * takes nothing more of others that have four times as much waiting there.
 */
export const MAX_UNACKNOWLEDGED = 1024 * 1024;

/**
 * Crosses a port as well: how many messages were ever taken from it, readable or not. The first one
 * answers the hello.
 */
export type Acknowledgement = number;

/**
 * A page acknowledges as soon as it took so much, in bytes and units of text. The least `maxInFlightBytes`
 * is four times that: a unit of text has up to three bytes in the router's counters, and a sender
 * without credit must not wait for what is never acknowledged.
 */
export const ACKNOWLEDGE_SIZE = 64 * 1024;

/** Or so many. */
export const ACKNOWLEDGE_COUNT = 256;

/** Or, with less, once nothing came for so long, in ms: nothing that was taken stays in flight. */
export const ACKNOWLEDGE_IDLE_MS = 50;

/** Takes a packet that came for this world. */
export type Deliver = (packet: string, attachments?: Fragment[]) => void;

/** All that a world needs of the transport: one packet up, one function for packets down. */
export interface Bridge {
  /**
   * Sends a packet to main. `lanes`: the bits of {@link Lane} that this world listens to now.
   * `toMain`: long bytes are for main itself.
   */
  post(lanes: number, packet: string, attachments: readonly Attachment[], toMain?: boolean): void;
  /** Names the function that takes this world's packets; a second call replaces the first. */
  listen(deliver: Deliver): void;
  /** JSON.parse, as it was before the page's scripts. */
  readonly parse?: (text: string) => unknown;
}
