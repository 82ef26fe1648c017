/** The ready-made preload: one self-contained file that only runs as a preload. */
import { exposeInMainWorld } from "../preload";

/** `require` in the built files; see host/node.ts. */
declare const hostRequire: NodeRequire;

exposeInMainWorld(hostRequire("electron") as typeof Electron.CrossProcessExports);

// biome-ignore lint/complexity/noUselessEmptyExport: the build takes a file without exports for CommonJS, and wraps all modules that it imports
export {};
