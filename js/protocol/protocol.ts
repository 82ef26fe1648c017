/**
 * The whole protocol: all that crosses between a window and the main process, readable alone. This file
 * imports nothing; everything else may import it. `src/router/record.rs` has the same numbers for Rust,
 * and `__test__/addon/protocol.test.mjs` compares the two.
 *
 * A **packet** is one JSON text: an array of records. A **record** is a JSON array whose first
 * member is its kind. The **attachments** of a packet travel beside it, in the order of the records: bytes,
 * which JSON cannot carry cheaply, and long text, which nothing on the way needs to parse.
 *
 * A message port joins each JavaScript world of a document to main. The ports of a document are its
 * **transport**. Long attachments cross it in **fragments**; see {@link Message}.
 */

/** Each error's message and each line on the console begin with the package's name. */
export const TITLE = "electron-switchyard: ";

/** The one ipc channel. Documents say {@link Hello} on it, and main asks them to. */
export const CHANNEL = "electron-switchyard";

/** The property of the page's `window` that is its {@link Bridge}. */
export const BRIDGE_KEY = "__electronSwitchyard";

/** The property of an isolated page's `window` under which the preload exposes its functions. */
export const PRELOAD_KEY = "__electronSwitchyardPreload";

/** In a world with Electron's modules, the key of the symbol of its transport. */
export const TRANSPORT_KEY = "electron-switchyard.wire";

/** In the main process, the key of the symbol of all that it has of this package. */
export const MAIN_KEY = "electron-switchyard.main";

/** The channels on which electron-prokit's preload listens: from main, and from other windows. */
export const PROKIT_FROM_MAIN = "EPmainMsgToRender";
export const PROKIT_FROM_OTHER = "EPrenderMsgToRender";

/**
 * The worlds of an isolated document exchange events at an EventTarget of the page. The page hands it to
 * the preload once, as the `relatedTarget` of a MouseEvent of the first name. Events to main have the
 * second name, events from main the third; see `js/transport/relay.ts`.
 */
export const MEET = "electron-switchyard:meet";
export const UP = "electron-switchyard:up";
export const DOWN = "electron-switchyard:down";

/**
 * Kinds of records, the first member of each. Up, a record is `[kind, address, form, payload]`. Each kind
 * below has its address, and its members after the kind on the way down.
 *
 * An enum, because bundlers write its numbers where they are used.
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
   * A rejection or a drop. Down: `[subject, code, reason | null, count, sentence]`; see
   * {@link NackSubject}.
   */
  Nack = 6,
  /** A request to a window. Up: `[Ask, "target window"]`. Down: `[number, senderTag, form, payload]` */
  Call = 7,
  /** The answer to a Call. Up: `[number, 1 or 0]`. It goes down as Reply. */
  Answer = 8,
  /**
   * The asker cancels a Request or Call; the payload is the reason. Up: its id. To main:
   * `[endpoint, id, form, payload]`. Down: `[number, form, payload]`
   */
  Abort = 9,
  /** Gives a topic a number, under which the world publishes. Up: `[number, "topic"]`, without a payload */
  Name = 10,
  /** A value of a topic. Up: the topic's number, or a {@link Publication} */
  Publish = 11,
  /** Subscribes to a topic. Up: `[number, "topic"]`, without a payload; a new number for each subscription */
  Subscribe = 12,
  /** Ends the subscription of this number. Up: the number, without a payload */
  Unsubscribe = 13,
  /** A value of a topic. Down: `[number of the subscription, senderTag, form, payload]` */
  Published = 14,
  /** The value that a topic retained, for a newcomer, who gets it first. Down: as Published */
  Retained = 15,
  /**
   * A call of a service's method. The payload is the array of its arguments. It is settled as a Call is.
   * Up: `[Ask, "target window" or 0 for main, "service", "method"]`. It goes down as Invoked.
   */
  Invoke = 16,
  /** The world serves a service. Up: `"service"`, without a payload */
  Serve = 17,
  /** The world serves a service no more. Up: `"service"`, without a payload */
  Unserve = 18,
  /**
   * A call of a service's method. Down: `[number, senderTag, "service", "method", form, payload]`. To
   * main: `[endpoint, senderTag, id, "service", "method", form, payload]`
   */
  Invoked = 19,
}

/**
 * A value of a topic with options. `to`: the names of the windows whose subscribers get it, or 0 for all who
 * subscribe. `retain`: whether it waits for newcomers. `key`: it replaces what waits under the same key, or 0.
 */
export type Publication = [
  number: number,
  to: readonly string[] | 0,
  retain: 0 | 1,
  key: string | 0,
];

