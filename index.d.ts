/**
 * electron-switchyard: messages between an Electron app's main process and its named windows.
 *
 * One import serves all three places. Each function says where it may be called; anywhere else
 * it throws an error with code `ERR_WRONG_PROCESS`.
 *
 * ```ts
 * // main process
 * import { createWindow, initIpc, onMsgFromRender, sendMsgToRender } from "electron-switchyard";
 * initIpc();
 * createWindow("work", { webPreferences: { preload } }).loadFile("work.html");
 * onMsgFromRender((event, msg) => `main got ${msg} from ${event.windowName}`);
 * sendMsgToRender("work", { hello: "work" });
 *
 * // preload
 * import { initExposeInMainWorld } from "electron-switchyard";
 * initExposeInMainWorld();
 *
 * // page
 * import { onMsgFromMain, sendMsgToMain } from "electron-switchyard";
 * onMsgFromMain((event, msg) => console.log(msg));
 * console.log(await sendMsgToMain("hello"));
 * ```
 */

import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  IpcMainEvent,
  IpcRendererEvent,
  Session,
} from "electron";

/** Undoes what returned it. Calling it again does nothing. */
export type Undo = () => void;

/**
 * The `code` of each error that this package throws or rejects with.
 *
 * | code | when |
 * |---|---|
 * | `ERR_INVALID_ARG_TYPE` | an argument is of the wrong type; the error is a TypeError |
 * | `ERR_INVALID_OPTION` | an option is of the wrong type or out of its range, or a name is too long |
 * | `ERR_NOT_CLONEABLE` | a value holds what no message can carry, or is beyond a limit; the message says where |
 * | `ERR_UNKNOWN_WINDOW` | no window ever had the name; the message lists the names there are |
 * | `ERR_NAME_TAKEN` | another window has the name, or the window has another name |
 * | `ERR_QUEUE_FULL` | no room: in the target's queue, in its sender's share of it, or for one more request or answer |
 * | `ERR_TARGET_GONE` | the window was closed or its page replaced; `reason` is a {@link GoneReason} |
 * | `ERR_NO_HANDLER` | nobody handled the request within `handlerWaitMs` |
 * | `ERR_TIMEOUT` | no answer came within the request's own `timeoutMs` |
 * | `ERR_ABORTED` | the request's signal was aborted, and gives no reason of its own |
 * | `ERR_SUBFRAME` | a subframe called, and `initIpc({ subframes: true })` was not |
 * | `ERR_ORIGIN` | the document's origin is none of those that `initIpc({ origins })` names |
 * | `ERR_WRONG_PROCESS` | a call that does not belong to this process |
 * | `ERR_NO_MAIN` | the main process has not answered the page within 5,000 ms (it calls nothing of this package, or does not hear), or cannot read its hello |
 * | `ERR_NO_PRELOAD` | the page has no preload that calls initExposeInMainWorld |
 * | `ERR_NATIVE_LOAD` | the native binary could not be loaded; the message lists each try |
 * | `ERR_BAD_PACKET` | what came is not of this package's making, or beyond a limit of one message |
 */
export type ErrorCode =
  | "ERR_INVALID_ARG_TYPE"
  | "ERR_INVALID_OPTION"
  | "ERR_NOT_CLONEABLE"
  | "ERR_UNKNOWN_WINDOW"
  | "ERR_NAME_TAKEN"
  | "ERR_QUEUE_FULL"
  | "ERR_TARGET_GONE"
  | "ERR_NO_HANDLER"
  | "ERR_TIMEOUT"
  | "ERR_ABORTED"
  | "ERR_SUBFRAME"
  | "ERR_ORIGIN"
  | "ERR_WRONG_PROCESS"
  | "ERR_NO_MAIN"
  | "ERR_NO_PRELOAD"
  | "ERR_NATIVE_LOAD"
  | "ERR_BAD_PACKET";

/**
 * The `reason` of an error with code `ERR_TARGET_GONE`: the window was closed, its page crashed,
 * its page was replaced (a reload or a navigation), the name was taken from the window, or, of a
 * message that was on its way to one listener only, that listener was removed.
 */
