import type { IpcOptions } from "../../index";
import { failure, wrongType } from "../errors";
import type { Router } from "./binding";

/** Options so far: a later initIpc replaces what it names. */
export type Options = Pick<IpcOptions, "resolveWindow" | "registerPreload">;

/** Checks options and puts the bounds into force; nothing is changed where it throws. */
export class OptionsKeeper {
  readonly current: Options = {};
  private limits: Record<string, unknown> = {};

  constructor(private readonly router: Router) {}

  merge(given: unknown) {
    if (typeof given !== "object" || given === null) {
      throw wrongType("initIpc", "options", "an object", given);
    }
    const { resolveWindow, registerPreload, ...limits } = given as IpcOptions;
    checkType("resolveWindow", resolveWindow, "function");
    checkType("registerPreload", registerPreload, "boolean");
    this.mergeLimits(limits);
    if (resolveWindow !== undefined) this.current.resolveWindow = resolveWindow;
    if (registerPreload !== undefined) this.current.registerPreload = registerPreload;
  }

  private mergeLimits(given: Record<string, unknown>) {
    const named = Object.entries(given).filter(([, value]) => value !== undefined);
    if (named.length === 0) return;
    const limits = { ...this.limits };
    for (const [name, value] of named) limits[name] = value;
    // JSON would leave a function or symbol out instead of finding fault with it.
    const spoken = (_: string, value: unknown) =>
      /^(function|symbol|bigint)$/.test(typeof value) ? String(value) : value;
    this.router.setLimits(JSON.stringify(limits, spoken));
    this.limits = limits;
  }
}

function checkType(name: string, value: unknown, right: "function" | "boolean") {
  if (value === undefined || typeof value === right) return;
  throw failure(
    "ERR_INVALID_OPTION",
    `initIpc: ${name} must be a ${right}, and is ${String(value)}`,
  );
}
