import type { Session } from "electron";
import type { IpcOptions } from "../../index";
import type { Router } from "../core/binding";
import { describe, invalidOption, wrongType } from "../errors";
import { checkMs } from "../requests";
import { Origins } from "./documents/origins";

/** Options so far: a later initIpc replaces what it names. */
export type Options = Pick<IpcOptions, "resolveWindow" | "registerPreload"> & {
  handlerWaitMs: number;
  subframes: boolean;
  /** If undefined, documents of all origins are let in. */
  origins?: Origins;
  /** If undefined, the app has not said whether they are let in. */
  prokitPreloads?: boolean;
};

/** The router's default. */
const MAX_QUEUE_BYTES = 256 * 1024 * 1024;

/** Changes of an initIpc that concern parts which do not look at the options at each message. */
export interface Changes {
  /** More may leave than before. */
  readonly limits: boolean;
  /** Subframes are let in from now on. */
  readonly subframes: boolean;
  /** Whether electron-prokit's preloads are let in from now on; undefined where that stays. */
  readonly prokitPreloads: boolean | undefined;
}

/** Checks options and puts the limits into force; nothing is changed where it throws. */
export class OptionsKeeper {
  readonly current: Options = { handlerWaitMs: 5_000, subframes: false };
  private _limits: Record<string, unknown> = {};

  constructor(private readonly _router: Router) {}

  /** In force now, in bytes. */
  get maxQueueBytes(): number {
    return (this._limits["maxQueueBytes"] as number | undefined) ?? MAX_QUEUE_BYTES;
  }

  merge(given: unknown): Changes {
    if (typeof given !== "object" || given === null) {
      throw wrongType("initIpc", "options", "an object", given);
    }
    const {
      resolveWindow,
      registerPreload,
      subframes,
      prokitPreloads,
      handlerWaitMs,
      origins,
      ...limits
    } = given as IpcOptions;
    checkType("resolveWindow", resolveWindow, "function");
    checkPreload(registerPreload);
    checkType("subframes", subframes, "boolean");
    checkType("prokitPreloads", prokitPreloads, "boolean");
    checkMs("initIpc", "handlerWaitMs", handlerWaitMs);
    const whose = origins === undefined ? undefined : new Origins(origins);
    const hasLimits = this._mergeLimits(limits);
    if (whose) this.current.origins = whose;
    if (resolveWindow !== undefined) this.current.resolveWindow = resolveWindow;
    if (registerPreload !== undefined) this.current.registerPreload = registerPreload;
    if (subframes !== undefined) this.current.subframes = subframes;
    if (prokitPreloads !== undefined) this.current.prokitPreloads = prokitPreloads;
    if (handlerWaitMs !== undefined) this.current.handlerWaitMs = handlerWaitMs;
    return { limits: hasLimits, subframes: subframes === true, prokitPreloads };
  }

  /** Whether any were given. */
  private _mergeLimits(given: Record<string, unknown>): boolean {
    const named = Object.entries(given).filter(([, value]) => value !== undefined);
    if (named.length === 0) return false;
    const limits = { ...this._limits };
    for (const [name, value] of named) limits[name] = inJson(value);
    this._router.setLimits(JSON.stringify(limits));
    this._limits = limits;
    return true;
  }
}

/**
 * In place of a value that JSON leaves out or makes null of, its description, which the router rejects.
 */
function inJson(value: unknown): unknown {
  const isSayable = typeof value === "string" || Number.isFinite(value);
  return isSayable ? value : describe(value);
}

function checkType(name: string, value: unknown, right: "function" | "boolean") {
  if (value !== undefined && typeof value !== right)
    throw invalidOption("initIpc", name, `a ${right}`, value);
}

/** A session, or the name of its partition. */
function isSession(value: unknown): boolean {
  if (typeof value === "string") return value !== "";
  return typeof (value as Partial<Session> | null)?.setPreloads === "function" || hasScripts(value);
}

/** Electron 35 and later. */
function hasScripts(value: unknown): boolean {
  return typeof (value as Partial<Session> | null)?.registerPreloadScript === "function";
}

function checkPreload(value: unknown) {
  if (value === undefined || typeof value === "boolean") return;
  const right = "a boolean, or { sessions } with an array of sessions and names of partitions";
  const { sessions, ...others } = Object(value) as { sessions?: unknown };
  const isList = Array.isArray(sessions) && sessions.length > 0;
  if (typeof value !== "object" || !isList || Object.keys(others).length > 0) {
    throw invalidOption("initIpc", "registerPreload", right, value);
  }
  const wrong = (sessions as unknown[]).findIndex((each) => !isSession(each));
  if (wrong < 0) return;
  const name = `registerPreload.sessions[${wrong}]`;
  throw invalidOption(
    "initIpc",
    name,
    "a session or the name of a partition",
    (sessions as unknown[])[wrong],
  );
}