export type GoneReason = "closed" | "crashed" | "reloaded" | "unregistered" | "removed";

// ------------------------------------------------------------- a contract for the messages

/**
 * Where an app says what its messages are, once for all processes. Without it messages and answers
 * are `unknown` and names are strings; with it names, messages and answers are checked, and
 * editors know them. Nothing of it is there at run time.
 *
 * ```ts
 * import {
 *   callOtherRender,
 *   type MessageContract,
 *   type MsgFromOther,
 *   onMsgFromOtherRender,
 *   sendMsgToMain,
 *   sendMsgToOtherRender,
 * } from "electron-switchyard";
 *
 * interface Train { id: number; name: string }
 *
 * interface AppMessages extends MessageContract {
 *   toMain:
 *     | ((msg: { type: "load"; id: number }) => Train | undefined)
 *     | ((msg: { type: "save"; train: Train }) => void);
 *   windows: {
 *     main: { fromMain: { progress: number } };
 *     work: { fromOther: "pause" | "go on"; calls: (msg: { search: string }) => Train[] };
 *   };
 * }
 *
 * declare module "electron-switchyard" {
 *   interface Register { messages: AppMessages }
 * }
 *
 * // In a page:
 * const train: Train | undefined = await sendMsgToMain({ type: "load", id: 7 });
 * const found: Train[] = await callOtherRender("work", { search: "night" });
 * sendMsgToOtherRender("work", "pause");
 *
 * // In the page of "work". No compiler knows which page that is, so it says so:
 * onMsgFromOtherRender<MsgFromOther<"work">>((event, msg) => console.log(msg === "pause"));
 * ```
 *
 * Type arguments say a message's type in a single place: `sendMsgToMain<Question, Answer>(msg)`.
 * Where there is a contract, they can only be a part of it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: apps merge their contract into it.
export interface Register {}

/** What the member `messages` of {@link Register} is made of. What it leaves out stays open. */
export interface MessageContract {
  /**
   * What {@link sendMsgToMain} sends, and what {@link onMsgFromRender} answers to it: a function
   * type of message and answer, or a union of these.
   */
  toMain?: Exchange;
  /** By name; `[name: \`doc-${number}\`]` is for names that are made at run time. */
  windows?: { [name: string]: WindowContract };
}

/**
 * What a window takes. Where one window of the contract has a member, the windows without it take
 * no such messages; a member that none has stays open.
 */
export interface WindowContract {
  /** What {@link sendMsgToRender} sends and {@link onMsgFromMain} gets. */
  fromMain?: unknown;
  /** What {@link sendMsgToOtherRender} sends and {@link onMsgFromOtherRender} gets. */
  fromOther?: unknown;
  /**
   * What {@link callRender} and {@link callOtherRender} ask, and what {@link onCall} answers: a
   * function type of message and answer, or a union of these.
   */
  calls?: Exchange;
}

/** A message and its answer. */
export type Exchange = (msg: never) => unknown;

/** The names of the contract's windows, or any string. */
export type WindowName = unknown extends Windows ? string : keyof Windows & string;

/** What may be sent to the main process. */
export type MsgToMain = MsgOf<ToMain>;

/** What the main process answers to a message. */
export type AnswerFromMain<Msg = MsgToMain> = AnswerOf<ToMain, Msg>;

/** What the main process may send to a window, or to any. */
export type MsgFromMain<Name extends WindowName = WindowName> = Taken<Name, "fromMain">;

/** What windows may send to a window, or to any. */
export type MsgFromOther<Name extends WindowName = WindowName> = Taken<Name, "fromOther">;

/** What a window may be asked, or any window. */
export type CallTo<Name extends WindowName = WindowName> = MsgOf<Taken<Name, "calls">>;

/** What a window, or any window, answers to a call. */
export type AnswerFrom<Name extends WindowName = WindowName, Msg = CallTo<Name>> = AnswerOf<
  Taken<Name, "calls">,
  Msg
>;

