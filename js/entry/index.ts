/** The root import in Node and for bundlers that build for Node: everything in one place. */
import * as main from "../main/api";
import { side } from "./side";
import * as window from "./window-calls";

export * from "../main/api";
export { initExposeInMainWorld } from "./expose";
export * from "./window-calls";

// Both the main process and windows have these calls.

export const onUndeliverable: typeof main.onUndeliverable = (...given) =>
  (side() === "main" ? main : window).onUndeliverable(...given);

export const connect: typeof main.connect = (...given) =>
  (side() === "main" ? main : window).connect(...given);

export const publish: typeof main.publish = (...given) =>
  (side() === "main" ? main : window).publish(...given);

export const serve: typeof main.serve = (...given) =>
  (side() === "main" ? main : window).serve(...given);

export const subscribe: typeof main.subscribe = (...given) =>
  (side() === "main" ? main : window).subscribe(...given);
