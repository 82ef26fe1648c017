import type { MainEvent } from "../../../index";
import type { Router } from "../../core/binding";
import type { Switchyard } from "../../core/switchyard";
import { failure } from "../../errors";
import type { WorldAddress } from "../../protocol/protocol";
import type { Ending } from "./navigation";
import { taggedOrigin } from "./origin";
import type { Senders } from "./senders";
import type { Place } from "./transport";

/** The endpoints of windows' documents: what the router and main's requests know of them. */
export class Endpoints {
  constructor(
    private readonly _router: Router,
    private readonly _senders: Senders,
    private readonly _switchyard: Switchyard<MainEvent>,
  ) {}

  /** A world of a document sends for the first time. */
  connect(contents: number, worldAddress: WorldAddress, place: Place): number {
    const endpoint = this._router.connect(contents, worldAddress, taggedOrigin(place.origin));
    this._senders.add(endpoint, place);
    return endpoint;
  }

  /** A document has ended: nothing is sent to its endpoints any more. */
  end(contents: number, document: number, endpoints: readonly number[], how: Ending) {
    this._router.endDocument(contents, document, how === "crashed");
    this.cancel(endpoints, how);
  }

  /** Nobody waits for answers to these endpoints any more. */
  cancel(endpoints: readonly number[], how: Ending) {
    const error = failure("ERR_TARGET_GONE", `the asker has ended: ${SENTENCES[how]}`);
    const reason = Object.assign(error, { reason: how });
    this._senders.end(endpoints, reason);
    this._switchyard.cancelRequests(endpoints, reason);
  }

  /** Nothing comes from these endpoints any more. */
  dispose(endpoints: Iterable<number>) {
    this._senders.dispose(endpoints, this._switchyard.hasPendingRequests);
  }

  /** Holds back what goes to a window, while it is not sure which document is there. */
  pause(contents: number) {
    this._router.pauseWindow(contents, true);
  }

  resume(contents: number) {
    this._router.pauseWindow(contents, false);
    this._switchyard.flushSoon();
  }
}

const SENTENCES: Readonly<Record<Ending, string>> = {
  closed: "its window was closed",
  crashed: "its page crashed",
  reloaded: "its page was reloaded or replaced by another",
};
