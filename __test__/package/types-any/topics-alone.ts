// A contract with topics alone.
import { connect, publish, serve, subscribe } from "electron-switchyard";

declare module "electron-switchyard" {
  interface Register {
    messages: { topics: { theme: "dark" | "light"; progress: { done: number } } };
  }
}

serve("files", { read: (path) => path });
serve("files", (event) => ({ read: (path) => [event.windowName, path] }));
serve<{ read(path: string): string }>("files", { read: (path) => path.toUpperCase() });
export const read = await connect("files")["read"]?.("list.txt");

publish("theme", "dark", { to: "board" });
subscribe("theme", (_event, theme) => theme.toUpperCase());
subscribe("progress", (event, { done }) => done.toFixed() + event.windowName);
// @ts-expect-error the topic is misspelt
subscribe("them", (_event, theme: string) => theme);