/** `unknown` stands for what the contract leaves open, in each of these. */
type Messages = Register extends { messages: infer Declared } ? Declared : unknown;
type ToMain = Messages extends { toMain: infer Declared } ? Declared : unknown;
type Windows = Messages extends { windows: infer Declared } ? Declared : unknown;

/** The members of a union's members, not only those that all have. */
type MembersOf<Union> = Union extends unknown ? keyof Union : never;

type Taken<Name, Kind extends keyof WindowContract> = unknown extends Windows
  ? unknown
  : Kind extends MembersOf<Windows[keyof Windows]>
    ? Name extends keyof Windows
      ? Windows[Name] extends { [Member in Kind]: infer Msg }
        ? Msg
        : never
      : never
    : unknown;

type MsgOf<Exchanges> = unknown extends Exchanges
  ? unknown
  : Exchanges extends (msg: infer Msg) => unknown
    ? Msg
    : never;

type AnswerOf<Exchanges, Msg> = unknown extends Exchanges
  ? unknown
  : Msg extends unknown
    ? Exchanges extends (msg: infer Known) => infer Answer
      ? Msg extends Known
        ? Awaited<Answer>
        : never
      : never
    : never;

/**
 * What a call takes: the message of the contract, if there is one, so that a member too many is an
 * error. The condition on Msg is never met; it makes the compiler infer Msg from the argument.
 */
type Sent<Msg, Allowed> = unknown extends Allowed ? Msg : [Msg] extends [never] ? Msg : Allowed;

/** What the contract promises, or else what the caller says, or else unknown. */
type Reply<Answer, Promised> = unknown extends Promised ? Answer : Promised;

/** What a handler may return. With several handlers, undefined leaves the answer to the others. */
type Handled<Answer> = unknown extends Answer
  ? unknown
  : // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement.
    Answer | undefined | void | Promise<Answer | undefined | void>;

// ------------------------------------------------------------------ main process and windows

/** Options of a request. A request without them may take as long as its handler likes. */
export interface AskOptions {
  /**
   * How long to wait for the answer, in milliseconds, the wait for a handler included. After that
   * the promise rejects with `ERR_TIMEOUT`, and the `signal` of the handler's event is aborted with
   * it. The main process keeps the time of pages' requests too: the timers of a hidden window may wake
   * once a minute only. Integer from 0 to 2,147,483,647, default: no limit.
   */
  timeoutMs?: number | undefined;
  /**
   * Gives the request up: the promise rejects with the signal's reason, and the `signal` of the
   * handler's event is aborted with a copy of it. Default: none.
   */
  signal?: AbortSignal | undefined;
}

/** Messages that were accepted or sent, and will not be delivered. */
export interface Undeliverable {
  /**
   * The name of the window that they were for; its first 100 characters, where it is very long. Of a
   * page's messages to more than 1,000 windows at once, the others' share a report for `…`.
   */
  readonly windowName: string;
  /** How many messages. */
  readonly count: number;
  readonly code:
    | "ERR_TARGET_GONE"
    | "ERR_QUEUE_FULL"
    | "ERR_UNKNOWN_WINDOW"
    | "ERR_SUBFRAME"
    | "ERR_ORIGIN";
  /** Why, where the code is `ERR_TARGET_GONE`. */
  readonly reason?: GoneReason | undefined;
  /** The same in a sentence. */
  readonly message: string;
}

/**
 * Reports messages of this process that cannot be delivered: what waited for a window that was
 * closed or was sent to its name after that, what gave way at a bound, and, in a window, what {@link sendMsgToOtherRender} sent to an
 * unknown name or a full queue. Messages of one turn with the same fate share a report. What a call
 * throws or a promise rejects with is not reported again.
 *
 * While nobody listens, there is one warning on the console for each window and reason. Main
 * process (for what it sent), page or preload (for what that window sent from there).
 */
export declare function onUndeliverable(callback: (report: Undeliverable) => void): Undo;

// ---------------------------------------------------------------------------- main process

