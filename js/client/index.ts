export { type RenderApi, renderApi } from "./api";
export { type DownRecord, Endpoint } from "./endpoint";
export { endpointOfWorld } from "./world";
