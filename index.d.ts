/**
 * electron-switchyard: messages between an Electron app's main process and its named windows.
 *
 * One import serves all three places. The description of each function ends with the process that
 * may call it. Anywhere else it throws an error with code `ERR_WRONG_PROCESS`.
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
  WebContents,
} from "electron";

/** Removes the listener or handler that it was returned for. A second call does nothing. */
export type Undo = () => void;

/**
 * The `code` of each error that this package throws or rejects with. The message of each begins with
 * `electron-switchyard: `, and its stack as those of Node's errors do: `Error [ERR_NO_MAIN]: electron-switchyard: ...`.
 * The `name` is `Error`, `TypeError` for ERR_INVALID_ARG_TYPE, `DataCloneError` for a value that cannot be sent and
 * `AbortError` for ERR_ABORTED.
 *
 * | code | when |
 * |---|---|
 * | `ERR_INVALID_ARG_TYPE` | an argument is of the wrong type; the error is a TypeError |
 * | `ERR_INVALID_OPTION` | an option is of the wrong type or out of its range, or a name is too long |
 * | `ERR_NOT_CLONEABLE` | a value holds a part that no message can carry, or exceeds a limit; the message says where |
 * | `ERR_UNKNOWN_WINDOW` | no window ever had the name; the message lists the existing names |
 * | `ERR_NAME_TAKEN` | another window has the name, or the window has another name |
 * | `ERR_QUEUE_FULL` | there is no room in the target's queue, in its sender's share of it, or for one more request or answer |
 * | `ERR_TARGET_GONE` | the window was closed or its page replaced; `reason` is a {@link GoneReason} |
 * | `ERR_NO_HANDLER` | no handler took the request within `handlerWaitMs` |
 * | `ERR_NO_METHOD` | the service has no method of that name; the message lists its methods |
 * | `ERR_TIMEOUT` | no answer came within the request's own `timeoutMs` |
 * | `ERR_ABORTED` | the request's signal was aborted and has no reason of its own |
 * | `ERR_SUBFRAME` | a subframe called, and `initIpc({ subframes: true })` is not set |
 * | `ERR_ORIGIN` | the document's origin is none of those that `initIpc({ origins })` names |
 * | `ERR_WRONG_PROCESS` | this process may not make the call |
 * | `ERR_NO_MAIN` | the main process has not answered the page within 5,000 ms (it calls nothing of this package, or does not listen), or cannot read its hello |
 * | `ERR_NO_PRELOAD` | the page has no preload that calls initExposeInMainWorld |
 * | `ERR_NATIVE_LOAD` | the native binary could not be loaded; the message lists each try |
 * | `ERR_BAD_PACKET` | a packet was not made by this package, or exceeds a limit of one message |
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
  | "ERR_NO_METHOD"
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
 * The `reason` of an error with code `ERR_TARGET_GONE`:
 *
 * - `closed`: the window was closed.
 * - `crashed`: its page crashed.
 * - `reloaded`: its page was replaced, by a reload or a navigation.
 * - `unregistered`: the name of the window was unregistered.
 * - `removed`: the message was for one listener only, and that listener was removed.
 */
export type GoneReason = "closed" | "crashed" | "reloaded" | "unregistered" | "removed";

// ------------------------------------------------------------- a contract for the messages

/**
 * Your app's contract for its messages, once for all processes. Without a contract, messages and
 * answers are `unknown`, and names are strings. With a contract, the compiler checks names, messages
 * and answers, and editors know them. The contract does not exist at run time.
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
 * // In the page of "work". The compiler does not know which page that is, so the type says it:
 * onMsgFromOtherRender<MsgFromOther<"work">>((event, msg) => console.log(msg === "pause"));
 * ```
 *
 * Type arguments name the type of a single message: `sendMsgToMain<Question, Answer>(msg)`. If there
 * is a contract, they can only be a part of it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: apps merge their contract into it.
export interface Register {}

/** The type of the member `messages` of {@link Register}. A member that it leaves out is not checked. */
export interface MessageContract {
  /**
   * The messages of {@link sendMsgToMain} and the answers of {@link onMsgFromRender}: a function type
   * of message and answer, or a union of these.
   */
  toMain?: Exchange;
  /** The services of the main process by name. Each is an interface, and its methods can be called. */
  services?: object;
  /** Topics by name. Each is the type of its values. */
  topics?: object;
  /** Windows by name. `[name: \`doc-${number}\`]` is for names that are made at run time. */
  windows?: { [name: string]: WindowContract };
}

/**
 * The messages that a window takes. If one window of the contract has a member, windows without the
 * member take no such messages. A member that no window has is not checked.
 */
export interface WindowContract {
  /** The messages that {@link sendMsgToRender} sends and {@link onMsgFromMain} gets. */
  fromMain?: unknown;
  /** The messages that {@link sendMsgToOtherRender} sends and {@link onMsgFromOtherRender} gets. */
  fromOther?: unknown;
  /**
   * The messages of {@link callRender} and {@link callOtherRender} and the answers of {@link onCall}:
   * a function type of message and answer, or a union of these.
   */
  calls?: Exchange;
  /** The services of the window by name. Each is an interface, and its methods can be called. */
  services?: object;
}

/** A message and its answer. */
export type Exchange = (msg: never) => unknown;

/** The names of the contract's windows, or any string. */
export type WindowName = unknown extends Windows ? string : keyof Windows & string;

/** The messages that may be sent to the main process. */
export type MsgToMain = MsgOf<ToMain>;

