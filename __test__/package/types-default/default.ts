// @ts-expect-error dist/node.mjs has no default export, so this fails when it is run
import switchyard from "electron-switchyard";

switchyard.initIpc();
