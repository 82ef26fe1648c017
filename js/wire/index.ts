export { kept, piecesOf, sendCut } from "./cut";
export { InFlight } from "./in-flight";
export { Joiner, LOST, whole } from "./join";
export { sizeOf, sizeOfMessage, weightOf } from "./size";
export { Tally } from "./tally";
export { WorldWire } from "./world";