/** The answer of the main process to a message. */
export type AnswerFromMain<Msg = MsgToMain> = AnswerOf<ToMain, Msg>;

/** The messages that the main process may send to a window, or to any window. */
export type MsgFromMain<Name extends WindowName = WindowName> = Taken<Name, "fromMain">;

/** The messages that windows may send to a window, or to any window. */
export type MsgFromOther<Name extends WindowName = WindowName> = Taken<Name, "fromOther">;

/** The messages of calls to a window, or to any window. */
export type CallTo<Name extends WindowName = WindowName> = MsgOf<Taken<Name, "calls">>;

/** The answer of a window, or of any window, to a call. */
export type AnswerFrom<Name extends WindowName = WindowName, Msg = CallTo<Name>> = AnswerOf<
  Taken<Name, "calls">,
  Msg
>;

/** The names of the services of the main process, or of a window, or any string. */
export type ServiceName<Target extends WindowName | undefined = undefined> = NamesIn<
  ServicesOf<Target>
>;

/** A service of the main process, or of a window. */
export type ServiceOf<
  Name extends string,
  Target extends WindowName | undefined = undefined,
> = EntryOf<ServicesOf<Target>, Name>;

/** The names of the contract's topics, or any string. */
export type TopicName = NamesIn<Topics>;

/** The values of a topic, or of any topic. */
export type TopicValue<Topic extends string = TopicName> = EntryOf<Topics, Topic>;

/** In each of these, `unknown` stands for a part that the contract leaves out. */
type Messages = Register extends { messages: infer Declared } ? Declared : unknown;
type ToMain = Messages extends { toMain: infer Declared } ? Declared : unknown;
type ServicesOfMain = Messages extends { services: infer Declared } ? Declared : unknown;
type Topics = Messages extends { topics: infer Declared } ? Declared : unknown;
type Windows = Messages extends { windows: infer Declared } ? Declared : unknown;

/** The keys that any member of a union has, not only those that all have. It leaves out what is optional. */
type MembersOf<Union> = Union extends unknown
  ? {
      [Key in keyof Union]-?: Union extends { [Member in Key]: unknown } ? Key : never;
    }[keyof Union]
  : never;

type Taken<Name, Kind extends keyof WindowContract> = unknown extends Windows
  ? unknown
  : Kind extends MembersOf<Windows[keyof Windows]>
    ? Name extends keyof Windows
      ? Windows[Name] extends { [Member in Kind]: infer Msg }
        ? Msg
        : never
      : never
    : unknown;

/**
 * The services of a window, or of the main process if the target is undefined. If there are several targets, one
 * whose services the contract leaves out adds none, unless it leaves out all.
 */
type ServicesOf<Target extends WindowName | undefined> = [AreServicesOpen<Target>] extends [true]
  ? unknown
  : Target extends unknown
    ? AreServicesOpen<Target> extends true
      ? never
      : DeclaredServices<Target>
    : never;

/** Whether the contract leaves out the services of a target: both, if it leaves out those of a part. */
type AreServicesOpen<Target> = Target extends unknown
  ? unknown extends DeclaredServices<Target>
    ? true
    : false
  : never;

type DeclaredServices<Target> = Target extends WindowName
  ? Taken<Target, "services">
  : ServicesOfMain;

/** The names in a table. If it is a union, the names in any of its tables. */
type NamesIn<Table> = unknown extends Table
  ? string
  : Table extends unknown
    ? keyof Table & string
    : never;

type EntryOf<Table, Name> = unknown extends Table
  ? unknown
  : Table extends unknown
    ? Name extends keyof Table
      ? Table[Name]
      : never
    : never;

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
 * The message that a call takes: that of the contract, if there is one, because then an unknown
 * member is an error. The condition on Msg is never met. It makes the compiler infer Msg from the
 * argument.
 */
type Sent<Msg, Allowed> = unknown extends Allowed ? Msg : [Msg] extends [never] ? Msg : Allowed;

/** The answer of the contract, or else the caller's type argument, or else unknown. */
type Reply<Answer, Promised> = unknown extends Promised ? Answer : Promised;

/** The return type of a handler. With several handlers, undefined leaves the answer to the others. */
type Handled<Answer> = unknown extends Answer
  ? unknown
  : // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement.
    Answer | undefined | void | Promise<Answer | undefined | void>;

/**
 * The handler, if it takes each message that is sent to main, or to one of the windows. A handler that
 * narrows its message would get the rest all the same.
 */
type Whole<ByPlace, Msg, Handler> = unknown extends ByPlace[keyof ByPlace]
  ? Handler
  : true extends { [Place in keyof ByPlace]: IsWhole<ByPlace[Place], Msg> }[keyof ByPlace]
    ? Handler
    : HandlerThatAlsoTakes<
        { [Place in keyof ByPlace]: RestOf<ByPlace[Place], Msg> }[keyof ByPlace]
      >;

type ByWindow<Kind extends keyof WindowContract> = { [Name in WindowName]: Taken<Name, Kind> };
type CallsByWindow = { [Name in WindowName]: CallTo<Name> };

type IsWhole<All, Msg> = [All] extends [never] ? false : [All] extends [Msg] ? true : false;

type RestOf<All, Msg> = [Extract<Msg, All>] extends [never] ? never : Exclude<All, Msg>;

/** No function has this type. Its name is for the compiler's message. */
interface HandlerThatAlsoTakes<Rest> {
  readonly "each handler gets every message": Rest;
}

// ------------------------------------------------------------------ main process and windows

