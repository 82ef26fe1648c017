export { type Client, clientOf, type Invoke } from "./client";
export { Served } from "./served";
