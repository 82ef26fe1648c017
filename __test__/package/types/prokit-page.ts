// As an app's pages and preload are written for electron-prokit.
import type { IpcRendererEvent } from "electron";
import {
  initExposeInMainWorld,
  offMsgFromMain,
  onMsgFormOtherRender,
  onMsgFromMain,
  sendMsgToMain,
  sendMsgToOtherRender,
} from "electron-switchyard";

interface Question {
  id: number;
}

interface Answer {
  text: string;
}

initExposeInMainWorld();

// biome-ignore lint/suspicious/noExplicitAny: apps write it so.
const callback = (_e: IpcRendererEvent, args: any) => console.log(args.anything);
onMsgFromMain(callback);
offMsgFromMain(callback);
onMsgFormOtherRender(callback);
onMsgFormOtherRender((e, arg) => console.log(e, arg));

// biome-ignore lint/suspicious/noExplicitAny: apps write it so.
onMsgFromMain(async (_e: Electron.IpcRendererEvent, args: any) => {
  await args;
});

export async function ask(): Promise<string> {
  const answer: Answer = await sendMsgToMain<Question, Answer>({ id: 1 });
  sendMsgToMain({ type: "not awaited" });
  sendMsgToOtherRender("work", { type: "x" });
  return answer.text;
}