/** The first id of `count` consecutive requests of the receiver of the Nack. */
export type FirstId = number;
/** The target window of `count` messages of the receiver. */
export type TargetName = string;
/** The number of a Call that the receiver handles and whose asker has ended. */
export type CallNumber = [number];
/**
 * `count` values of a topic, or a name or subscription of one. With a window, the copies for it: 0 is main,
 * null is windows without a name. The topic is null for a number that stands for none.
 */
export type OfTopic = [topic: string | null, windowName?: string | null | 0];
/** A service that the receiver does not serve, though it called serve. */
export type OfService = [service: string, 1];
/** The subject of a Nack. The JSON type says which of the three it is. */
export type NackSubject = FirstId | TargetName | CallNumber;

/**
 * The address of a request: the id that the asker gave it and, if the asker set a `timeoutMs`, what is left
 * of that. Main ends the request in time, because the timers of a hidden page may wake once a minute.
 */
export type Ask = number | [id: number, timeoutMs: number];

/**
 * The sender of a record as main knows it: the name of the window, or null if it has none, in an array
 * with the origin of the document. If the origin is {@link FILE_ORIGIN}, the name alone. 0 is main.
 */
export type SenderTag = string | null | 0 | [windowName: string | null, origin: string];

/** The origin of files in Electron. Most documents have it, so a {@link SenderTag} leaves it out. */
export const FILE_ORIGIN = "file://";

/**
 * The form of a payload. 0: the payload is the value itself. 1 + n: the payload is the codec's rich form,
 * and the next n attachments of the packet belong to it.
 */
export type Form = number;

