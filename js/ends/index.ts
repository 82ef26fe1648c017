export { type AbortSource, Answering } from "./answering";
export { Asked, type ListenToSignal, listenToSignal } from "./asked";
export { callEach } from "./call-each";
export type { Handler } from "./handlers";
export type { AskOptions } from "./options";
export { encodeReason } from "./reason";
export { type Report, Reports } from "./reports";
export { type Sender, senderOf } from "./sender";