/** Options of a request. Without options, a request may take as long as its handler likes. */
export interface AskOptions {
  /**
   * The time to wait for the answer, in milliseconds, including the wait for a handler. After that
   * the promise rejects with `ERR_TIMEOUT`, and the `signal` of the handler's event is aborted with
   * the same error. The main process keeps this time for pages too, because the timers of a hidden
   * window may fire once a minute only. Integer from 0 to 2,147,483,647, default: no limit.
   */
  timeoutMs?: number | undefined;
  /**
   * Cancels the request when it is aborted: the promise rejects with the signal's reason, and the
   * `signal` of the handler's event is aborted with a copy of that reason. Default: none.
   */
  signal?: AbortSignal | undefined;
}

/** Messages that were sent or accepted and will not be delivered. */
export interface Undeliverable {
  /**
   * The name of the target window, or the first 100 characters of a longer name. If a page sends to
   * more than 1,000 windows at once, one report for `…` counts the messages to the others. If `topic` is
   * there, the name of the window whose copies are meant, or an empty string: for the main process, for a
   * window without a name, or if the topic itself is meant.
   */
  readonly windowName: string;
  /** The topic, or the first 100 characters of a longer name, if it is about published values. */
  readonly topic?: string | undefined;
  /** The service, or the first 100 characters of a longer name, if {@link serve} was rejected: calls do not come. */
  readonly service?: string | undefined;
  /** The number of messages. */
  readonly count: number;
  readonly code:
    | "ERR_TARGET_GONE"
    | "ERR_QUEUE_FULL"
    | "ERR_UNKNOWN_WINDOW"
    | "ERR_INVALID_OPTION"
    | "ERR_SUBFRAME"
    | "ERR_ORIGIN";
  /** Why, if the code is `ERR_TARGET_GONE`. */
  readonly reason?: GoneReason | undefined;
  /** The same in a sentence. */
  readonly message: string;
}

/**
 * Reports messages of this process that cannot be delivered:
 *
 * - messages that waited for a window when it was closed, or were sent to its name after that;
 * - messages that were dropped at a limit;
 * - in a window, messages that {@link sendMsgToOtherRender} sent to an unknown name or a full queue;
 * - copies of values that {@link publish} did not deliver to a window, and values that were not retained;
 * - calls of a service that {@link serve} could not serve, because there are too many services.
 *
 * Messages of one turn with the same fate share a report. An error that a call throws or a promise
 * rejects with is not reported again.
 *
 * While there is no listener, the console has one warning for each window and reason. Main process
 * (for messages that it sent), page or preload (for messages that the window sent from there).
 */
export declare function onUndeliverable(callback: (report: Undeliverable) => void): Undo;

// --------------------------------------------------------------------- services and topics

/**
 * A service, as a caller has it: the methods of its interface, each with a promise of its answer. Names
 * that begin with `_`, and members that are no functions, are not in it. It has no `then`, so an async
 * function can return it, and no other member that tools read of any object. If a method has overloads,
 * the compiler knows the last one only.
 */
export type Client<Service> = {
  readonly [Name in keyof Known<Service> as MethodName<Known<Service>, Name>]-?: ClientMethod<
    NonNullable<Known<Service>[Name]>
  >;
};

/**
 * A service, as the one who serves it has it: an object with its methods, or a function that returns
 * such an object for each call. A method returns its answer, or a promise of it.
 */
export type Implementation<Service> =
  | Served<Service>
  | { call(event: ServiceEvent): Served<Service> }["call"];

/**
 * The argument of an {@link Implementation} that is a function. In the main process it is a
 * {@link MainEvent}, in a window a {@link CallEvent}, and the function may annotate it so.
 */
export interface ServiceEvent {
  /** The name of the window that calls; undefined for main or a window without a name. */
  readonly windowName?: WindowName | undefined;
  /** The origin of the document that calls; undefined for the main process. See {@link MainEvent.origin}. */
  readonly origin?: string | undefined;
  /** Aborted when nobody waits for the answer any more: aborted, timed out, or the asker has ended. */
  readonly signal: AbortSignal;
}

/** Options of a client. Each of its calls has its `timeoutMs` and its `signal`. */
export interface ConnectOptions<Target extends WindowName | undefined = WindowName | undefined>
  extends AskOptions {
  /** The name of the window that serves. Default: the main process serves. */
  in?: Target;
}

/**
 * Serves a service: the methods of the implementation can be called with {@link connect}. Methods are
 * those that the object or your classes define: not those of JavaScript's own classes, no getters, and no
 * names that begin with `_`. If the implementation is a function, it is called for each call with the
 * call's event, and returns the object.
 *
 * Serving a name again in the same place replaces its implementation for later calls. Then the earlier
 * Undo does nothing. Calls that came before wait, for `handlerWaitMs` at most. Calls that were not taken
 * when the service ends wait for the next one. Main process, page or preload.
 *
 * A page serves at most 4,096 services, and so does the main process. {@link onUndeliverable} reports a
 * further one with `ERR_QUEUE_FULL` and the name in `service`. When others have ended, its Undo and a new
 * serve try again.
 *
 * If there is a contract, the implementation has each method of the service and its answers. The type
 * argument names the service if there is none, or if the contract leaves out the services of main or of windows.
 *
 * @param service a name of 1 to 1,024 bytes
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_OPTION
 */
export declare function serve<
  Service = unknown,
  Name extends Servable<Service> = Servable<Service>,
>(service: Name, implementation: Implementation<ServedUnder<Name, Service>>): Undo;

