/** Compiles only while each entry has just what its .d.ts promises, and of its types. */
import type * as contract from "../../index";
import type * as mainContract from "../../main";
import type * as preloadContract from "../../preload";
import type * as rendererContract from "../../renderer";
import type * as browser from "./browser";
import type * as index from "./index";
import type * as main from "./main";
import type * as preload from "./preload";
import type * as renderer from "./renderer";

type Contract = typeof contract;
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;
type Names<Entry, Promised> = Same<keyof Entry, keyof Promised>;
type Main = typeof mainContract;
type Preload = typeof preloadContract;
type Renderer = typeof rendererContract;

const sameNames: [
  Names<typeof index, Contract>,
  Names<typeof browser, Contract>,
  Names<typeof main, Main>,
  Names<typeof preload, Preload>,
  Names<typeof renderer, Renderer>,
] = [true, true, true, true, true];
declare const entries: [typeof index, typeof browser, typeof main, typeof preload, typeof renderer];
const kept: [Contract, Contract, Main, Preload, Renderer] = entries;

export { kept, sameNames };
