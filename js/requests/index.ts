export { addressOf, type Sender, senderOf } from "./address";
export { Callbacks, callEach } from "./callbacks";
export { complain, warn } from "./console";
export { answerOf, type Handler } from "./handlers";
export { cancelAll, IncomingRequests, type SendAnswer } from "./incoming";
export { type AbortSource, IncomingRequest } from "./incoming-request";
export { nameOf } from "./names";
export { type AskOptions, checkAskOptions, checkMs, requireOptions } from "./options";
export { type ListenToSignal, listenToSignal, OutgoingRequests, stopRequests } from "./outgoing";
export { encodeReason } from "./reason";
export {
  type DownRecord,
  type MainRecord,
  type Nack,
  readerOf,
} from "./record";
export { membersOf, recordsOf } from "./records";
export { reportOfName } from "./report-of-name";
export { type Report, Reports } from "./reports";
