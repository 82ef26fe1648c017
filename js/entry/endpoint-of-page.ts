import { type Endpoint, endpointOfWorld } from "../client";

/**
 * The endpoint of a page. When the build makes `electron-switchyard/renderer`, it takes this module
 * in the place of endpoint-here.ts, because no page needs that module's part of a preload.
 */
export const endpointHere: (apiName: string) => Endpoint = () => endpointOfWorld();
