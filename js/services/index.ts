export { type Client, clientOf, type Invoke } from "./client";
export { type ConnectOptions, optionsOf } from "./options";
export { Served } from "./served";
