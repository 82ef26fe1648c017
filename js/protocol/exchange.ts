/**
 * The two texts that cross between `js/core` and the router in one call, readable alone. This file imports
 * nothing. `src/router/lines.rs` reads the first text and `src/router/handed_out.rs` writes the second;
 * `__test__/addon/exchange.json` has examples that both sides are tested with.
 *
 * **To the router: lines**, with line breaks between, which JSON text as `JSON.stringify` writes it has
 * none of. The lines are what main sends, in order:
 *
 * - `>"name"`: the next messages and calls are for that window
 * - `form,payload`: a message
 * - `!form,payload`: a message whose rejection is thrown by the exchange
 * - `?id,form,payload`: a call
 * - `=endpoint,id,ok,form,payload`: the answer to a request; `ok` is 1 or 0
 * - `-id,form,payload`: main cancels its call, for this reason
 * - `^kind,address,form,payload`: a record of main's own about a topic, as a window sends it (`protocol.ts`)
 * - `@first,bytes,bytes`: the attachments of the next line are in consecutive slots from this one, and have
 *   these bytes
 *
 * Behind the lines comes a packet of a page, if there is one. It is an argument of its own, because a
 * page may write line breaks. The last lines say something of the packet:
 *
 * - `~`: if it names windows that are not there, nothing of it is routed and the names come back
 * - `@first,bytes,bytes`: its attachments
 *
 * **From the router: packets.** Marks as far as they apply ({@link Mark}), then for each packet
 * {@link BEFORE_PACKET}, its webContents (0 is the main process), its world address and the slots of its
 * attachments in order, with commas between; then its text, a JSON array of records. If names of a packet
 * come back, the text has nothing but {@link UNKNOWN_NAMES} and a JSON array of the names.
 */
export enum LineMark {
  Window = ">",
  Checked = "!",
  Call = "?",
  Answer = "=",
  Cancel = "-",
  Own = "^",
  Attachments = "@",
  Resolve = "~",
}

/** A mark that may stand before the packets. */
export enum Mark {
  /** Requests wait for a handler. */
  RequestsWait = "w",
  /** There may be more. */
  More = "m",
  /** The router wants to know what the clock shows. */
  Clock = "t",
}

/** This character is in no JSON text, not even as white space. */
export const BEFORE_PACKET = "\x1e";

export const UNKNOWN_NAMES = "u";
