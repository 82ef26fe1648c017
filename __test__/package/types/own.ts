// What this package adds.
import type { BrowserWindow } from "electron";
import {
  type Counts,
  type ErrorCode,
  getPreloadPath,
  type IpcOptions,
  initIpc,
  type MainEvent,
  offMsgFromOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  onMsgFromRender,
  type RenderCallback,
  type RenderEvent,
  registerWindow,
  type Stats,
  sendMsgToMain,
  stats,
  type Undo,
  unregisterWindow,
} from "electron-switchyard";

declare const window: BrowserWindow;
declare const find: (name: string) => BrowserWindow | undefined;

const options: IpcOptions = {
  resolveWindow: (name) => find(name),
  registerPreload: true,
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
const had: boolean = unregisterWindow("main");
const path: string = getPreloadPath();

const books: Stats = stats();
const total: Counts = books.total;
const queued: number = total.queued + (books.windows["main"]?.queuedBytes ?? 0) + books.badFrames;

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
