/**
 * Compiles only while each entry has just what index.d.ts promises, and of its types. The build
 * writes the subpaths' declarations from these entries, so this holds them too.
 */
import type * as contract from "../../index";
import type * as testingContract from "../../testing";
import type { Instance } from "../main/instance";
import type * as testing from "../testing";
import type * as browser from "./browser";
import type { endpointHere } from "./endpoint-here";
import type { endpointHere as endpointOfPage } from "./endpoint-of-page";
import type * as index from "./index";
import type * as main from "./main";
import type * as preload from "./preload";
import type * as renderer from "./renderer";

type Contract = typeof contract;

/** True, or else the names that differ, which the compiler's message then has. */
type Same<Found, Promised> = [Found, Promised] extends [Promised, Found]
  ? true
  : { missing: Exclude<Promised, Found>; extra: Exclude<Found, Promised> };

/** The calls of a subpath, as the contract has them. */
type Part<Entry> = Pick<Contract, keyof Entry & keyof Contract>;
type Main = keyof typeof main;
type Preload = keyof typeof preload;
type Renderer = keyof typeof renderer;

const sameNames: {
  root: Same<keyof typeof index, keyof Contract>;
  rootForBrowsers: Same<keyof typeof browser, keyof Contract>;
  allSubpaths: Same<Main | Preload, keyof Contract>;
  mainAndPreload: Same<
    Main & Preload,
    "connect" | "onUndeliverable" | "publish" | "serve" | "subscribe"
  >;
  preload: Same<Preload, Renderer | "initExposeInMainWorld">;
  rendererAndExpose: Same<Renderer & "initExposeInMainWorld", never>;
} = {
  root: true,
  rootForBrowsers: true,
  allSubpaths: true,
  mainAndPreload: true,
  preload: true,
  rendererAndExpose: true,
};

declare const entries: [typeof index, typeof browser, typeof main, typeof preload, typeof renderer];
const kept: [Contract, Contract, Part<typeof main>, Part<typeof preload>, Part<typeof renderer>] =
  entries;

declare const ofPage: typeof endpointOfPage;
/** The one takes the place of the other. */
const exchangeable: typeof endpointHere = ofPage;

declare const ofTests: typeof testing;
const keptInTests: typeof testingContract = ofTests;

declare const standIn: testing.MainStandIn;
/** As much of an instance as the calls of main use, where they need no Electron. */
const instanceInTests: Omit<Instance, "windows" | "options" | "messaging"> & {
  windows: Pick<Instance["windows"], keyof testing.MainStandIn["windows"]>;
  options: { current: Partial<Instance["options"]["current"]> };
  messaging: { silent: Pick<Instance["messaging"]["silent"], "messageSent"> };
} = standIn;

export { exchangeable, instanceInTests, kept, keptInTests, sameNames };