/**
 * A client of a service of the main process, or of the window that `in` names. Each method sends its
 * call at once, and resolves to the answer. The client exists before its service does: a call waits for
 * it, for `handlerWaitMs` at most. Main process, page or preload.
 *
 * A call rejects with the error that the method threw, or as {@link callRender} does, or with
 * ERR_NO_METHOD. If there is a contract, the compiler knows the client's methods by the name. The type
 * argument names the service if there is none.
 *
 * @param service a name of 1 to 1,024 bytes
 * @throws ERR_INVALID_ARG_TYPE, ERR_INVALID_OPTION. If arguments cannot be sent, the method's promise rejects.
 */
export declare function connect<
  Service = unknown,
  Target extends WindowName | undefined = undefined,
  Name extends Connectable<Service, Target> = Connectable<Service, Target>,
>(
  service: Name,
  options?: ConnectOptions<Target | InAnyWindow<Service>>,
): Client<Connected<Service, Name, Target>>;

/** A service whose interface nobody has named. */
type AnyService = { [method: string]: (...args: unknown[]) => unknown };
type Known<Service> = unknown extends Service ? AnyService : Service;

type AnyMethod = (...args: never) => unknown;
type ArgumentsOf<Method> = Method extends (...args: infer Arguments) => unknown ? Arguments : never;
type ResultOf<Method> = Method extends (...args: never) => infer Result ? Awaited<Result> : never;

/** They are never methods. Tools read all but the first of any object, and call them if they are there. */
type NoMethod = "constructor" | "then" | "toJSON" | "asymmetricMatch" | `_${string}`;

/** The name, if a caller may use it. */
type MethodName<Service, Name extends keyof Service> = Name extends NoMethod | number | symbol
  ? never
  : NonNullable<Service[Name]> extends AnyMethod
    ? Name
    : never;

type ClientMethod<Method> =
  HasStream<ResultOf<Method>> extends true
    ? AnswerCannotBeAStream
    : (...args: ArgumentsOf<Method>) => Promise<ResultOf<Method>>;

type Served<Service> = unknown extends Service ? object | AnyService : Methods<Service>;
type Methods<Service> = {
  [Name in keyof Service as MethodName<Service, Name>]: ServedMethod<Service[Name]>;
};
type ServedMethod<Method> = Method extends AnyMethod
  ? HasStream<ResultOf<Method>> extends true
    ? AnswerCannotBeAStream
    : (...args: ArgumentsOf<Method>) => ResultOf<Method> | Promise<ResultOf<Method>>
  : Method;

type Stream = { [Symbol.asyncIterator](): unknown } | { getReader(): unknown };
type HasStream<Result> = unknown extends Result
  ? false
  : [Extract<Result, Stream>] extends [never]
    ? false
    : true;

/** No method has this type. Its name is for the compiler's message. */
interface AnswerCannotBeAStream {
  readonly "an answer is one value": never;
}

/** The main process, and every window. */
type Anywhere = WindowName | undefined;

/** Whether the contract leaves out the services of main and of windows. */
type ServicesAreOpen = unknown extends ServicesOf<Anywhere> ? true : false;

/** Whether it leaves out those of main, or those of windows. */
type SomeServicesAreOpen = true extends AreServicesOpen<Anywhere> ? true : false;

/** The names that can be served, or those of a service that a type argument names. */
type Servable<Service> = ServicesAreOpen extends true
  ? string
  : unknown extends Service
    ? ServiceName<Anywhere>
    : NamesThatFit<Service>;

/** The service of the contract, or else that of the type argument. */
type ServedUnder<Name extends string, Service> = ServicesAreOpen extends true
  ? Service
  : SomeServicesAreOpen extends true
    ? unknown extends NotInferred<Service>
      ? ServiceOf<Name, Anywhere>
      : NotInferred<Service>
    : ServiceOf<Name, Anywhere>;

/** The names that a client can have, of a target, or of a service that a type argument names. */
type Connectable<Service, Target extends Anywhere> =
  unknown extends ServicesOf<Target>
    ? string
    : unknown extends Service
      ? [ServiceName<Target>] extends [never]
        ? WindowWithoutServices<Target>
        : ServiceName<Target>
      : NamesThatFit<Service>;

/** No string has this type. Its name is for the compiler's message. */
type WindowWithoutServices<Target> = string & {
  readonly "the contract has no services of": Target;
};

/**
 * The names of the services that have each method of the type argument. Its service may be of a part that the
 * contract leaves out.
 */
type NamesThatFit<Service> = SomeServicesAreOpen extends true
  ? string
  : {
      [Name in ServiceName<Anywhere>]: [Extract<ServiceOf<Name, Anywhere>, Service>] extends [never]
        ? never
        : Name;
    }[ServiceName<Anywhere>];

/** The service of the contract, or else that of the type argument. */
type Connected<Service, Name, Target extends Anywhere> = ServicesAreOpen extends true
  ? Service
  : unknown extends ServicesOf<Target>
    ? NotInferred<Service>
    : unknown extends NotInferred<Service>
      ? EntryOf<ServicesOf<Target>, Name>
      : NotInferred<Service>;

/** The same type. The compiler does not infer it from the type that a caller expects. */
type NotInferred<Type> = [Type][Type extends unknown ? 0 : never];

/** Any window, if a type argument names the service, because then the compiler infers no target. */
type InAnyWindow<Service> = ServicesAreOpen extends true
  ? WindowName
  : unknown extends Service
    ? never
    : WindowName;

