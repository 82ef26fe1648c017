/** A page of an app that was written for electron-prokit: it listens at once. */
const prokit =
  typeof require === "function" ? require("../built/prokit-page.js") : window.electronProkit;

shared.hear("main", "onMsgFromMain", (listener) => prokit.onMsgFromMain(listener));
shared.hear("other", "onRenderMsgToRender", (listener) => prokit.onRenderMsgToRender(listener));
