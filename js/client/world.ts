import { failure } from "../errors";
import { BRIDGE_KEY, type Bridge } from "../protocol/protocol";
import { Endpoint } from "./endpoint";

/** All copies of this package in a JavaScript world share one endpoint. */
export const ENDPOINT = Symbol.for("electron-switchyard.endpoint");

type World = { [ENDPOINT]?: Endpoint; [BRIDGE_KEY]?: Bridge };

/** The endpoint of this world, made at first use. A page has no `bridge` of its own and uses the preload's. */
export function endpointOfWorld(bridge?: () => Bridge): Endpoint {
  const world = globalThis as World;
  world[ENDPOINT] ??= new Endpoint(bridge?.() ?? bridgeOfPage(world));
  return world[ENDPOINT] as Endpoint;
}

function bridgeOfPage(world: World): Bridge {
  const bridge = world[BRIDGE_KEY];
  if (bridge) return bridge;
  // A worker or plain Node cannot have a preload.
  if (!("document" in world)) {
    const others = "a page can call it for a worker, and tests import electron-switchyard/testing";
    throw failure("ERR_WRONG_PROCESS", `this is no page: ${others}`);
  }
  const only = "electronProkit" in world ? ", only electron-prokit's" : "";
  throw failure(
    "ERR_NO_PRELOAD",
    `no preload called initExposeInMainWorld()${only}: it is not set (getPreloadPath()), not bundled or not of this session (registerPreload)`,
  );
}
