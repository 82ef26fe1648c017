import { failure } from "../errors";
import { BRIDGE_KEY, type Bridge } from "../protocol/protocol";
import { Endpoint } from "./endpoint";

/** One endpoint per JS world, however many copies of this package were bundled into it. */
const ENDPOINT = Symbol.for("electron-switchyard.endpoint");

type World = { [ENDPOINT]?: Endpoint; [BRIDGE_KEY]?: Bridge };

/** This world's endpoint, made at first use. Without a bridge of its own, a page has the preload's. */
export function endpointOfWorld(bridge?: () => Bridge): Endpoint {
  const world = globalThis as World;
  world[ENDPOINT] ??= new Endpoint(bridge?.() ?? bridgeOfPage(world));
  return world[ENDPOINT] as Endpoint;
}

function bridgeOfPage(world: World): Bridge {
  const bridge = world[BRIDGE_KEY];
  if (bridge) return bridge;
  const only = "electronProkit" in world ? ", not electron-prokit's" : "";
  throw failure(
    // A worker or plain Node has no use for one.
    "document" in globalThis ? "ERR_NO_PRELOAD" : "ERR_WRONG_PROCESS",
    `no preload called initExposeInMainWorld()${only}: call it in the preload, set preload to getPreloadPath(), or initIpc({registerPreload:true})`,
  );
}
