export { attachmentsOf, decode, type TakeAttachments } from "./decode";
export { type Encoded, encode, encodeArguments } from "./encode";
export { getOwnPropertyDescriptor, getPrototypeOf, isNative } from "./kind";
export { json } from "./plain";
export { ABSENT } from "./tags";
