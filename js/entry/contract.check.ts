/** Compiles only while each root entry has just what index.d.ts promises, and of its types. */
import type * as contract from "../../index";
import type * as browser from "./browser";
import type * as index from "./index";

type Contract = typeof contract;
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;
type Names<Entry> = Same<keyof Entry, keyof Contract>;

const sameNames: [Names<typeof index>, Names<typeof browser>] = [true, true];
declare const entries: [typeof index, typeof browser];
const kept: [Contract, Contract] = entries;

export { kept, sameNames };
