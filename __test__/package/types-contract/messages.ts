// An app's contract, merged into the package's types.
import type { MessageContract } from "electron-switchyard";

export interface Train {
  id: number;
  name: string;
}

export type Load = { type: "load"; id: number; fresh?: boolean };
export type Save = { type: "save"; train: Train };

interface AppMessages extends MessageContract {
  toMain:
    | ((msg: Load) => Train | undefined)
    | ((msg: Save) => Promise<void>)
    | ((msg: "ping") => "pong");
  windows: {
    main: { fromMain: { progress: number; of?: number } };
    work: {
      fromMain: "stop" | { type: "job"; id: number };
      fromOther: { pixels: Uint8Array };
      calls: ((msg: { search: string }) => Train[]) | ((msg: { count: true }) => number);
    };
    [document: `doc-${number}`]: { calls: (msg: "title") => string };
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
