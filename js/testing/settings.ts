import type { Router } from "../core/binding";
import { checkMs } from "../requests";

/** Options of an app: those of initIpc that need no Electron. */
export interface Limits {
  readonly handlerWaitMs?: number | undefined;
  readonly overflow?: string | undefined;
  readonly maxQueueRecords?: number;
  readonly maxQueueBytes?: number;
  readonly maxInFlightBytes?: number;
  readonly maxRetainedBytes?: number;
}

/** The defaults of the router. */
const MAX_QUEUE_RECORDS = 100_000;
const MAX_QUEUE_BYTES = 256 * 1024 * 1024;

/** Options of initIpc that are about Electron's windows. */
const OF_ELECTRON = ["resolveWindow", "registerPreload", "subframes", "prokitPreloads", "origins"];

/** Options as main has them; a later call replaces what it names. */
export class Settings {
  handlerWaitMs = 5_000;
  overflow = "reject";
  private _limits: Limits = {};

  constructor(private readonly _router: Router) {}

  get maxQueueRecords(): number {
    return this._limits.maxQueueRecords ?? MAX_QUEUE_RECORDS;
  }

  get maxQueueBytes(): number {
    return this._limits.maxQueueBytes ?? MAX_QUEUE_BYTES;
  }

  /** Throws for an option that there is not, or that is out of its range. */
  merge(apiName: string, { handlerWaitMs = this.handlerWaitMs, ...limits }: Limits) {
    checkMs(apiName, "handlerWaitMs", handlerWaitMs);
    const merged = { ...this._limits, ...limits };
    this._router.setLimits(JSON.stringify(merged));
    this._limits = merged;
    this.handlerWaitMs = handlerWaitMs;
    this.overflow = merged.overflow ?? "reject";
  }

  /** The options of a call of initIpc. */
  configure(given: unknown) {
    const mine = Object.entries(given as object).filter(([name]) => !OF_ELECTRON.includes(name));
    this.merge("initIpc", Object.fromEntries(mine));
  }
}
