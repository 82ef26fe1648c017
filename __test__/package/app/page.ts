// Both windows' page: the left one asks, the right one echoes, and doubles what it is called with.
import {
  callOtherRender,
  onCall,
  onMsgFromMain,
  onMsgFromOtherRender,
  type RenderEvent,
  sendMsgToMain,
  sendMsgToOtherRender,
  type Undo,
} from "electron-switchyard";
import type { Ping } from "./messages";

type Listen<Msg> = (callback: (event: RenderEvent, msg: Msg) => void) => Undo;

function next<Msg>(listen: Listen<Msg>): Promise<{ sender: RenderEvent["windowName"]; msg: Msg }> {
  return new Promise((got) => listen((event, msg) => got({ sender: event.windowName, msg })));
}

const shown = (bytes: Uint8Array) => [bytes.constructor.name, ...bytes];

const codeOf = (error: unknown) => (error as { code?: unknown }).code;

function refusal(): unknown {
  try {
    // @ts-expect-error no message of the contract is like that
    sendMsgToMain({ handler: () => 1 });
    return "nothing was thrown";
  } catch (error) {
    return codeOf(error);
  }
}

async function fault(): Promise<unknown> {
  try {
    return await sendMsgToMain({ fail: "on purpose" });
  } catch (error) {
    return [error instanceof RangeError, (error as Error).message, codeOf(error)];
  }
}

async function left() {
  const fromMain = next(onMsgFromMain);
  const fromOther = next<Ping>(onMsgFromOtherRender);
  sendMsgToOtherRender("right", { ping: new Uint8Array([1, 2]) });
  const answer = await sendMsgToMain({ question: 21 });
  const { sender, msg } = await fromOther;
  const report = {
    answer,
    fromMain: (await fromMain).msg,
    echo: [sender, ...shown(msg.ping)],
    asked: shown(await callOtherRender("right", new Uint8Array([3, 4]))),
    fault: await fault(),
    refusal: refusal(),
    // Through window: bundlers put a require of their own before the page's.
    nodeInPage: typeof window.require === "function",
    seesPreload: window.preloadWasHere === true,
  };
  sendMsgToMain({ report });
}

function right() {
  onCall((_event, bytes) => bytes.map((byte) => byte * 2));
  onMsgFromOtherRender((event, msg) => {
    if (event.windowName) sendMsgToOtherRender(event.windowName, msg);
  });
}

if (location.hash === "#left") left();
else right();
