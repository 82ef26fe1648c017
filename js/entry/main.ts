/**
 * The import `electron-switchyard/main`: the calls of the main process, and nothing else. For
 * bundlers it has no part for browsers, so a main process that is built with their conditions gets
 * the whole of it.
 */
export * from "../main/api";
