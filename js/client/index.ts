export { type RenderApi, renderApi } from "./api";
export { Endpoint } from "./endpoint";
export { endpointOfWorld } from "./world";
