// A contract with all kinds of methods, in interfaces and types.
import {
  type CallTo,
  type Client,
  callRender,
  connect,
  type MessageContract,
  type MsgFromMain,
  onCall,
  onMsgFromMain,
  onMsgFromRender,
  sendMsgToMain,
  sendMsgToRender,
  serve,
  subscribe,
  type WindowContract,
} from "electron-switchyard";

interface Files {
  read(path: string): string;
  later(path: string): Promise<string>;
  either(path: string): string | Promise<string>;
  arrow: (path: string, ...more: number[]) => void;
  maybe?(path: string): number;
  maybeArrow?: ((path: string) => number) | undefined;
  over(path: string): string;
  over(path: number): number;
  generic<Value extends { id: number }>(value: Value, more?: Value[]): Value;
  both(...args: [path: string] | [id: number, fresh: boolean]): boolean;
  nothing(): undefined;
}

type View = { zoom: (by: number) => number; reset(): void };
type Base = { close(): void };

/** Its other members stay those of the contract of any window. */
interface Board extends WindowContract {
  services: { view: View & Base };
}

interface AppMessages extends MessageContract {
  toMain: ((msg: { load: number }) => string) | ((msg: "save") => void);
  services: { files: Files };
  topics: { theme: "dark" | "light"; anything: unknown };
  windows: { board: Board; main: { fromMain: "clear"; calls: (msg: "title") => string } };
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}

serve("files", {
  read: (path) => path.toUpperCase(),
  later: async (path) => path.toUpperCase(),
  either: (path) => path.toUpperCase(),
  arrow: (path, ...more) => void [path.length, more.length],
  maybe: (path) => path.length,
  maybeArrow: (path) => path.length,
  over: (path) => path.valueOf(),
  generic: (value, more = []) => more[0] ?? value,
  both: (...args) => args.length === 1,
  nothing: () => undefined,
});
serve("files", (event) => ({
  read(path) {
    return path.toUpperCase() + event.windowName;
  },
  later: (path) => Promise.resolve(path),
  either: async (path) => path,
  arrow() {},
  over: async (path) => path,
  generic: async (value) => value,
  both: async (...args) => args[0] === 7,
  nothing: async () => undefined,
}));
serve("view", { zoom: (by) => by.valueOf(), reset() {}, close: async () => {} });

const files: Client<Files> = connect("files");
export const answers = [
  await files.read("list.txt"),
  await files.later("list.txt"),
  await files.either("list.txt"),
  await files.arrow("list.txt", 1, 2),
  await files.maybe("list.txt"),
  await files.maybeArrow("list.txt"),
  await files.over(7),
  await files.generic({ id: 7 }),
  await files.both(7, true),
  await files.nothing(),
  await connect("view", { in: "board" }).zoom(2),
  await sendMsgToMain({ load: 7 }),
  await callRender("main", "title"),
];

sendMsgToRender("main", "clear");
onMsgFromRender((event, msg) => (msg === "save" ? undefined : `${msg.load}${event.frameId}`));
onMsgFromMain<MsgFromMain<"main">>((event, msg) => console.log(event.origin, msg.toUpperCase()));
onCall<CallTo<"main">>((event, msg) => `${msg}${event.origin}`);
subscribe("theme", (event, theme) => theme.length + (event.origin?.length ?? 0));
subscribe("anything", (_event, value) => value);
// @ts-expect-error the window takes no messages of main
sendMsgToRender("board", "clear");
