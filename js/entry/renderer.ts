/** The import `electron-switchyard/renderer`: the calls of a page, and nothing else. */
export * from "./window-calls";
