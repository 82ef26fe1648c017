export { type RenderApi, renderApi } from "./api";
export { callsOf, onCall } from "./calls";
export { Endpoint } from "./endpoint";
export { connect, serve } from "./services";
export { publish, subscribe } from "./topics";
export { onUndeliverable } from "./undeliverable";
export { ENDPOINT, endpointOfWorld } from "./world";
