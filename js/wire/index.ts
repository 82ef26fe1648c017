export { kept, piecesOf, sendCut } from "./cut";
export { Joiner, LOST, whole } from "./join";
export { sizeOf, sizeOfMessage } from "./size";
export { Tally } from "./tally";
export { WorldWire } from "./world";