/** What a handler in the main process learns of a message. The message itself comes beside it. */
export interface MainEvent extends Pick<IpcMainEvent, "sender" | "frameId" | "processId"> {
  /**
   * The name of the window that sent it, read by the main process from the webContents that it
   * came from; undefined for a window without a name.
   */
  readonly windowName?: WindowName | undefined;
  /**
   * The origin of the document that sent it, as Electron tells it: `"https://example.com"`,
   * `"app://station"`, `"file://"` for files, or `"null"` for an opaque origin.
   */
  readonly origin: string;
  /**
   * The frame of the document that sent it, or null once that document has ended: Electron's frame
   * shows the next document then.
   */
  readonly senderFrame: IpcMainEvent["senderFrame"];
  /** Aborted when nobody waits for the answer any more: aborted, timed out, or the page is gone. */
  readonly signal: AbortSignal;
}

/** Options of {@link initIpc}. */
export interface IpcOptions {
  /**
   * Finds a window that is not in this package's table, for apps that keep their own or
   * electron-prokit's createWindow: `resolveWindow: (name) => prokit.getWindow(name)`. The window
   * that it returns is registered under that name, and it is not asked for the name again.
   *
   * Pages choose names: do not trust them, and keep your windows in a Map, not in an object, which
   * has members such as `constructor`. If it returns no window for a name that a page uses, it is not
   * asked for the name again for a second. If it returns none for 100 names in a second, it is not
   * asked for other names that pages use until the second is over; they are unknown. When main sends,
   * it is asked each time. It is never asked for names of more than 1,024 bytes.
   * Default: none, unknown names are errors.
   */
  resolveWindow?: (name: string) => BrowserWindow | null | undefined;
  /**
   * Registers this package's preload for the default session, or for the sessions that are named, by
   * themselves or by their partition (`{ sessions: ["persist:work"] }`), so that no window of theirs
   * needs one of its own. It opens the calls to every page of the session, remote ones too; hence
   * the default false.
   */
  registerPreload?: boolean | { sessions: readonly (Session | string)[] };
  /**
   * Lets subframes take part whose preload calls initExposeInMainWorld (Electron runs preloads in
   * subframes where `webPreferences.nodeIntegrationInSubFrames` is set). They send under their
   * window's name, and what they send carries their `origin`; they listen to what is sent to the
   * window. Default false: what subframes send is refused with ERR_SUBFRAME.
   */
  subframes?: boolean;
  /**
   * Whose documents may take part, by their origin: `"app://station"`, `"file://"`,
   * `"https://*.example.com"` (`*` stands for one label of the host, or for the port), or `"null"`
   * for every opaque origin. Each document is checked once, when its preload connects. The calls of
   * another document reject with ERR_ORIGIN, and nothing that is sent to its window reaches it.
   * Default: all documents may, and the main process warns once for each origin of the web.
   */
  origins?: readonly string[];
  /**
   * Lets windows take part whose preload is still electron-prokit's: what its preload sends is
   * answered here, and what is sent to such a window goes to its preload once its page has loaded,
   * without waiting for a listener. Default true; where electron-prokit's own onMsgFromRender or
   * initIpc is called too, earlier or later, what that answers is left to it.
   */
  prokitPreloads?: boolean;
  /**
   * How long a request waits for a handler (onMsgFromRender in the main process, onCall in a
   * window, the window's loading included) before it rejects with ERR_NO_HANDLER, in milliseconds.
   * Integer from 0 to 2,147,483,647, default 5,000. A handler, once it runs, may take as long as it
   * likes.
   */
  handlerWaitMs?: number;
  /**
   * How many messages and requests may wait for one window (and, apart, for the main process). A
   * quarter is kept for what main sends. Of the rest, one window may have at most three quarters.
   * Integer from 1 to 10,000,000, default 100,000.
   */
  maxQueueRecords?: number;
  /**
   * How much may wait for one window (and, apart, for the main process), in bytes of encoded
   * messages, and apart in bytes of answers. A quarter is kept for what main sends. Of the rest, one
   * window may have at most three quarters, so one message of a page has at most 9/16 of this bound.
   * An attachment counts 512 bytes more than it has. The bytes are those of UTF-8, and of text of 32,768 characters or more one for each character, or
   * two where not all are of Latin-1, as V8 keeps it. Integer from 65,536 (64 KiB) to
   * 4,294,967,295, default 268,435,456 (256 MiB).
   */
  maxQueueBytes?: number;
  /**
   * How much may be under way to one document of a window, JS world by JS world, that it has not
   * taken yet, in bytes of encoded messages; a single message may be longer. What is beyond waits
   * in the window's queue, so a page that is busy costs no more memory than these two bounds.
   * Integer from 262,144 (256 KiB) to 1,073,741,824 (1 GiB), default 4,194,304 (4 MiB).
   */
  maxInFlightBytes?: number;
  /**
   * What happens to a message that meets a full queue. `"reject"`, the default: it is refused;
   * sendMsgToRender throws, requests reject, sendMsgToOtherRender reports by onUndeliverable.
   * `"drop-oldest"`: the longest waiting message is dropped. `"drop-newest"`: the message is
   * dropped. Each drop is counted in {@link stats} and reported by {@link onUndeliverable}.
   * Requests are never dropped but rejected, and answers pass the bounds, so that every promise
   * settles.
   */
  overflow?: "reject" | "drop-oldest" | "drop-newest";
}

