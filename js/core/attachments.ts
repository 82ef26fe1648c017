import type { Attachment } from "../protocol/protocol";

/** The pieces of each attachment of a frame. */
export type Attachments = readonly (readonly Attachment[])[];
