// Services and topics that keep to the contract.
import {
  type CallEvent,
  type Client,
  connect,
  type MainEvent,
  publish,
  type ServiceName,
  type ServiceOf,
  serve,
  subscribe,
  type TopicName,
  type TopicValue,
  type Undo,
  type WindowName,
} from "electron-switchyard";
import { type Files, type Same, sure, type Topics, type Train, type View } from "./messages.js";

sure<Same<ServiceName, "files">>();
sure<Same<ServiceName<"work">, "view" | "log">>();
sure<Same<ServiceOf<"files">, Files>>();
sure<Same<TopicName, "progress" | "theme">>();
sure<Same<TopicValue<"theme">, "dark" | "light">>();

const files = connect("files", { timeoutMs: 5, signal: new AbortController().signal });
sure<Same<typeof files, Client<Files>>>();
sure<Same<keyof typeof files, "read" | "write" | "list" | "find" | "first">>();
const text: Promise<string> = files.read("list.txt", "text");
const written: Promise<void> = files.write("list.txt", await text);
const listed: Promise<string[]> = files.list("folder");
const first: Promise<Train | undefined> = files.first();
console.log(written, listed, first, await files.find("file"));

const view = connect("view", { in: "work" });
sure<Same<typeof view, Client<View>>>();
const zoomed: Promise<number> = view.zoom(2);
const page: Promise<number> = connect("view", { in: `doc-${5}` }).page();
console.log(zoomed, page);

// The service that a type argument names is a part of the contract's.
const same: Client<Files> = connect<Files>("files");
const reader: Client<Pick<Files, "read">> = connect<Pick<Files, "read">>("files");
const expected: Client<Pick<Files, "read">> = connect("files");
const named: Client<View> = connect<View>("view", { in: "work", timeoutMs: 5 });
console.log(same, reader, expected, named);

/** A client is no thenable. */
export const later = async () => connect("files");
sure<Same<ReturnType<typeof later>, Promise<Client<Files>>>>();

export function client<Name extends ServiceName>(name: Name): Client<ServiceOf<Name>> {
  return connect(name);
}
sure<Same<ReturnType<typeof client<"files">>, Client<Files>>>();

class Disk {
  version = 1;
  read(path: string): string {
    return path + this.version;
  }
  async write(): Promise<void> {}
  find() {
    return [];
  }
  first() {
    return undefined;
  }
  /** It is not in the contract, and nobody can call it who keeps to the contract. */
  clear() {}
  _lock() {}
}

const undo: Undo = serve("files", new Disk());
undo();
serve("files", () => new Disk());
serve<Files>("files", new Disk());
serve("files", {
  read: (path, as) => path.toUpperCase() + as?.length,
  write: async (path, text) => console.log(path.length + text.length),
  find: () => [],
  first: async () => ({ id: 7, name: "ICN" }),
});
serve("files", (event) => {
  sure<Same<typeof event.windowName, WindowName | undefined>>();
  sure<Same<typeof event.signal, AbortSignal>>();
  return {
    read: async (path) => path + event.origin?.length,
    write: (path, text) => console.log(path, text),
    find: () => [],
    first: () => undefined,
  };
});
serve("log", (event: MainEvent) => ({ add: (line) => console.log(event.sender.id, line.length) }));
serve("view", (event: CallEvent) => ({ zoom: (by) => (event.fromMain ? by : 1), page: () => 1 }));
serve<View>("view", { zoom: async (by: number) => by });

publish("theme", "dark");
publish("theme", "light", { retain: true });
publish("theme", "light", { to: ["work", "doc-5"] });
publish("theme", "light", { to: "main" });
publish("progress", { done: 7 }, { conflate: "job-1" });
publish<Topics["theme"]>("theme", "dark");
const off: Undo = subscribe("theme", (event, theme) => {
  sure<Same<typeof theme, "dark" | "light">>();
  sure<Same<typeof event.windowName, WindowName | undefined>>();
  console.log(event.origin);
});
off();
subscribe("progress", async (_event, { done }) => done.toFixed());
subscribe("theme", (_event, theme: string) => console.log(theme));
subscribe<string>("theme", (_event, theme) => console.log(theme));
