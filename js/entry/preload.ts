/** The import `electron-switchyard/preload`: the calls of a preload, and nothing else. */
export { initExposeInMainWorld } from "./expose";
export * from "./window-calls";
