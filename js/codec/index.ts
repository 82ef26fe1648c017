export { attachmentsOf, type TakeAttachments } from "./attachments";
export { decode } from "./decode";
export { type Encoded, encode, NotCloneableError } from "./encode";
