// The app's contract for its messages, and what its preload leaves in a page that shares its world.
import type { MessageContract, WindowName } from "electron-switchyard";

export interface Report {
  answer: unknown;
  fromMain: unknown;
  echo: unknown[];
  asked: unknown[];
  fault: unknown;
  refusal: unknown;
  nodeInPage: boolean;
  seesPreload: boolean;
}

export type Ping = { ping: Uint8Array };

interface AppMessages extends MessageContract {
  toMain:
    | ((msg: { question: number }) => { answer: number; asker: WindowName | undefined })
    | ((msg: { fail: string }) => never)
    | ((msg: { report: Report }) => void);
  windows: {
    left: { fromMain: { hello: string }; fromOther: Ping };
    right: { fromOther: Ping; calls: (msg: Uint8Array) => Uint8Array };
  };
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}

declare global {
  interface Window {
    preloadWasHere?: true;
    require?: unknown;
  }
}