/** Options of {@link publish}. */
export interface PublishOptions {
  /**
   * The names of the windows whose subscribers get the value, or one name. Without it, all subscribers
   * get it, the main process too. If a name is unknown, {@link onUndeliverable} reports it.
   */
  to?: WindowName | readonly WindowName[] | undefined;
  /**
   * Whether the value waits for newcomers, who get it first. A later value with `retain` takes its place.
   * A value of undefined is delivered, and the topic then retains nothing. It does not go with `to`.
   */
  retain?: boolean | undefined;
  /**
   * A key of at most 1,024 bytes. The value takes the place of an earlier one that still waits for a
   * subscriber under the same topic and key, so a slow subscriber gets the last one.
   */
  conflate?: string | undefined;
}

/** The first argument of a subscriber. */
export interface TopicEvent {
  /** The name of the window that published the value; undefined for main or a window without a name. */
  readonly windowName?: WindowName | undefined;
  /** The origin of the document that published it; undefined for the main process. See {@link MainEvent.origin}. */
  readonly origin?: string | undefined;
}

/**
 * Publishes a value of a topic: each subscriber gets it, in each window and in the main process. If nobody
 * subscribes, nothing happens. Values of one publisher to one topic arrive in order.
 *
 * Each subscriber has its own queue. A slow window delays no other. A copy that does not fit into the
 * queue of a window is dropped, counted in {@link stats} and reported by {@link onUndeliverable}. Main
 * process, page or preload.
 *
 * @param topic a name of 1 to 1,024 bytes
 * @throws ERR_NOT_CLONEABLE, ERR_INVALID_ARG_TYPE, ERR_INVALID_OPTION. Never for anything that a window does.
 */
export declare function publish<Value = unknown, Topic extends TopicName = TopicsThatTake<Value>>(
  topic: Topic,
  value: Published<Value, Topic>,
  options?: PublishOptions,
): void;

/**
 * Subscribes to a topic. The callback gets the value that the topic retains, if there is one, and then all
 * later values. The same function twice counts once. If a callback throws, the others are called all the
 * same, and the error is uncaught as in any event handler. Main process, page or preload.
 *
 * @param topic a name of 1 to 1,024 bytes
 */
export declare function subscribe<Value = unknown, Topic extends TopicName = TopicsThatGive<Value>>(
  topic: Topic,
  callback: (event: TopicEvent, value: Published<Value, Topic>) => void,
): Undo;

/** The value of the contract, or else that of the type argument. */
type Published<Value, Topic extends string> = unknown extends Topics ? Value : TopicValue<Topic>;

/** The topics that have room for the values of the type argument. */
type TopicsThatTake<Value> = unknown extends Topics
  ? string
  : { [Topic in TopicName]: Value extends TopicValue<Topic> ? Topic : never }[TopicName];

/** The topics whose values are all of the type argument. */
type TopicsThatGive<Value> = unknown extends Topics
  ? string
  : { [Topic in TopicName]: TopicValue<Topic> extends Value ? Topic : never }[TopicName];

// ---------------------------------------------------------------------------- main process

/** The first argument of a handler in the main process. The message itself is the second. */
export interface MainEvent extends Pick<IpcMainEvent, "sender" | "frameId" | "processId"> {
  /**
   * The name of the window that sent it. The main process reads it from the webContents of the
   * sender. Undefined for a window without a name.
   */
  readonly windowName?: WindowName | undefined;
  /**
   * The origin of the document that sent it, as Electron reports it: `"https://example.com"`,
   * `"app://station"`, `"file://"` for files, or `"null"` for an opaque origin.
   */
  readonly origin: string;
  /**
   * The frame of the document that sent it. Null once that document has ended, because Electron's
   * frame shows the next document then.
   */
  readonly senderFrame: IpcMainEvent["senderFrame"];
  /** Aborted when nobody waits for the answer any more: aborted, timed out, or the asker has ended. */
  readonly signal: AbortSignal;
}

/**
 * The {@link MainEvent} of a handler that may annotate it as electron-prokit does. Members that only
 * Electron's event has do not exist.
 */
export interface HandlerEvent extends MainEvent, OnlyOfElectron {}

type OnlyOfElectron = {
  readonly [Member in Exclude<keyof IpcMainEvent, keyof MainEvent>]: never;
};

/**
 * A window, as a name can stand for it: a BrowserWindow, a view (WebContentsView or BrowserView), or a webContents,
 * such as that of a webview's guest. A view is described by its member, because no Electron has both.
 */
export type AnyWindow = BrowserWindow | WebContents | { readonly webContents: WebContents };