/**
 * Starts the router. Main process; windows may have been created before. A second call is
 * harmless: options that it names replace the earlier ones, the others stay. New bounds hold for
 * messages sent from then on; what waits already stays.
 *
 * @throws ERR_INVALID_OPTION for an unknown option, a wrong type or a value out of range; nothing
 * is changed then.
 */
export declare function initIpc(options?: IpcOptions): void;

/**
 * Handles messages that pages send with {@link sendMsgToMain}. What it returns, or what its
 * promise resolves to, is the answer; what it throws rejects the page's promise.
 *
 * Several handlers each get each message; the answer is the first, in the order in which they
 * were added, that is not undefined. The same function twice counts once. Messages that arrive
 * before the first handler wait for it, `handlerWaitMs` at most. Main process.
 */
export declare function onMsgFromRender<Msg extends MsgToMain = MsgToMain>(
  callback: (event: MainEvent, msg: Msg) => Handled<AnswerFromMain<Msg>>,
): Undo;

/**
 * The same, for handlers that annotate their event as electron-prokit has it. What it has beyond
 * {@link MainEvent} is not there.
 */
export declare function onMsgFromRender<Msg extends MsgToMain = MsgToMain>(
  callback: (event: IpcMainEvent, msg: Msg) => Handled<AnswerFromMain<Msg>>,
): Undo;

/**
 * Sends a message to the window of a name, where {@link onMsgFromMain} gets it. While the window
 * is loading or has no listener, the message waits. If the window has closed, the message is
 * reported ({@link onUndeliverable}). Main process.
 *
 * @throws ERR_UNKNOWN_WINDOW, ERR_QUEUE_FULL, ERR_NOT_CLONEABLE.
 */
export declare function sendMsgToRender<
  Msg extends MsgFromMain<Name>,
  Name extends WindowName = WindowName,
>(windowName: Name, msg: Sent<Msg, MsgFromMain<Name>>): void;

/**
 * Asks the window of a name; resolves to what its {@link onCall} handler answers. Main process.
 *
 * @returns rejects with what the handler threw, or with ERR_UNKNOWN_WINDOW, ERR_QUEUE_FULL,
 * ERR_NO_HANDLER (no onCall for `handlerWaitMs`), ERR_TARGET_GONE (the page went away while its
 * handler was at work, or the window has closed), ERR_TIMEOUT, or the reason of the signal.
 * @throws ERR_NOT_CLONEABLE, ERR_INVALID_OPTION at once.
 */
export declare function callRender<
  Msg extends CallTo<Name>,
  Answer = unknown,
  Name extends WindowName = WindowName,
>(
  windowName: Name,
  msg: Sent<Msg, CallTo<Name>>,
  options?: AskOptions,
): Promise<Reply<Answer, AnswerFrom<Name, Msg>>>;

