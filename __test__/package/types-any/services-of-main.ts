// A contract with the main process's services alone.
import { connect, publish, type ServiceName, serve, subscribe } from "electron-switchyard";

interface Files {
  read(path: string): Promise<string>;
}

declare module "electron-switchyard" {
  interface Register {
    messages: { services: { files: Files } };
  }
}

const name: ServiceName = "files";
serve("files", { read: (path) => path.toUpperCase() });
serve(name, (event) => ({ read: async (path) => path + event.origin?.length }));
export const text: string = await connect("files").read("list.txt");

// It leaves out the services of windows: a type argument names those.
interface View {
  zoom(by: number): number;
}
serve<View>("view", { zoom: (by) => by.valueOf() });
export const zoomed: number = await connect<View>("view", { in: "board" }).zoom(2);
export const open = await connect("view", { in: "board" })["zoom"]?.(2);
// @ts-expect-error the name is misspelt
serve("fiels", { read: (path: string) => path });
// @ts-expect-error the answer is of another type
serve("files", { read: (path) => path.length });
// @ts-expect-error the method is missing
serve("files", {});

// And topics.
publish("theme", "dark");
subscribe("theme", (event, value) => [event.windowName, value]);
