// Tests of an app without a contract.
import { type TestWindow, testApp } from "electron-switchyard/testing";

const app = testApp({ windows: ["main"], maxQueueRecords: 8, overflow: "drop-oldest" });
const work: TestWindow = app.open("work", { origin: "https://example.com" });
app.main.onMsgFromRender((event, msg: { n: number }) => `${msg.n} from ${event.windowName}`);
const answer: Promise<string> = work.sendMsgToMain<{ n: number }, string>({ n: 1 });
app.stub("files", { read: async (path: string) => `text of ${path}` });

interface Files {
  read(path: string): string;
}
app.stub<Files>("files", { read: (path) => path });
// @ts-expect-error the answer is text
app.stub<Files>("files", { read: () => 5 });

export { answer };