/**
 * Creates a BrowserWindow under a name; when it closes, the name is free again. If a window of
 * that name exists, warns on the console and returns that one. Main process.
 */
export declare function createWindow(
  name: WindowName,
  options?: BrowserWindowConstructorOptions,
): BrowserWindow;

/** The window of a name, or undefined. Main process. */
export declare function getWindow(name: WindowName): BrowserWindow | undefined;

/** Destroys the window of a name; does nothing if there is none. Main process. */
export declare function destroyWindow(name: WindowName): void;

/** All windows that have a name, in the order in which they got it. Main process. */
export declare function getAllWindows(): BrowserWindow[];

/** Whether a window has this name. Main process. */
export declare function hasWindow(name: WindowName): boolean;

/** Destroys all windows that have a name. Main process. */
export declare function clearWindows(): void;

/**
 * Shows and centres the window of a name; a console error if there is none. Main process.
 * @param name default "main"
 */
export declare function showWindow(name?: WindowName): void;

/**
 * Gives a name to a window that the app created itself. The same pair again changes nothing.
 * Main process.
 *
 * @throws ERR_NAME_TAKEN if another window has the name or the window has another.
 */
export declare function registerWindow(name: WindowName, window: BrowserWindow): void;

/**
 * Takes a window's name away without closing the window; messages that wait under it are dropped.
 * Main process.
 * @returns whether a window had the name
 */
export declare function unregisterWindow(name: WindowName): boolean;

/** The file of the ready-made preload, for `webPreferences.preload`. Main process. */
export declare function getPreloadPath(): string;

/**
 * Counts of messages (answers among them). At every moment
 * `accepted = delivered + queued + dropped`.
 */
export interface Counts {
  /** Let into a queue. */
  accepted: number;
  /** Handed to Electron on the way to their target. */
  delivered: number;
  /** Waiting now. */
  queued: number;
  /** Bytes of encoded messages waiting now. */
  queuedBytes: number;
  /** Let in and given up since: at a bound, or because their target went away. */
  dropped: number;
  /** Not let in; the sender was told. */
  refused: number;
}

/** What {@link stats} returns. */
export interface Stats {
  /** By window name. */
  windows: Record<string, Counts>;
  /** Windows without a name, together. */
  unnamed: Counts;
  /** Windows that were closed, together. */
  closed: Counts;
  /** What pages sent to the main process. */
  mainProcess: Counts;
  /** All of these together. */
  total: Counts;
  /** Messages refused because no window had the name. */
  unknownWindow: number;
  /** Packets that main rejected because they are malformed. */
  badPackets: number;
}

/** The counters of the router at this moment. Main process. */
export declare function stats(): Stats;

// --------------------------------------------------------------------------------- preload

/**
 * Lets the page use this package, and sets `window.electronProkit` for pages built with
 * electron-prokit. A second call is harmless. Preload.
 */
export declare function initExposeInMainWorld(): void;

// ------------------------------------------------------------------------ page and preload

/**
 * What a listener in a window learns of a message. The raw ipc event stays in the preload, so the
 * members of Electron's event are declared for existing annotations and are not there.
 */
export interface RenderEvent extends Partial<IpcRendererEvent> {
  /**
   * The name of the window that sent the message, as the main process knows it; undefined when
   * the main process or a window without a name sent it.
   */
  readonly windowName?: WindowName | undefined;
  /** The origin of the document that sent it; undefined for the main process. See {@link MainEvent.origin}. */
  readonly origin?: string | undefined;
}

/** What a handler in a window learns of a call. */
export interface CallEvent {
  /** Whether the main process calls. */
  readonly fromMain: boolean;
  /** The name of the window that calls; undefined for main or a window without a name. */
  readonly windowName?: WindowName | undefined;
  /** The origin of the document that calls; undefined for the main process. See {@link MainEvent.origin}. */
  readonly origin?: string | undefined;
  /** Aborted when nobody waits for the answer any more: aborted, timed out, or the page is gone. */
  readonly signal: AbortSignal;
}

