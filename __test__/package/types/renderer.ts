// The page's own import.
import type * as root from "electron-switchyard";
import * as page from "electron-switchyard/renderer";

export const same: Pick<typeof root, keyof typeof page> = page;
// @ts-expect-error it has no calls of the main process
export const initIpc = page.initIpc;
