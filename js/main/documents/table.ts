import type { Attachments } from "../../core/attachments";
import { documentOf, isOfSubframe, type WorldAddress } from "../../protocol/protocol";
import type { WindowDocuments } from "./window-documents";

/** The documents of each window, by the id of its contents. */
export class DocumentTable extends Map<number, WindowDocuments> {
  /** Sends a packet to a document; does nothing if that has ended. */
  deliver(id: number, worldAddress: WorldAddress, packet: string, attachments: Attachments) {
    const window = this.get(id);
    if (isOfSubframe(worldAddress)) window?.subframes.deliver(worldAddress, packet, attachments);
    else window?.transportOf(documentOf(worldAddress))?.send(worldAddress, packet, attachments);
  }

  /** Sends a packet that the router does not know of to each world of a window's document. */
  notify(id: number, packet: string) {
    for (const worldAddress of this.get(id)?.worldAddresses() ?? []) {
      this.deliver(id, worldAddress, packet, []);
    }
  }
}