/** A record of a lane waits in the router until the target has a listener to the lane. */
export enum Lane {
  FromMain = 1,
  FromOther = 2,
  /** Requests to main, and calls to a window. A call goes to one world only. */
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
  /** A window sent something that is no packet. */
  | "ERR_BAD_PACKET"
  /** The window was closed, its document ended, or its name was taken away; see `reason`. */
  | "ERR_TARGET_GONE"
  /** A request had no handler for as long as `handlerWaitMs`. */
  | "ERR_NO_HANDLER"
  /** The service has no method of that name. */
  | "ERR_NO_METHOD"
  /** No answer came within a request's `timeoutMs`. */
  | "ERR_TIMEOUT"
  /** A request's signal was aborted and gives no reason. */
  | "ERR_ABORTED"
  /** A subframe called, and subframes are not let in. */
  | "ERR_SUBFRAME"
  /** `initIpc({ origins })` does not let the origin of the document in. */
  | "ERR_ORIGIN"
  /** A function of main was called in a window, or the reverse. */
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

/** The factor of each part of an address. */
const SUBFRAME = WORLDS;
const DOCUMENT = 2 * WORLDS;

/** The numbers that documents take for themselves are below this. */
export const MAX_DOCUMENT = 2 ** 40;

/** A number for a document that differs from those of the earlier documents of its window. */
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
 * `ipcRenderer.postMessage(CHANNEL, Hello, ports)`: a document offers main a transport, one port for each of
 * its worlds. The origin is for Electrons that do not give it to main. Main answers with the
 * acknowledgement 0 over each port. Messages that are posted before main listens do not arrive, so each
 * world keeps its packets until then.
 *
 * `webContents.send(CHANNEL, question, ended)`: main has begun, or does not know which document is there.
 * A document whose hello main has not answered says hello again. The one whose number is `ended`,
 * which main took for ended, does so too. Any other answers {@link NOTICE_HERE} and the number of the question.
 *
 * If main does not let a document in, or cannot read its hello, `[code, sentence]` over the preload's port
 * answers the hello, and main closes the ports. The document then rejects all that it is given to send.
 * If the ports did not arrive, `frame.send(CHANNEL, [code, sentence], world address)` answers instead.
 */
export type Hello = [worldAddress: WorldAddress, origin: string];

/** Bytes or text beside a packet: an attachment, or a part of it. */
export type Fragment = ArrayBuffer | string;

/**
 * An attachment as its sender makes it. Long bytes are a Uint8Array of the app's memory. A function that
 * gets them reads them before it returns.
 */
export type Attachment = Fragment | Uint8Array;

/**
 * In bytes and units of text: an attachment that is longer crosses in fragments. Chromium passes messages of
 * less than 64 KiB inline, and maps shared memory for longer ones.
 */
export const MAX_INLINE = 60_000;

/**
 * In bytes and units of text: the fragments of one message together are not longer. Only those of a long
 * attachment are longer than {@link MAX_INLINE} (`js/transport/fragment.ts`).
 */
export const MAX_FRAGMENT = 500_000;

/**
 * All that crosses a port but for an {@link Acknowledgement}, both ways:
 *
 * - A packet without attachments is its text. If the lanes have changed, it is `[packet, lanes]`.
 * - A packet with attachments has their fragments, and in `counts` how many belong to each attachment.
 * - Fragments for which that message has no room come before it, with an empty packet.
 * - If such fragments are bytes and the receiver is their destination, the first of their messages has their
 *   size in place of `counts`. They are reassembled as they come, and count as one fragment.
 *
 * The fragments of an attachment are all bytes or all text. None is empty, but for that of an empty attachment.
 *
 * `lanes`: up, the bits of {@link Lane} that have listeners in the world; down, 0 or {@link DEVELOPING}. A message
 * with a {@link Notice} in their place is no packet.
 */
export type Message = string | Parts;
export type Parts = [
  packet: string,
  lanes: number | Notice,
  fragments?: Fragment[],
  counts?: number[],
];

/**
 * A notice of the preload about its document. Its number is in the place of a packet's lanes, and no sum of
 * lanes is such a number. A member for the kind would be in every message, and a document sends a notice
 * only when it ends or is asked.
 */
export type Notice = 0x40 | 0x80;
/** The document is here. The packet is the number of main's question. */
export const NOTICE_HERE: Notice = 0x40;
/** The document of a subframe ends. */
export const NOTICE_GOODBYE: Notice = 0x80;

/**
 * Limits of a message from a page. Main rejects a message beyond one of them. No sender of this package
 * comes near the first, and `sendFragmented` keeps to the others.
 *
 * In characters, of a packet: a record has a payload of less than 32,768 (longer ones are attachments)
 * and an address, and a packet of several records has 16,000. A packet therefore has at most
 * 6,553 records, which bounds the work of main at one message.
 */
export const MAX_PACKET = 64 * 1024;

/** A window's name, in bytes of UTF-8. */
export const MAX_NAME = 1024;

/** In fragments, of one message. Together they have at most {@link MAX_FRAGMENT}. */
export const MAX_FRAGMENTS = 4096;

/** In bytes: added to the size of each fragment in sums, about what its object takes in memory. */
export const FRAGMENT_WEIGHT = 256;

/** In bytes: added to the weight of each message in flight. An empty one costs main as much time as this much text. */
export const MESSAGE_WEIGHT = 1024;

/**
 * How much a world may have in flight to main, in bytes and units of text: it bounds the work of main for one
 * world, so that others have their turn. Further messages wait in the page; the last one may go beyond.
 * The preload holds an isolated page to the limit. Main closes the port of any other page that has four
 * times as much waiting there.
 */
export const MAX_UNACKNOWLEDGED = 1024 * 1024;

/**
 * Crosses a port as well: how many messages were ever taken from it, readable or not. The first one is 0
 * and answers the hello. If the app is not packaged, {@link DEVELOPING} comes before it, and is not counted.
 */
export type Acknowledgement = number;

/** In the place of the lanes of a {@link Message} without a packet: the app is not packaged. */
export const DEVELOPING = 1;

/**
 * A page acknowledges as soon as it has taken this much, in bytes and units of text. The least
 * `maxInFlightBytes` is four times this, because a unit of text has up to three bytes in the router's
 * counters, and a sender without credit must not wait for an acknowledgement that never comes.
 */
export const ACKNOWLEDGE_SIZE = 64 * 1024;

/** Or as soon as it has taken this many messages. */
export const ACKNOWLEDGE_COUNT = 256;

/** Or, with less, once nothing has come for this long, in ms: nothing that was taken stays in flight. */
export const ACKNOWLEDGE_IDLE_MS = 50;

/** Takes a packet that came for this world. */
export type Deliver = (packet: string, attachments?: Fragment[]) => void;

/**
 * The packet that a world's transport gives its own world if main answers a second hello: main had taken the
 * document for ended. It has a new endpoint for the world, which has to be notified of services and topics again.
 * The kind of its one record is 0, and nothing else has that kind.
 */
export const AGAIN = "[[0,0,0]]";

/** All that a world needs of the transport: one function for packets up, one for packets down. */
export interface Bridge {
  /**
   * Sends a packet to main. `lanes`: the bits of {@link Lane} that have listeners in this world.
   * `toMain`: main itself is the destination of long bytes.
   */
  post(lanes: number, packet: string, attachments: readonly Attachment[], toMain?: boolean): void;
  /** Sets the function that takes the packets for this world. A second call replaces the first. */
  listen(deliver: Deliver): void;
  /** JSON.parse as it was before the scripts of the page ran. */
  readonly parse?: (text: string) => unknown;
  /** Warns of an argument behind a message, which is not sent. Here, so that the bundles of pages do not have it. */
  readonly dropped?: (apiName: string, dropped: unknown) => void;
  /** Adds the lines of the app that made a call to the error of its rejection, while the app is developed. */
  readonly trace?: (
    reject: (error: unknown) => void,
    apiName: string,
    options?: { readonly signal?: { readonly reason?: unknown } | undefined },
  ) => (error: unknown) => void;
}
