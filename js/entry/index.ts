/** The root import in Node and for bundlers that build for Node: everything in one place. */
import * as main from "../main/api";
import { side } from "./side";
import * as window from "./window-calls";

export * from "../main/api";
export { initExposeInMainWorld } from "./expose";
export * from "./window-calls";

/** A call that the main process and windows both have. */
function byPlace<Given extends unknown[], Answer>(
  inMain: (...given: Given) => Answer,
  inWindow: (...given: never[]) => unknown,
  given: Given,
): Answer {
  return side() === "main" ? inMain(...given) : (inWindow as typeof inMain)(...given);
}

// Each is a function, so that a bundle has none that it does not use.
export const connect: typeof main.connect = (...given) =>
  byPlace(main.connect, window.connect, given);
export const onUndeliverable: typeof main.onUndeliverable = (...given) =>
  byPlace(main.onUndeliverable, window.onUndeliverable, given);
export const publish: typeof main.publish = (...given) =>
  byPlace(main.publish, window.publish, given);
export const serve: typeof main.serve = (...given) => byPlace(main.serve, window.serve, given);
export const subscribe: typeof main.subscribe = (...given) =>
  byPlace(main.subscribe, window.subscribe, given);
