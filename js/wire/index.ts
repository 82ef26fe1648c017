export { isCount } from "./count";
export { kept, piecesOf, sendCut } from "./cut";
export { InFlight } from "./in-flight";
export { Joiner, LOST, whole } from "./join";
export { type Refusal, RefusingPort, refusal, SUBFRAMES_ARE_OUT } from "./refusal";
export { type Meeting, relayFrom, relayTo } from "./relay";
export { sizeOf, sizeOfMessage, weightOf } from "./size";
export { Tally } from "./tally";
export { type Port, WorldWire } from "./world";
