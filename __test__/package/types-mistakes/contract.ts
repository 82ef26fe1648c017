// The contract of the app that makes the mistakes.
import type { MessageContract } from "electron-switchyard";

export interface Train {
  id: number;
  name: string;
}

export type Load = { type: "load"; id: number };
export type Save = { type: "save"; train: Train };
export type Find = { find: string };

interface AppMessages extends MessageContract {
  toMain: ((msg: Load) => Train | undefined) | ((msg: Save) => void) | ((msg: "ping") => "pong");
  windows: {
    board: {
      fromMain: { train: Train } | "clear";
      fromOther: { pixels: number[] } | "pause";
      calls: ((msg: Find) => Train[]) | ((msg: "count") => number);
    };
    main: { fromMain: { progress: number }; calls: (msg: "title") => string };
  };
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}
