import type { WebContents } from "electron";
import type { MainEvent } from "../../../index";
import type { IncomingRequest, Sender } from "../../requests";
import type { Place } from "./transport";

/** The event that handlers get with a request. */
class PageEvent implements MainEvent {
  readonly sender: WebContents;
  readonly frameId: number;
  readonly processId: number;
  readonly windowName: string | undefined;
  readonly origin: string;
  /** Truly private: apps log events, and compare them. */
  readonly #request: IncomingRequest;
  readonly #place: Place;

  constructor(place: Place, sender: Sender, request: IncomingRequest) {
    this.sender = place.sender;
    this.frameId = place.frameId;
    this.processId = place.processId;
    this.windowName = sender.windowName;
    this.origin = place.origin;
    this.#request = request;
    this.#place = place;
  }

  /** Not the frame of another document: Electron's frames stay from one to the next. */
  get senderFrame(): MainEvent["senderFrame"] {
    const { hasEnded, senderFrame } = this.#place;
    return (hasEnded ? null : senderFrame) as MainEvent["senderFrame"];
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }
}

/** The endpoints of pages with their places, for as long as requests of theirs may be handled. */
export class Senders {
  private readonly _places = new Map<number, Place>();
  /** Why nobody waits for answers to endpoints of documents that have ended. */
  private readonly _whyEnded = new Map<number, Error>();
  /** Endpoints that send nothing more, while requests of theirs may still wait. */
  private readonly _disposable = new Set<number>();

  add(endpoint: number, place: Place) {
    this._places.set(endpoint, place);
  }

  eventOf(endpoint: number, sender: Sender, request: IncomingRequest): MainEvent {
    return new PageEvent(this._places.get(endpoint) as Place, sender, request);
  }

  end(endpoints: Iterable<number>, reason: Error) {
    for (const endpoint of endpoints) this._whyEnded.set(endpoint, reason);
  }

  whyEnded(endpoint: number): Error | undefined {
    return this._whyEnded.get(endpoint);
  }

  /** Disposes endpoints as soon as no request waits for a handler. */
  dispose(endpoints: Iterable<number>, hasPendingRequests: boolean) {
    for (const endpoint of endpoints) this._disposable.add(endpoint);
    if (hasPendingRequests) return;
    for (const endpoint of this._disposable) {
      this._places.delete(endpoint);
      this._whyEnded.delete(endpoint);
    }
    this._disposable.clear();
  }
}
