// The contract of the app that makes the mistakes.
import type { MessageContract } from "electron-switchyard";

export interface Train {
  id: number;
  name: string;
}

export type Load = { type: "load"; id: number };
export type Save = { type: "save"; train: Train };
export type Find = { find: string };

export interface Files {
  list(): string[];
  read(path: string): Promise<string>;
  readonly version?: number;
  _lock?(): void;
}

/** As it will be once a service can answer with a stream. */
export interface Watching {
  changes(path: string): AsyncIterable<string>;
}

export interface View {
  zoom(by: number): void;
}

interface AppMessages extends MessageContract {
  services: { files: Files; watching: Watching };
  topics: { progress: { done: number }; theme: "dark" | "light" };
  toMain: ((msg: Load) => Train | undefined) | ((msg: Save) => void) | ((msg: "ping") => "pong");
  windows: {
    board: {
      fromMain: { train: Train } | "clear";
      fromOther: { pixels: number[] } | "pause";
      calls: ((msg: Find) => Train[]) | ((msg: "count") => number);
      services: { view: View };
    };
    main: { fromMain: { progress: number }; calls: (msg: "title") => string };
  };
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}
