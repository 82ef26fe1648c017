/**
 * Compiles only while each entry has just what index.d.ts promises, and of its types. The build
 * writes the subpaths' declarations from these entries, so this holds them too.
 */
import type * as contract from "../../index";
import type * as browser from "./browser";
import type { endpointHere } from "./endpoint-here";
import type { endpointHere as endpointOfPage } from "./endpoint-of-page";
import type * as index from "./index";
import type * as main from "./main";
import type * as preload from "./preload";
import type * as renderer from "./renderer";

type Contract = typeof contract;
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;

/** The calls of a subpath, as the contract has them. */
type Part<Entry> = Pick<Contract, keyof Entry & keyof Contract>;
type Main = keyof typeof main;
type Preload = keyof typeof preload;
type Renderer = keyof typeof renderer;

const sameNames: [
  root: Same<keyof typeof index, keyof Contract>,
  rootForBrowsers: Same<keyof typeof browser, keyof Contract>,
  everyCallHasItsSubpath: Same<Main | Preload, keyof Contract>,
  bothPlacesHaveOne: Same<Main & Preload, "onUndeliverable">,
  preloadsHaveOneMoreThanPages: Same<Preload, Renderer | "initExposeInMainWorld">,
  onlyPreloadsHaveIt: Same<Renderer & "initExposeInMainWorld", never>,
] = [true, true, true, true, true, true];

declare const entries: [typeof index, typeof browser, typeof main, typeof preload, typeof renderer];
const kept: [Contract, Contract, Part<typeof main>, Part<typeof preload>, Part<typeof renderer>] =
  entries;

declare const ofPage: typeof endpointOfPage;
/** The one takes the place of the other. */
const exchangeable: typeof endpointHere = ofPage;

export { exchangeable, kept, sameNames };
