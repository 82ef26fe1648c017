/** Our preload in a page that was there first, and takes the EventTarget at which the worlds meet. */
const { webFrame } = require("electron");

function grab() {
  const { prototype } = EventTarget;
  const { addEventListener, dispatchEvent } = prototype;
  const seen = [];
  prototype.addEventListener = function (type, ...rest) {
    if (/^electron-switchyard:down/.test(type)) {
      window.meeting = this;
      const note = (event) => {
        seen.push(String(event.detail));
        if (window.onDown) window.onDown(event);
      };
      addEventListener.call(this, type, note);
    }
    return addEventListener.call(this, type, ...rest);
  };
  window.seen = seen;
  window.hear = (name, listener) => addEventListener.call(window.meeting, name, listener);
  window.say = (detail, more = "") =>
    dispatchEvent.call(
      window.meeting,
      new CustomEvent(`electron-switchyard:up${more}`, { detail }),
    );
}

const { _executeJavaScript = webFrame.executeJavaScript } = webFrame;
_executeJavaScript.call(webFrame, `(${grab})()`);
require("../node_modules/electron-switchyard/dist/preload.js");
