import {
  connect,
  type Endpoint,
  onCall,
  onUndeliverable,
  publish,
  renderApi,
  serve,
  subscribe,
} from "../client";
import { describe, failure, requireName } from "../errors";
import { FILE_ORIGIN } from "../protocol/protocol";
import type { Report } from "../requests";
import type { Hub } from "./hub";
import { type Global, install } from "./install";
import type { Ending, Page } from "./page";

type Options = Readonly<Record<string, unknown>>;

/** A window: the pages that it has, one after the other. */
export class Window {
  private _page: Page | undefined;
  private _ended: Ending | undefined;
  /** The calls of the page that the window has at each call. */
  readonly calls = pageCalls(this);

  constructor(
    readonly name: string,
    private readonly _contents: number,
    private readonly _origin: string,
    private readonly _hub: Hub,
    private readonly _report: (report: Report, sender: string) => void,
  ) {
    _hub.router.nameWindow(name, _contents);
    this._load();
  }

  /** The endpoint of the page that is there. */
  here(apiName: string): Endpoint {
    if (this._page) return this._page.endpoint;
    const name = describe(this.name);
    const message =
      this._ended === "closed"
        ? `the window ${name} was closed; open(${name}) opens another`
        : `the page of the window ${name} crashed; reload(${name}) loads another`;
    throw failure("ERR_TARGET_GONE", `${apiName}: ${message}`, { reason: this._ended });
  }

  reload() {
    if (this._page) this._end("reloaded");
    this._hub.resume(this._contents);
    this._load();
  }

  crash() {
    this._end("crashed");
  }

  close() {
    this._end("closed");
  }

  fill(): () => void {
    this._hub.fill(this.name, this._contents);
    return () => {
      if (this._ended !== "closed") this._hub.resume(this._contents);
    };
  }

  private _load() {
    this._ended = undefined;
    this._page = this._hub.load(this._contents, this._origin);
    this._page.endpoint.reports.add((report) => this._report(report, this.name));
  }

  private _end(how: Ending) {
    this._ended = how;
    this._page = undefined;
    this._hub.end(this._contents, how);
  }
}

/** The calls of a page. The endpoint is that of the page that the window has at each call. */
function pageCalls(window: Window) {
  const here = (apiName: string) => window.here(apiName);
  return Object.freeze({
    ...renderApi(here),
    onCall: (callback: unknown) => onCall(here, callback),
    onUndeliverable: (callback: unknown) => onUndeliverable(here, callback),
    serve: (service: unknown, implementation: unknown) => serve(here, service, implementation),
    connect: (service: unknown, options?: object) => connect(here, service, options) as never,
    publish: (topic: unknown, value: unknown, options?: object) =>
      publish(here, topic, value, options),
    subscribe: (topic: unknown, callback: unknown) => subscribe(here, topic, callback),
    install: (global: Global = globalThis) => install(global, () => window.here("a call")),
  });
}

/** The windows of an app, by name. */
export class Windows {
  private readonly _byName = new Map<string, Window>();
  private _lastContents = 0;

  constructor(
    private readonly _hub: Hub,
    private readonly _report: (report: Report, sender: string) => void,
  ) {}

  open(name: string, { origin = FILE_ORIGIN }: Options = {}): Window {
    requireName("open", "name", name);
    this._lastContents += 1;
    const window = new Window(name, this._lastContents, String(origin), this._hub, this._report);
    this._byName.set(name, window);
    return window;
  }

  get(apiName: string, name: string): Window {
    requireName(apiName, "name", name);
    const window = this._byName.get(name);
    if (window) return window;
    const names = this.names().map(describe).join(", ") || "none";
    const message = `${apiName}: no window of testApp is named ${describe(name)}; its windows: ${names}`;
    throw failure("ERR_UNKNOWN_WINDOW", message);
  }

  close(name: string) {
    this.get("close", name).close();
    this._byName.delete(name);
  }

  /** Takes the name of a window away. Whether a window had it. */
  unname(name: string): boolean {
    const had = this._byName.delete(name);
    this._hub.router.unnameWindow(name);
    this._hub.switchyard.flushSoon();
    return had;
  }

  closeIfOpen(name: string) {
    if (this.has(name)) this.close(name);
  }

  has(name: string): boolean {
    return this._byName.has(name);
  }

  names(): string[] {
    return [...this._byName.keys()];
  }
}
