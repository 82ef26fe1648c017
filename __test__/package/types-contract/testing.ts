// Tests of an app that keep to its contract.
import { type Stub, type TestApp, testApp, type Undelivered } from "electron-switchyard/testing";
import { type Files, type Same, sure, type Train } from "./messages.js";

const app: TestApp = testApp({ windows: ["main", "work", "doc-1"], handlerWaitMs: 5 });

app.main.sendMsgToRender("work", "stop");
const found = app.main.callRender("work", { search: "night" });
sure<Same<typeof found, Promise<Train[]>>>();
app.main.onMsgFromRender((_event, msg) => (msg === "ping" ? "pong" : undefined));

const work = app.window("work");
const loaded = work.sendMsgToMain({ type: "load", id: 7 });
sure<Same<typeof loaded, Promise<Train | undefined>>>();
const read = work.connect("files").read("a");
sure<Same<typeof read, Promise<string>>>();
work.subscribe("theme", (_event, value) => sure<Same<typeof value, "dark" | "light">>());

app.stub("files", { read: async () => "x" });
app.stub("files", { read: (path) => path, write: () => undefined });
app.stub("log", { add: (line) => console.log(line) }, { in: "work" });
const files: Stub<Files> = { first: () => undefined };
app.stub("files", files);

const undo = app.fill("work");
undo();
const missed: Undelivered[] = app.undelivered();
for (const { sender, windowName, reason } of missed) console.log(sender, windowName, reason);
app.window("work").install(globalThis)();
app.main.install()();
void app.settle().then(app.dispose);

// @ts-expect-error no window has that name
testApp({ windows: ["wrok"] });
// @ts-expect-error no window has that name
app.reload("wrok");
// @ts-expect-error that is another window's message
app.main.sendMsgToRender("main", "stop");
// @ts-expect-error the service has no such method
app.stub("files", { erase: () => undefined });
// @ts-expect-error the answer is text
app.stub("files", { read: async () => 5 });
// @ts-expect-error the contract has no such service
app.stub("disk", { read: async () => "x" });
// @ts-expect-error there is no Electron
app.main.createWindow("work");
// @ts-expect-error there is no such option
testApp({ processes: [] });
