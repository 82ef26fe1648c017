/**
 * The calls of a window. No other module lists them: the entries export what this one does, and the
 * build writes the subpaths' declarations from the entries' exports.
 */
import * as client from "../client";
import { endpointHere } from "./endpoint-here";

export const {
  callOtherRender,
  offMsgFromMain,
  offMsgFromOtherRender,
  onMsgFormOtherRender,
  onMsgFromMain,
  onMsgFromOtherRender,
  sendMsgToMain,
  sendMsgToOtherRender,
} = client.renderApi(endpointHere);

// The others are functions: a bundler leaves out those that a page does not use, and all that they alone need.

export function onCall(callback: unknown): () => void {
  return client.onCall(endpointHere, callback);
}

export function onUndeliverable(callback: unknown): () => void {
  return client.onUndeliverable(endpointHere, callback);
}

export function serve(service: unknown, implementation: unknown): () => void {
  return client.serve(endpointHere, service, implementation);
}

/** The contract says which methods a client has. */
export function connect(service: unknown, options?: object): never {
  return client.connect(endpointHere, service, options) as never;
}

export function publish(topic: unknown, value: unknown, options?: object): void {
  client.publish(endpointHere, topic, value, options);
}

export function subscribe(topic: unknown, callback: unknown): () => void {
  return client.subscribe(endpointHere, topic, callback);
}