/** Options of {@link initIpc}. */
export interface IpcOptions {
  /**
   * Finds a window that this package does not know, for apps that keep their own table or
   * electron-prokit's createWindow: `resolveWindow: (name) => prokit.getWindow(name)`. The package
   * registers the window that it returns under that name, and does not ask for the name again.
   *
   * Pages choose names, so do not trust them. Keep your windows in a Map and not in an object, because
   * an object has members such as `constructor`.
   *
   * If it returns no window for a name that a page uses, the package does not ask for that name again
   * for a second. After 100 such names in a second, the package asks for no other name that pages use
   * until the second is over, and these names are unknown. When main sends, the package asks each
   * time. It never asks for a name of more than 1,024 bytes.
   *
   * Default: none, unknown names are errors.
   */
  resolveWindow?: (name: string) => AnyWindow | null | undefined;
  /**
   * Registers this package's preload for the default session, or for the sessions that you name: by
   * themselves, or by their partition (`{ sessions: ["persist:work"] }`). Then no window of theirs
   * needs a preload of its own. Default false, because it opens the calls to every page of the
   * session, including remote ones.
   */
  registerPreload?: boolean | { sessions: readonly (Session | string)[] };
  /**
   * Lets subframes in whose preload calls initExposeInMainWorld. Electron runs preloads in subframes
   * where `webPreferences.nodeIntegrationInSubFrames` is set. A subframe sends under its window's
   * name, with its own `origin`, and listens to messages for the window. Default false: messages of
   * subframes are rejected with ERR_SUBFRAME.
   */
  subframes?: boolean;
  /**
   * The origins whose documents are let in: `"app://station"`, `"file://"`,
   * `"https://*.example.com"` (`*` stands for one label of the host, or for the port), or `"null"`
   * for every opaque origin. Each document is checked once, when its preload connects. The calls of
   * any other document reject with ERR_ORIGIN, and no message to its window reaches it. Default: all
   * documents are let in, and the main process warns once for each origin of the web.
   */
  origins?: readonly string[];
  /**
   * Lets windows in whose preload is still electron-prokit's. This package answers that preload's
   * messages. Messages to such a window go to its preload once its page has loaded, without waiting
   * for a listener. If the app also calls electron-prokit's own onMsgFromRender or initIpc, earlier or
   * later, this package leaves to electron-prokit the messages that electron-prokit answers.
   *
   * True begins with that at once, false never does. Default: it begins with the first sign of
   * electron-prokit, for all windows and for good. Signs are its module in the app's folder, the
   * name of its request channel in a preload (of 16 MiB at most), a listener of its main process, and
   * a message on its channel. Until then this package replaces nothing of ipcMain, handles none of
   * electron-prokit's requests, and evaluates nothing in pages.
   */
  prokitPreloads?: boolean;
  /**
   * The time that a request waits for a handler before it rejects with ERR_NO_HANDLER, in
   * milliseconds: for onMsgFromRender in the main process, for onCall in a window, including the
   * window's loading. Integer from 0 to 2,147,483,647, default 5,000. A handler that runs may take as
   * long as it likes.
   */
  handlerWaitMs?: number;
  /**
   * The number of messages and requests that may wait for one window, and separately for the main
   * process. A quarter is kept for messages of main. One window may have at most three quarters of
   * the rest. Integer from 1 to 10,000,000, default 100,000.
   */
  maxQueueRecords?: number;
  /**
   * The bytes of encoded messages that may wait for one window, and separately for the main process.
   * The bytes of answers have the same limit, separately. A quarter is kept for messages of main. One
   * window may have at most three quarters of the rest, so one message of a page has at most 9/16 of
   * this limit.
   *
   * Bytes are those of UTF-8. Text of 32,768 characters or more counts as V8 keeps it: one byte for
   * each character, or two if not all are of Latin-1. An attachment counts 512 bytes more than its
   * size.
   *
   * Integer from 65,536 (64 KiB) to 4,294,967,295, default 268,435,456 (256 MiB).
   */
  maxQueueBytes?: number;
  /**
   * The bytes of encoded messages in flight (sent, not yet acknowledged) to one JavaScript context of
   * a page. A single message may be longer. Further messages wait in the window's queue, so a busy
   * page costs no more memory than these two limits. Integer from 262,144 (256 KiB) to 1,073,741,824
   * (1 GiB), default 4,194,304 (4 MiB).
   */
  maxInFlightBytes?: number;
  /**
   * The bytes of all values that topics retain, each with 256 bytes more than it has. A quarter is kept
   * for the main process. One window may have at most three quarters of the rest. A value that does not
   * fit is delivered and not retained, and {@link onUndeliverable} reports it. Integer from 0 to
   * 1,073,741,824 (1 GiB), default 16,777,216 (16 MiB).
   */
  maxRetainedBytes?: number;
  /**
   * The fate of a message that is sent while the queue is full:
   *
   * - `"reject"`, the default: it is rejected. sendMsgToRender throws, requests reject, and
   *   sendMsgToOtherRender reports by onUndeliverable.
   * - `"drop-oldest"`: the message that has waited longest is dropped.
   * - `"drop-newest"`: the new message is dropped.
   *
   * Each drop is counted in {@link stats} and reported by {@link onUndeliverable}. Requests are
   * rejected and never dropped, and answers pass the limits, so every promise settles.
   */
  overflow?: "reject" | "drop-oldest" | "drop-newest";
}

/**
 * Starts the router. Windows may exist already. A second call replaces the options that it names and
 * keeps the others. New limits hold for messages that are sent after that. Messages that wait already
 * stay. Main process.
 *
 * @throws ERR_INVALID_OPTION for an unknown option, a wrong type or a value out of range. Nothing is
 * changed then.
 */
export declare function initIpc(options?: IpcOptions): void;

/**
 * Handles messages that pages send with {@link sendMsgToMain}. The answer is the value that the
 * handler returns or that its promise resolves to. An error that the handler throws rejects the
 * page's promise.
 *
 * If there are several handlers, each gets each message. The answer is the first that is not
 * undefined, in the order in which the handlers were added. The same function twice counts once.
 * Messages that arrive before the first handler wait for it, for `handlerWaitMs` at most. Main
 * process.
 *
 * If there is a contract, the handler's message is any of its messages. A handler that annotates its
 * message with a part of them does not compile, because it gets the rest too. Narrow the message inside
 * of the handler, and return undefined for messages that are another handler's.
 */
