// What this package adds.
import type { BrowserView, BrowserWindow, WebContents } from "electron";
import {
  type AnyWindow,
  type AskOptions,
  type CallEvent,
  type Counts,
  callOtherRender,
  callRender,
  type ErrorCode,
  type GoneReason,
  getContents,
  getPreloadPath,
  type IpcOptions,
  initIpc,
  type MainEvent,
  offMsgFromOtherRender,
  onCall,
  onMsgFromMain,
  onMsgFromOtherRender,
  onMsgFromRender,
  onUndeliverable,
  type RenderCallback,
  type RenderEvent,
  registerWindow,
  type Stats,
  sendMsgToMain,
  stats,
  type Undeliverable,
  type Undo,
  unregisterWindow,
  windowNames,
} from "electron-switchyard";

declare const window: BrowserWindow;
declare const view: BrowserView;
declare const guest: WebContents;
declare const find: (name: string) => AnyWindow | undefined;

const options: IpcOptions = {
  resolveWindow: (name) => find(name),
  registerPreload: true,
  subframes: true,
  prokitPreloads: false,
  maxQueueRecords: 10,
  maxQueueBytes: 65_536,
  overflow: "drop-oldest",
};
initIpc(options);

const undo: Undo = onMsgFromRender<{ id: number }>(
  (event: MainEvent, msg) => msg.id + event.frameId,
);
undo();

const listener: RenderCallback<string> = (event: RenderEvent, msg) => {
  const name: string | undefined = event.windowName;
  console.log(name, msg.length);
};
const off: Undo = onMsgFromOtherRender(listener);
offMsgFromOtherRender(listener);
off();
onMsgFromMain<number[]>((_, msg) => console.log(msg.length));

registerWindow("main", window);
registerWindow("view", view);
registerWindow("guest", guest);
export const contents: WebContents | undefined = getContents("guest");
export const names: string[] = windowNames();
const had: boolean = unregisterWindow("main");
const path: string = getPreloadPath();

const counters: Stats = stats();
const total: Counts = counters.total;
const queued: number =
  total.queued + (counters.windows["main"]?.queuedBytes ?? 0) + counters.badPackets;

export async function codeOf(): Promise<ErrorCode | undefined> {
  try {
    const answer = await sendMsgToMain("x");
    const unknownAnswer: unknown = answer;
    console.log(unknownAnswer, had, path, queued);
  } catch (error) {
    const code = (error as { code?: ErrorCode }).code;
    if (code === "ERR_QUEUE_FULL") return code;
  }
  return undefined;
}

const asked: AskOptions = { timeoutMs: 10, signal: new AbortController().signal };
export const answers: Promise<string>[] = [
  callRender<number, string>("work", 5, asked),
  callOtherRender<number, string>("work", 5, { timeoutMs: undefined }),
  sendMsgToMain<number, string>(5, asked),
  ...[1, 2].map(sendMsgToMain<number, string>),
];

const uncall: Undo = onCall<{ id: number }>(async (event: CallEvent, msg) => {
  event.signal.addEventListener("abort", () => console.log(event.signal.reason));
  const origin: string | undefined = event.fromMain ? event.windowName : event.origin;
  return [origin, msg.id];
});
uncall();
onMsgFromRender((event) => event.signal.aborted || event.origin);

onUndeliverable((report: Undeliverable) => {
  const reason: GoneReason | undefined = report.reason;
  console.log(reason, report.count + 1, report.windowName.length, report.code, report.message);
});
