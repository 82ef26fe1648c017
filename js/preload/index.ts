export { exposeInMainWorld } from "./expose";
export { joinProkit } from "./prokit-listeners";
export { preloadBridge } from "./transport";
