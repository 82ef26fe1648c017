/** The ready-made preload: one self-contained file, which is nothing but a preload. */
import { exposeInMainWorld } from "../preload";

/** `require` once built; see host/node.ts. */
declare const hostRequire: NodeRequire;

exposeInMainWorld(hostRequire("electron") as typeof Electron.CrossProcessExports);
