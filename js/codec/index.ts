export { attachmentsOf, type TakeAttachments } from "./attachments";
export { decode } from "./decode";
export { encode } from "./encode";
export type { Encoded } from "./encoded";
export { json } from "./json";
export { ABSENT } from "./tags";