export declare function onMsgFromRender<Msg extends MsgToMain = MsgToMain>(
  callback: Whole<
    { main: MsgToMain },
    Msg,
    (event: HandlerEvent, msg: Msg) => Handled<AnswerFromMain>
  >,
): Undo;

/**
 * Sends a message to the window of a name, where {@link onMsgFromMain} gets it. While the window
 * is loading or has no listener, the message waits. If the window has closed,
 * {@link onUndeliverable} reports the message. There is no channel: if there is an argument behind the message, it is
 * dropped and the console has a line once. Main process.
 *
 * @throws ERR_UNKNOWN_WINDOW, ERR_QUEUE_FULL, ERR_NOT_CLONEABLE.
 */
export declare function sendMsgToRender<
  Msg extends MsgFromMain<Name>,
  Name extends WindowName = WindowName,
>(windowName: Name, msg: Sent<Msg, MsgFromMain<Name>>): void;

/**
 * Asks the window of a name, and resolves to the answer of its {@link onCall} handler. Main process.
 *
 * @returns rejects with the error that the handler threw, or with ERR_UNKNOWN_WINDOW, ERR_QUEUE_FULL,
 * ERR_NO_HANDLER (no onCall for `handlerWaitMs`), ERR_TARGET_GONE (the page ended while its handler
 * ran, or the window has closed), ERR_TIMEOUT, or the reason of the signal.
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
 * Creates a BrowserWindow under a name. When the window closes, the name is free again. If a window
 * of that name exists, the call warns on the console and returns that window. Main process.
 *
 * @throws ERR_NAME_TAKEN if a view or a webview's guest has the name.
 */
export declare function createWindow(
  name: WindowName,
  options?: BrowserWindowConstructorOptions,
): BrowserWindow;

/**
 * The BrowserWindow of a name. Undefined if there is none, and if a view or a webview's guest has the
 * name: {@link getContents} gives these. Main process.
 */
export declare function getWindow(name: WindowName): BrowserWindow | undefined;

/**
 * The webContents of a name, whatever it belongs to: a BrowserWindow, a view or a webview. Undefined if
 * nothing has the name. Main process.
 */
export declare function getContents(name: WindowName): WebContents | undefined;

/** All names of windows, views and guests, in the order in which they were given. Main process. */
export declare function windowNames(): WindowName[];

/**
 * Destroys the window of a name. If it is a view or a webview's guest, its webContents is closed without
 * asking the page, and is gone at once or a task later. The name is free when the call returns. If there
 * is none, the call does nothing. Main process.
 */
export declare function destroyWindow(name: WindowName): void;

/**
 * All BrowserWindows that have a name, in the order in which they got it. Views and guests are not among
 * them; {@link windowNames} has all names. Main process.
 */
export declare function getAllWindows(): BrowserWindow[];

/** Whether a window, view or guest has this name. Main process. */
export declare function hasWindow(name: WindowName): boolean;

/** Does for all names what {@link destroyWindow} does for one. Main process. */
export declare function clearWindows(): void;

/**
 * Shows and centres the window of a name. If there is none, or the name is that of a view or a guest,
 * the console has an error. Main process.
 * @param name default "main"
 */
export declare function showWindow(name?: WindowName): void;

/**
 * Gives a name to a window that the app created itself: a BrowserWindow, a view or a webContents. From
 * then on all calls take the name. If its webContents has that name already, nothing changes. When the
 * webContents is destroyed, the name is free again. A BrowserWindow and its webContents are the same
 * window. Main process.
 *
 * @throws ERR_NAME_TAKEN if another window has the name or the window has another. ERR_TARGET_GONE if
 * it was closed already. ERR_INVALID_ARG_TYPE for anything else: the message says what it is, and what
 * would be right.
 */
export declare function registerWindow(name: WindowName, window: AnyWindow): void;

/**
 * Takes a window's name away without closing the window. Messages that wait under the name are
 * dropped. Main process.
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
  /** Handed to Electron for their target. */
  delivered: number;
  /** Waiting now. */
  queued: number;
  /** Bytes of encoded messages waiting now. */
  queuedBytes: number;
  /** Let in, and dropped later: at a limit, or because their target ended. */
  dropped: number;
  /** Not let in; the sender was notified. */
  refused: number;
  /** The topics that the window, or the main process, subscribes to, if there are any: the first 100 by name. */
  topics?: string[];
  /** The services that it serves, if there are any: the first 100 by their names. */
  services?: string[];
  /** How many calls wait for services that it does not serve, by service: the first 100 by their names. */
  awaitedServices?: Record<string, number>;
}

