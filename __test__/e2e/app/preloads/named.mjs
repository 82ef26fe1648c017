/** A preload that serves and connects, publishes and subscribes itself, and opens the calls to the page. */
import {
  connect,
  initExposeInMainWorld,
  publish,
  serve,
  subscribe,
} from "electron-switchyard/preload";

initExposeInMainWorld();
serve("place", { where: () => "preload", ask: (what) => connect("files").read(what) });
subscribe("question", (event, value) => publish("answer", ["preload", event.windowName, value]));
