// A contract with services of windows, and none of the main process. One of the windows has none.
import { connect, serve } from "electron-switchyard";

type AppMessages = {
  windows: {
    main: { fromMain: "clear" };
    board: { services: { view: { zoom(by: number): number } } };
    [document: `doc-${number}`]: { services: { view: { page(): number }; text: Text } };
  };
};

interface Text {
  insert(text: string, at?: number): void;
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}

serve("view", { zoom: (by) => by.valueOf() });
serve("view", { page: () => 7 });
serve("text", (event) => ({ insert: (text, at) => void [text.length, at, event.origin] }));
export const zoomed: number = await connect("view", { in: "board" }).zoom(2);
export const page: number = await connect("view", { in: `doc-${5}` }).page();

interface Files {
  read(path: string): string;
}
serve<Files>("files", { read: (path) => path.toUpperCase() });
export const text: string = await connect<Files>("files").read("list.txt");
export const open = await connect("files")["read"]?.("list.txt");
// @ts-expect-error the name is misspelt
serve("veiw", { zoom: (by: number) => by });
// @ts-expect-error the answer is of another type
serve("view", { zoom: (by) => `${by}` });
// @ts-expect-error the window has no services
connect("view", { in: "main" });
