/** The root import in Node and for bundlers that build for Node: everything in one place. */
import { onUndeliverable as onUndeliverableInMain } from "../main/api";
import { side } from "./side";
import { onUndeliverable as onUndeliverableInWindow } from "./window-calls";

export * from "../main/api";
export { initExposeInMainWorld } from "./expose";
export * from "./window-calls";

/** Both the main process and windows have this call. */
export const onUndeliverable: typeof onUndeliverableInMain = (callback) =>
  (side() === "main" ? onUndeliverableInMain : onUndeliverableInWindow)(callback);
