export { exposeInMainWorld } from "./expose";
export { preloadBridge } from "./wire";
