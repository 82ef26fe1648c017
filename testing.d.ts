/**
 * electron-switchyard/testing: an app without Electron, for the tests of your own code. It has the real
 * router and the calls of each place, in plain Node: vitest, jest or node:test. docs/testing.md shows it.
 *
 * ```ts
 * import { testApp } from "electron-switchyard/testing";
 *
 * const app = testApp({ windows: ["main", "work"] });
 * app.main.onMsgFromRender((event, msg) => `main got ${msg} from ${event.windowName}`);
 * console.log(await app.window("work").sendMsgToMain("hello"));
 * app.dispose();
 * ```
 */

import type {
  Client,
  IpcOptions,
  ServiceName,
  ServiceOf,
  Undeliverable,
  Undo,
  WindowName,
} from "./index.js";

type Calls = typeof import("./index.js");

/** Options of {@link testApp}: its windows, and the options of initIpc that need no Electron. */
export interface TestAppOptions
  extends Pick<
    IpcOptions,
    | "handlerWaitMs"
    | "maxInFlightBytes"
    | "maxQueueBytes"
    | "maxQueueRecords"
    | "maxRetainedBytes"
    | "overflow"
  > {
  /** The names of the windows. Each has a page from the beginning. Default: none. */
  windows?: readonly WindowName[];
}

/** A place whose calls a global object can have. */
export interface Installable {
  /**
   * Makes a global object that of this place. Code that imports the calls from `electron-switchyard` or a
   * subpath then calls this app. A later install takes the place of an earlier one, and its Undo brings that
   * back.
   * @param global default: `globalThis`
   */
  install(global?: object): Undo;
}

/** The calls of the main process that need no Electron. They are described in index.d.ts. */
export interface TestMain
  extends Pick<
      Calls,
      | "callRender"
      | "connect"
      | "hasWindow"
      | "onMsgFromRender"
      | "onUndeliverable"
      | "publish"
      | "sendMsgToRender"
      | "serve"
      | "stats"
      | "subscribe"
      | "unregisterWindow"
      | "windowNames"
    >,
    Installable {}

/**
 * The calls of the page that the window has at each call, also after a reload. They are described in
 * index.d.ts. If the window has no page, each call throws ERR_TARGET_GONE.
 */
export interface TestWindow
  extends Pick<
      Calls,
      | "callOtherRender"
      | "connect"
      | "offMsgFromMain"
      | "offMsgFromOtherRender"
      | "onCall"
      | "onMsgFormOtherRender"
      | "onMsgFromMain"
      | "onMsgFromOtherRender"
      | "onUndeliverable"
      | "publish"
      | "sendMsgToMain"
      | "sendMsgToOtherRender"
      | "serve"
      | "subscribe"
    >,
    Installable {}

/** Messages that were not delivered, with the reason. */
export interface Undelivered extends Undeliverable {
  /** The name of the window that sent them; undefined for the main process. */
  readonly sender: WindowName | undefined;
}

/** As much of a service as a test needs. */
export type Stub<Service> = unknown extends Service
  ? object | { readonly [method: string]: (...args: unknown[]) => unknown }
  : {
      readonly [Method in keyof Client<Service>]?: Client<Service>[Method] extends (
        ...args: infer Arguments
      ) => Promise<infer Answer>
        ? (...args: Arguments) => Answer | Promise<Answer>
        : never;
    };

type Anywhere = WindowName | undefined;

/** Any name, if a type argument names the service. */
type StubName<Service> = unknown extends Service ? ServiceName<Anywhere> : string;
type Stubbed<Name extends string, Service> = unknown extends Service
  ? ServiceOf<Name, Anywhere>
  : Service;

/** The same type. The compiler does not infer it from the implementation. */
type NotInferred<Type> = [Type][Type extends unknown ? 0 : never];

/** An app without Electron. */
export interface TestApp {
  readonly main: TestMain;
  /**
   * The window of a name.
   * @throws ERR_UNKNOWN_WINDOW
   */
  window(name: WindowName): TestWindow;
  /**
   * Opens one more window, with a page.
   * @param options `origin`: of its page, default `"file://"`
   * @throws ERR_NAME_TAKEN if a window has the name.
   */
  open(name: WindowName, options?: { origin?: string }): TestWindow;
  /**
   * Replaces the page of a window by a new one, which has no listeners. Messages that wait for the window
   * stay. Also after a crash.
   */
  reload(name: WindowName): void;
  /** Ends the page of a window as a crash does. The window and its name stay. */
  crash(name: WindowName): void;
  /** Closes a window. Its name is free again. */
  close(name: WindowName): void;
  /**
   * Fills the queue of a window: its page takes nothing any more, and there is no room for another message.
   * No listener gets what the queue was filled with, and the counters have it.
   * @returns lets the page take again; a reload does too
   */
  fill(name: WindowName): Undo;
  /**
   * Serves as much of a service as a test needs, in the main process or in the window that `in` names. It
   * replaces what is served there under the name.
   */
  stub<Service = unknown, Name extends StubName<Service> = StubName<Service>>(
    service: Name,
    implementation: Stub<Stubbed<Name, NotInferred<Service>>>,
    options?: { in?: WindowName },
  ): Undo;
  /**
   * Resolves when nothing is on its way: messages and answers have arrived, or wait for a listener, for room
   * or for a handler that has not answered. Uses no timer.
   */
  settle(): Promise<void>;
  /** All messages so far that could not be delivered. The console has no warning of them. */
  undelivered(): Undelivered[];
  /** Ends the app with its timers. Promises that are pending are never settled. */
  dispose(): void;
}

/**
 * Makes an app without Electron. Any number of apps are independent of each other.
 *
 * @throws ERR_INVALID_OPTION
 */
export declare function testApp(options?: TestAppOptions): TestApp;

// biome-ignore lint/complexity/noUselessEmptyExport: as in index.d.ts
export {};