/** Listens in a window. Several listeners each get each message. */
export type RenderCallback<Msg> = { call(event: RenderEvent, msg: Msg): void }["call"];

/**
 * Sends a message to the main process and resolves to the answer of its handler. Page or preload.
 *
 * @param options what is no object is ignored, as it always was: `list.map(sendMsgToMain)` works
 * @returns rejects with what the handler threw (name, message, stack, code, cause and plain own
 * properties), or with ERR_NO_HANDLER, ERR_QUEUE_FULL, ERR_TIMEOUT, or the reason of the signal.
 * @throws ERR_NOT_CLONEABLE, ERR_INVALID_OPTION at once.
 */
export declare function sendMsgToMain<Msg extends MsgToMain = MsgToMain, Answer = unknown>(
  msg: Sent<Msg, MsgToMain>,
  options?: AskOptions | number,
): Promise<Reply<Answer, AnswerFromMain<Msg>>>;

/**
 * Listens to messages that the main process sends with {@link sendMsgToRender}. The first
 * listener gets what waited. The same function twice counts once. Page or preload.
 */
export declare function onMsgFromMain<Msg extends MsgFromMain = MsgFromMain>(
  callback: RenderCallback<Msg>,
): Undo;

/** Removes a listener that was added with {@link onMsgFromMain}. Page or preload. */
export declare function offMsgFromMain<Msg extends MsgFromMain = MsgFromMain>(
  callback: RenderCallback<Msg>,
): void;

/**
 * Sends a message to the window of a name, where {@link onMsgFromOtherRender} gets it. An unknown
 * name is reported by {@link onUndeliverable}, or else on the console. Page or preload.
 *
 * @throws ERR_NOT_CLONEABLE; ERR_INVALID_OPTION for a name of more than 1,024 characters.
 */
export declare function sendMsgToOtherRender<
  Msg extends MsgFromOther<Name>,
  Name extends WindowName = WindowName,
>(windowName: Name, msg: Sent<Msg, MsgFromOther<Name>>): void;

/**
 * Listens to messages that other windows (or this one) send with {@link sendMsgToOtherRender}.
 * The first listener gets what waited. The same function twice counts once. Page or preload.
 */
export declare function onMsgFromOtherRender<Msg extends MsgFromOther = MsgFromOther>(
  callback: RenderCallback<Msg>,
): Undo;

/** {@link onMsgFromOtherRender} under the name that electron-prokit's code has for it. */
export declare function onMsgFormOtherRender<Msg extends MsgFromOther = MsgFromOther>(
  callback: RenderCallback<Msg>,
): Undo;

/** Removes a listener that was added with {@link onMsgFromOtherRender}. Page or preload. */
export declare function offMsgFromOtherRender<Msg extends MsgFromOther = MsgFromOther>(
  callback: RenderCallback<Msg>,
): void;

/**
 * Asks the window of a name; resolves to what its {@link onCall} handler answers. Page or preload.
 *
 * @returns rejects as {@link callRender} does.
 * @throws ERR_NOT_CLONEABLE, ERR_INVALID_OPTION at once. A name has at most 1,024 characters.
 */
export declare function callOtherRender<
  Msg extends CallTo<Name>,
  Answer = unknown,
  Name extends WindowName = WindowName,
>(
  windowName: Name,
  msg: Sent<Msg, CallTo<Name>>,
  options?: AskOptions,
): Promise<Reply<Answer, AnswerFrom<Name, Msg>>>;

/**
 * Handles calls to this window: {@link callRender} of the main process, {@link callOtherRender} of
 * a window. What it returns, or what its promise resolves to, is the answer; what it throws rejects
 * the caller's promise.
 *
 * Several handlers each get each call; the answer is the first, in the order in which they were
 * added, that is not undefined. A call goes to one JS world: the page's, or else the preload's,
 * where both have handlers. Calls that come before the first handler wait for it, `handlerWaitMs`
 * at most. Page or preload.
 */
export declare function onCall<Msg extends CallTo = CallTo>(
  callback: (event: CallEvent, msg: Msg) => Handled<AnswerFrom<WindowName, Msg>>,
): Undo;
