import { type AskOptions, checkAskOptions, nameOf } from "../requests";

export interface ConnectOptions extends AskOptions {
  /** The name of a window; without it, main. */
  readonly in?: string | undefined;
}

/** Whose service is meant: 0 for main, or the name of a window; and the options of each call, if there are any. */
export function optionsOf(
  options: ConnectOptions,
): [target: 0 | string, ask: AskOptions | undefined] {
  checkAskOptions("connect", options, ["in", "timeoutMs", "signal"]);
  const { in: window, ...others } = options;
  return [
    window === undefined ? 0 : nameOf("connect", "in", window, "ERR_INVALID_OPTION"),
    // Without options, a call is not watched.
    Object.keys(others)[0] ? others : undefined,
  ];
}
