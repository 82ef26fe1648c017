// Services and topics without a contract.
import {
  type CallEvent,
  type Client,
  type ConnectOptions,
  connect,
  type Implementation,
  type MainEvent,
  type PublishOptions,
  publish,
  type ServiceEvent,
  serve,
  subscribe,
  type TopicEvent,
  type Undo,
} from "electron-switchyard";

interface Files {
  read(path: string): Promise<string>;
  write(path: string, text: string): void;
  readonly version: number;
}

class Disk {
  version = 1;
  async read(path: string): Promise<string> {
    return path;
  }
  write() {}
}

const options: ConnectOptions = { in: "doc-7", timeoutMs: 5 };
const files: Client<Files> = connect<Files>("files");
const expected: Client<Files> = connect("files");
export const texts: Promise<string>[] = [
  files.read("list.txt"),
  expected.read("list.txt"),
  connect<Files>("files", options).read("list.txt"),
];
export const size: Promise<unknown> | undefined = connect("files")["size"]?.("list.txt", 7);

export function client<Service>(name: string, where?: string): Client<Service> {
  return where ? connect<Service>(name, { in: where }) : connect<Service>(name);
}

export function offer<Service>(name: string, implementation: Implementation<Service>): Undo {
  return serve<Service>(name, implementation);
}

export function anyOffer<Service extends object>(name: string, implementation: Service): Undo {
  return serve(name, implementation);
}

export function forward<Value>(from: string, to: string): Undo {
  return subscribe<Value>(from, (_event, value) => publish<Value>(to, value));
}

serve("files", new Disk());
serve("files", { read: (path: string) => path, version: 1 });
serve("files", () => new Disk());
serve("files", (event) => ({ read: (path: string) => path + event.windowName }));
serve("files", (event: MainEvent) => ({ read: (path: string) => path + event.sender.id }));
serve("files", (event: CallEvent) => ({ read: (path: string) => path + event.fromMain }));
serve("files", ({ origin, signal }: ServiceEvent) => ({ read: () => origin ?? signal.aborted }));
serve<Files>("files", new Disk());
serve<Files>("files", (event) => ({
  read: async (path) => path.toUpperCase() + event.origin,
  write: (path, text) => console.log(path.length, text.length),
}));

const kept: PublishOptions = { to: "main", conflate: "job-1" };
publish("progress", { done: 7 }, kept);
publish<string>("theme", "dark", { retain: true });
subscribe("progress", (event: TopicEvent, value: { done: number }) => [event.origin, value.done]);
subscribe<string>("theme", (_event, theme) => theme.length);
subscribe("theme", (_event, theme) => {
  const unknownValue: unknown = theme;
  return unknownValue;
});
