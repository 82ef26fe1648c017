// An app's contract, merged into the package's types.
import type { MessageContract } from "electron-switchyard";

export interface Train {
  id: number;
  name: string;
}

export type Load = { type: "load"; id: number; fresh?: boolean };
export type Save = { type: "save"; train: Train };

/** Its methods are called from elsewhere, and its other members are not. */
export interface Files {
  /** Reads a file. */
  read(path: string, as?: "text" | "bytes"): Promise<string>;
  write(path: string, text: string): void;
  list?(folder: string): string[];
  find<Kind extends "file" | "folder">(kind: Kind): Kind[];
  first: () => Train | undefined;
  readonly version: number;
  _lock(): void;
  toJSON(): string;
}

export interface View {
  zoom(by: number): Promise<number>;
}

/** Modules add their topics here. */
export interface Topics {
  progress: { done: number };
  theme: "dark" | "light";
}

interface AppMessages extends MessageContract {
  toMain:
    | ((msg: Load) => Train | undefined)
    | ((msg: Save) => Promise<void>)
    | ((msg: "ping") => "pong");
  services: { files: Files };
  topics: Topics;
  windows: {
    main: { fromMain: { progress: number; of?: number } };
    work: {
      fromMain: "stop" | { type: "job"; id: number };
      fromOther: { pixels: Uint8Array };
      calls: ((msg: { search: string }) => Train[]) | ((msg: { count: true }) => number);
      services: { view: View; log: { add(line: string): void } };
    };
    [document: `doc-${number}`]: {
      calls: (msg: "title") => string;
      services: { view: { zoom(by: number): number; page(): number } };
    };
  };
}

declare module "electron-switchyard" {
  interface Register {
    messages: AppMessages;
  }
}

/** Compiles only if both types are the same one. */
export type Same<Left, Right> =
  (<Type>() => Type extends Left ? 1 : 2) extends <Type>() => Type extends Right ? 1 : 2
    ? true
    : false;

export declare function sure<_Claim extends true>(): void;
