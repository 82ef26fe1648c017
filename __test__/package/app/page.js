// Both windows' page: the left one asks, the right one echoes, and doubles what main calls it with.
import {
  onCall,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
  sendMsgToOtherRender,
} from "electron-switchyard";

const next = (listen) => new Promise((got) => listen((event, msg) => got([event.windowName, msg])));

function refusal() {
  try {
    sendMsgToMain({ handler: () => 1 });
    return "nothing was thrown";
  } catch (error) {
    return error.code;
  }
}

async function left() {
  const fromMain = next(onMsgFromMain);
  const fromOther = next(onMsgFromOtherRender);
  sendMsgToOtherRender("right", { ping: new Uint8Array([1, 2]) });
  const report = {
    answer: await sendMsgToMain({ question: 21 }),
    fromMain: (await fromMain)[1],
    echo: await fromOther.then(([sender, { ping }]) => [sender, ping.constructor.name, ...ping]),
    refusal: refusal(),
    // Through window: bundlers put a require of their own before the page's.
    nodeInPage: typeof window.require === "function",
    seesPreload: window.preloadWasHere === true,
  };
  sendMsgToMain({ report });
}

function right() {
  onCall((_event, bytes) => bytes.map((byte) => byte * 2));
  onMsgFromOtherRender((event, msg) => sendMsgToOtherRender(event.windowName, msg));
}

if (location.hash === "#left") left();
else right();
