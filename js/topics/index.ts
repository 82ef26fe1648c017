export { Numbers } from "./numbers";
export { membersOf } from "./options";
export { type Subscriber, type Subscribing, Subscriptions } from "./subscriptions";
