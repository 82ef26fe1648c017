// A contract with the main process's services and with windows, none of which has services.
import {
  type CallEvent,
  connect,
  type MessageContract,
  serve,
  type WindowName,
} from "electron-switchyard";
import { testApp } from "electron-switchyard/testing";

interface Files {
  read(path: string): Promise<string>;
}

interface AppMessages extends MessageContract {
  services: { files: Files; clock: { now(): number } };
  windows: { main: { fromMain: "clear" }; board: { calls: (msg: "title") => string } };
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}

serve("files", { read: (path) => path.toUpperCase() });
serve("files", (event) => {
  const from: WindowName | undefined = event.windowName;
  return { read: async (path) => path.toUpperCase() + from };
});
serve("clock", { now: () => 7 });
export const text: string = await connect("files").read("list.txt");

interface View {
  zoom(by: number): number;
}
serve<View>("view", (event: CallEvent) => ({ zoom: (by) => (event.fromMain ? by.valueOf() : 1) }));
export const zoomed: number = await connect<View>("view", { in: "board" }).zoom(2);
testApp().stub("files", { read: (path) => path.toUpperCase() });
testApp().stub<View>("view", { zoom: (by) => by.valueOf() }, { in: "board" });
// @ts-expect-error the name is misspelt
testApp().stub("fiels", { read: (path: string) => path });
// @ts-expect-error the name is misspelt
serve("fiels", { read: (path: string) => path });
// @ts-expect-error the answer is of another type
serve("files", { read: (path) => path.length });
// @ts-expect-error the answer of the named service is of another type
serve<View>("view", { zoom: () => "2" });
// @ts-expect-error no window has that name
connect<View>("view", { in: "baord" });
