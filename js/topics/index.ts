export { Numbers } from "./numbers";
export { membersOf } from "./options";
export { reportValues } from "./report";
export { type Subscriber, type Subscribing, Subscriptions } from "./subscriptions";
