export { messagesOf, piecesOf } from "./cut";
export { Joiner, LOST, whole } from "./join";
export { sizeOf, sizeOfMessage } from "./size";
