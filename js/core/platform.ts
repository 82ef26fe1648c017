import type { Trace } from "../errors";
import type { WorldAddress } from "../protocol/protocol";
import type { IncomingRequest, Sender } from "../requests";
import type { Attachments } from "./attachments";

/** The surroundings that the core needs: Electron, or the tests' stand-in for it. */
export interface Platform<Event> {
  /** Hands a packet to a window's document; does nothing if that has ended. */
  deliver(
    contents: number,
    worldAddress: WorldAddress,
    packet: string,
    attachments: Attachments,
  ): void;
  /** The event that a handler gets with a request. */
  eventOf(endpoint: number, sender: Sender, request: IncomingRequest): Event;
  /** Why nobody waits for answers to an endpoint any more, if that is so. */
  whyEnded(endpoint: number): Error | undefined;
  /** How long a request waits for a handler, in milliseconds. */
  handlerWaitMs(): number;
  /** Whether the app may be asked for windows with {@link Platform.resolve}. */
  hasResolver(): boolean;
  /** Whether main ends late requests of pages. If not, the timers of pages alone do: they are never late. */
  readonly keepsTime: boolean;
  /** Adds the app's lines to errors of main's calls, while the app is developed. */
  readonly trace?: Trace | undefined;
  /** Registers the windows of these names, where they exist. Never throws. */
  resolve(names: readonly string[]): void;
}
