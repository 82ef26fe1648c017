import type { MainEvent } from "../../index";
import type { Attachments } from "../core/attachments";
import type { Platform } from "../core/platform";
import { Resolver } from "../core/resolver";
import { type Trace, tracedAtFirst } from "../errors";
import type { WorldAddress } from "../protocol/protocol";
import type { IncomingRequest, Sender } from "../requests";
import type { Senders } from "./documents/senders";
import type { DocumentTable } from "./documents/table";
import type { OptionsKeeper } from "./options";
import type { Windows } from "./windows";

/** Electron, as the core sees it. */
export class ElectronPlatform implements Platform<MainEvent> {
  /** The timers of a hidden page may fire once a minute only. */
  readonly keepsTime = true;
  readonly trace: Trace | undefined;
  private readonly _resolver: Resolver;

  constructor(
    private readonly _options: OptionsKeeper,
    private readonly _senders: Senders,
    private readonly _documents: DocumentTable,
    windows: Windows,
    isDeveloping: boolean,
  ) {
    this.trace = isDeveloping ? tracedAtFirst() : undefined;
    this._resolver = new Resolver(
      (name) => windows.resolve(name, _options.current.resolveWindow),
      () => _options.current.resolveWindow,
    );
  }

  deliver(contents: number, worldAddress: WorldAddress, packet: string, attachments: Attachments) {
    this._documents.deliver(contents, worldAddress, packet, attachments);
  }

  eventOf(endpoint: number, sender: Sender, request: IncomingRequest): MainEvent {
    return this._senders.eventOf(endpoint, sender, request);
  }

  whyEnded(endpoint: number): Error | undefined {
    return this._senders.whyEnded(endpoint);
  }

  handlerWaitMs(): number {
    return this._options.current.handlerWaitMs;
  }

  hasResolver(): boolean {
    return this._options.current.resolveWindow !== undefined;
  }

  resolve(names: readonly string[]) {
    this._resolver.resolveAll(names);
  }
}