/** The result of {@link stats}. */
export interface Stats {
  /** Windows by name. */
  windows: Record<string, Counts>;
  /** Windows without a name, together. */
  unnamed: Counts;
  /** Windows that were closed, together. */
  closed: Counts;
  /** Messages of pages to the main process. */
  mainProcess: Counts;
  /** All of these together. */
  total: Counts;
  /** Messages that were rejected because no window had the name. */
  unknownWindow: number;
  /** Packets that main rejected because they are malformed. */
  badPackets: number;
  /**
   * Topics by name: the first 100 of those that are published or subscribed to, or that retain a value.
   *
   * - `subscribers`: the JavaScript contexts that subscribe, of pages, preloads and the main process.
   * - `published`: values, however many subscribe.
   * - `dropped`: copies for a subscriber that were dropped.
   * - `replaced`: copies in whose place a later value with the same `conflate` key came. They count as
   *   dropped in their window.
   * - `retainedBytes`: those of the value that it retains.
   */
  topics: Record<
    string,
    {
      subscribers: number;
      published: number;
      dropped: number;
      replaced: number;
      retainedBytes: number;
    }
  >;
  /** How many topics there are beside these. */
  moreTopics: number;
  /** Bytes of all values that topics retain. See `maxRetainedBytes`. */
  retainedBytes: number;
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
 * The first argument of a listener in a window. The raw ipc event stays in the preload. The members
 * of Electron's event are declared for existing annotations only, and do not exist.
 */
export interface RenderEvent extends Partial<IpcRendererEvent> {
  /**
   * The name of the window that sent the message, as the main process knows it. Undefined if the main
   * process or a window without a name sent it.
   */
  readonly windowName?: WindowName | undefined;
  /** The origin of the document that sent it; undefined for the main process. See {@link MainEvent.origin}. */
  readonly origin?: string | undefined;
}

/** The first argument of a handler of calls. */
export interface CallEvent {
  /** Whether the main process calls. */
  readonly fromMain: boolean;
  /** The name of the window that calls; undefined for main or a window without a name. */
  readonly windowName?: WindowName | undefined;
  /** The origin of the document that calls; undefined for the main process. See {@link MainEvent.origin}. */
  readonly origin?: string | undefined;
  /** Aborted when nobody waits for the answer any more: aborted, timed out, or the asker has ended. */
  readonly signal: AbortSignal;
}

/** Listens in a window. Several listeners each get each message. */
export type RenderCallback<Msg> = { call(event: RenderEvent, msg: Msg): void }["call"];

/**
 * Sends a message to the main process and resolves to the answer of its handler. Page or preload.
 *
 * @param options a value that is no object is ignored, so `list.map(sendMsgToMain)` works
 * @returns rejects with the error that the handler threw (name, message, stack, code, cause and plain
 * own properties), or with ERR_NO_HANDLER, ERR_QUEUE_FULL, ERR_TIMEOUT, or the reason of the signal.
 * @throws ERR_NOT_CLONEABLE, ERR_INVALID_OPTION at once.
 */
export declare function sendMsgToMain<Msg extends MsgToMain = MsgToMain, Answer = unknown>(
  msg: Sent<Msg, MsgToMain>,
  options?: AskOptions | number,
): Promise<Reply<Answer, AnswerFromMain<Msg>>>;

/**
 * Listens to messages that the main process sends with {@link sendMsgToRender}. The first
 * listener gets the messages that waited. The same function twice counts once. Page or preload.
 *
 * If there is a contract, the listener takes all messages of one of its windows at least.
 */
export declare function onMsgFromMain<Msg extends MsgFromMain = MsgFromMain>(
  callback: Whole<ByWindow<"fromMain">, Msg, RenderCallback<Msg>>,
): Undo;

/** Removes a listener that was added with {@link onMsgFromMain}. Page or preload. */
export declare function offMsgFromMain<Msg extends MsgFromMain = MsgFromMain>(
  callback: RenderCallback<Msg>,
): void;

/**
 * Sends a message to the window of a name, where {@link onMsgFromOtherRender} gets it. If the name is
 * unknown, {@link onUndeliverable} reports it, or else the console. Page or preload.
 *
 * @throws ERR_NOT_CLONEABLE; ERR_INVALID_OPTION for a name of more than 1,024 characters.
 */
export declare function sendMsgToOtherRender<
  Msg extends MsgFromOther<Name>,
  Name extends WindowName = WindowName,
>(windowName: Name, msg: Sent<Msg, MsgFromOther<Name>>): void;

/**
 * Listens to messages that other windows (or this one) send with {@link sendMsgToOtherRender}.
 * The first listener gets the messages that waited. The same function twice counts once. Page or
 * preload.
 *
 * If there is a contract, the listener takes all messages of one of its windows at least.
 */
export declare function onMsgFromOtherRender<Msg extends MsgFromOther = MsgFromOther>(
  callback: Whole<ByWindow<"fromOther">, Msg, RenderCallback<Msg>>,
): Undo;

/** {@link onMsgFromOtherRender} under the name that it has in electron-prokit's code. */
export declare function onMsgFormOtherRender<Msg extends MsgFromOther = MsgFromOther>(
  callback: Whole<ByWindow<"fromOther">, Msg, RenderCallback<Msg>>,
): Undo;

/** Removes a listener that was added with {@link onMsgFromOtherRender}. Page or preload. */
export declare function offMsgFromOtherRender<Msg extends MsgFromOther = MsgFromOther>(
  callback: RenderCallback<Msg>,
): void;

/**
 * Asks the window of a name, and resolves to the answer of its {@link onCall} handler. Page or
 * preload.
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
 * a window. The answer is the value that the handler returns or that its promise resolves to. An
 * error that the handler throws rejects the caller's promise.
 *
 * If there are several handlers, each gets each call. The answer is the first that is not undefined,
 * in the order in which the handlers were added. A call goes to one JavaScript context: if the page
 * and the preload have handlers, the page's. Calls that come before the first handler, or after the
 * last one was removed, wait for the next one, for `handlerWaitMs` at most. Page or preload.
 *
 * If there is a contract, the handler takes all calls of one of its windows at least.
 */
export declare function onCall<Msg extends CallTo = CallTo>(
  callback: Whole<
    CallsByWindow,
    Msg,
    (event: CallEvent, msg: Msg) => Handled<AnswerFrom<WindowName, Msg>>
  >,
): Undo;

// biome-ignore lint/complexity/noUselessEmptyExport: without it, TypeScript exports all types of this file, and editors offer them
export {};
