import type { Attachment } from "../protocol/protocol";

/** The fragments of each attachment of a packet. */
export type Attachments = readonly (readonly Attachment[])[];
