// Services that are misspelt, called wrongly, or implemented wrongly.
import { type CallEvent, type Client, connect, type MainEvent, serve } from "electron-switchyard";
import type { Files, View, Watching } from "./contract.js";

declare function changes(): AsyncIterable<string>;
const files = connect("files");

// says: Argument of type '"fiels"' is not assignable to parameter of type '"files" | "watching"'.
connect("fiels");
// says: Argument of type '"view"' is not assignable to parameter of type '"files" | "watching"'.
connect("view");
// says: Argument of type '"files"' is not assignable to parameter of type '"view"'.
connect("files", { in: "board" });
// says: Argument of type 'string' is not assignable to parameter of type 'WindowWithoutServices<"main">'.
connect("view", { in: "main" });
// says: Type '"baord"' is not assignable to type '"board" | "main" | undefined'. Did you mean '"board"'?
connect("view", { in: "baord" });
// says: Argument of type '"files"' is not assignable to parameter of type '"view"'.
connect<View>("files");
// says: Property 'zoom' is missing in type 'Client<Files>' but required in type 'Client<View>'.
export const view: Client<View> = connect("files");
// says: Object literal may only specify known properties, and 'window' does not exist in type 'ConnectOptions<undefined>'.
connect("files", { window: "board" });

// says: Property 'raed' does not exist on type 'Client<Files>'.
files.raed("list.txt");
// says: Argument of type 'number' is not assignable to parameter of type 'string'.
files.read(7);
// says: Expected 1 arguments, but got 0.
files.read();
// says: Expected 0 arguments, but got 1.
files.list("folder");
// says: Type 'Promise<string>' is not assignable to type 'string'.
export const text: string = files.read("list.txt");
// says: Type 'string' is not assignable to type 'number'.
export const size: number = await files.read("list.txt");
// says: Property '_lock' does not exist on type 'Client<Files>'.
files._lock();
// says: Property 'version' does not exist on type 'Client<Files>'.
files.version;
// says: Property 'then' does not exist on type 'Client<Files>'.
files.then(console.log);
// says: Type 'Promise<string>' must have a '[Symbol.asyncIterator]()' method that returns an async iterator.
for await (const line of files.read("list.txt")) console.log(line);
// says: Type 'AnswerCannotBeAStream' has no call signatures.
for await (const change of connect("watching").changes(".")) console.log(change);

// says: Argument of type '"fiels"' is not assignable to parameter of type '"files" | "view" | "watching"'.
serve("fiels", {});
// says: Property 'list' is missing in type '{ read: (path: string) => string; }' but required in type 'Methods<Files>'.
serve("files", { read: (path) => path });
// says: Property 'list' is missing in type '{ read: (path: string) => string; }' but required in type 'Methods<Files>'.
serve("files", () => ({ read: (path: string) => path }));
// says: Type 'string' is not assignable to type 'string[] | Promise<string[]>'.
serve("files", { read: (path) => path, list: () => "list.txt" });
// says: Type 'number' is not assignable to type 'string | Promise<string>'.
serve("files", (event: MainEvent) => ({ read: () => event.frameId, list: () => [] }));
// says: Type 'Promise<number>' is not assignable to type 'void | Promise<void>'.
serve("view", (event: CallEvent) => ({ zoom: async (by) => (event.fromMain ? by : 1) }));
// says: Type '(path: number) => string' is not assignable to type '(path: string) => string | Promise<string>'.
serve("files", { read: (path: number) => path.toFixed(), list: () => [] });
// says: Object literal may only specify known properties, and 'remove' does not exist in type 'Implementation<Files>'.
serve("files", { read: (path) => path, list: () => [], remove() {} });
// says: Type '() => Promise<Files>' is not assignable to type '(event: ServiceEvent) => Methods<Files>'.
serve("files", async () => ({}) as Files);
// says: Type '(event: Electron.IpcMainEvent) => Files' is not assignable to type '(event: ServiceEvent) => Methods<Files>'.
serve("files", (event: Electron.IpcMainEvent) => event as unknown as Files);
// says: Argument of type '"files"' is not assignable to parameter of type '"view"'.
serve<View>("files", { read: (path: string) => path, list: () => [] });
// says: Type '() => AsyncIterable<string>' is not assignable to type 'AnswerCannotBeAStream'.
serve("watching", { changes });
// says: Type '() => AsyncIterable<string>' is not assignable to type 'AnswerCannotBeAStream'.
serve<Watching>("watching", () => ({ changes }));
// says: Type 'AsyncIterable<string>' is not assignable to type 'string | Promise<string>'.
serve("files", { read: changes, list: () => [] });
