import type { Attachments } from "../core/attachments";
import { Batches } from "../core/batches";
import type { Router } from "../core/binding";
import type { Platform } from "../core/platform";
import type { Switchyard } from "../core/switchyard";
import { Turn } from "../core/turn";
import { failure, traced } from "../errors";
import { loadNative, type Native } from "../host/native";
import {
  type Attachment,
  FILE_ORIGIN,
  type Fragment,
  World,
  type WorldAddress,
  worldAddressOf,
} from "../protocol/protocol";
import type { IncomingRequest, Sender } from "../requests";
import { fragmentsOf, reassemble } from "../transport";
import { TestEvent } from "./event";
import { Fillings, TestSwitchyard } from "./fillings";
import { Tasks } from "./loop";
import { type Ending, Page } from "./page";
import { type Limits, Settings } from "./settings";

const SENTENCES: Readonly<Record<Ending, string>> = {
  closed: "its window was closed",
  crashed: "its page crashed",
  reloaded: "its page was reloaded or replaced by another",
};

/** The main process with the real router, and the pages. Tasks are in the place of ports. */
export class Hub implements Platform<TestEvent> {
  readonly keepsTime = false;
  readonly trace = traced;
  readonly settings: Settings;
  readonly router: Router;
  readonly switchyard: Switchyard<TestEvent>;
  readonly tasks = new Tasks();
  /** All pages that ever were, by the router's endpoint. */
  private readonly _pages = new Map<number, Page>();
  /** The page that a window has now, by its contents. */
  private readonly _shown = new Map<number, Page>();
  private readonly _closed = new Set<number>();
  private readonly _fillings: Fillings;
  private readonly _whyEnded = new Map<number, Error>();
  private _lastDocument = 0;

  constructor(limits: Limits) {
    const batches = new Batches(newRouter());
    this.router = batches.router;
    this.settings = new Settings(this.router);
    this.settings.merge("testApp", limits);
    this.switchyard = new TestSwitchyard(batches, this, new Turn(this.tasks.add), this.settings);
    this._fillings = new Fillings(this.router, this.switchyard, this.settings);
  }

  /** Loads a page in the window of these contents. */
  load(contents: number, origin: string): Page {
    this._lastDocument += 1;
    const address = worldAddressOf(this._lastDocument, false, World.Page);
    const tagged = origin === FILE_ORIGIN ? undefined : origin;
    const id = this.router.connect(contents, address, tagged);
    const page = new Page(id, this._lastDocument, address, origin, (...sent) =>
      this._receive(contents, page, ...sent),
    );
    this._pages.set(id, page);
    this._shown.set(contents, page);
    return page;
  }

  /** The page of a window has ended. Packets that it sent before still arrive, unless the window was closed. */
  end(contents: number, how: Ending) {
    const page = this._shown.get(contents);
    page?.end(how);
    this._shown.delete(contents);
    if (how === "closed") {
      this._closed.add(contents);
      this.router.closeWindow(contents);
    } else if (page) this.router.endDocument(contents, page.document, how === "crashed");
    if (page) this._cancel(page, how);
    this.switchyard.flushSoon();
  }

  fill(windowName: string, contents: number) {
    this._fillings.fill(windowName, contents);
  }

  /** The page takes what waits, and the filling is gone. */
  resume(contents: number) {
    this._fillings.end(contents);
  }

  stop() {
    this.tasks.stop();
    this.switchyard.stop();
    for (const page of this._pages.values()) page.stop();
  }

  deliver(contents: number, address: WorldAddress, packet: string, attachments: Attachments) {
    const copies = attachments.map((fragments) => copyOf(reassemble(fragments)));
    this.tasks.add(() => {
      const page = this._shown.get(contents);
      if (page?.address !== address) return;
      page.take(packet, copies);
      this.switchyard.acknowledge(page.id, 1);
    });
  }

  eventOf(endpoint: number, sender: Sender, request: IncomingRequest): TestEvent {
    return new TestEvent(sender, this._pages.get(endpoint)?.origin ?? FILE_ORIGIN, request);
  }

  whyEnded(endpoint: number): Error | undefined {
    return this._whyEnded.get(endpoint);
  }

  handlerWaitMs(): number {
    return this.settings.handlerWaitMs;
  }

  hasResolver(): boolean {
    return false;
  }

  resolve() {}

  private _receive(
    contents: number,
    page: Page,
    lanes: number,
    packet: string,
    attachments: readonly Attachment[],
  ) {
    // Long bytes are the app's memory, which it may change after this.
    const fragments = attachments.map(fragmentsOf);
    this.tasks.add(() => {
      if (this._closed.has(contents)) return;
      try {
        this.switchyard.receive(page.id, lanes, packet, fragments);
      } catch (error) {
        page.reject(packet, error);
      }
    });
  }

  /** Nobody waits for answers to this page any more. */
  private _cancel(page: Page, how: Ending) {
    const message = `the asker has ended: ${SENTENCES[how]}`;
    const reason = failure("ERR_TARGET_GONE", message, { reason: how });
    this._whyEnded.set(page.id, reason);
    this.switchyard.cancelRequests([page.id], reason);
  }
}

/** To find the binary takes longer than all else about an app. */
let native: Native | undefined;

function newRouter(): Router {
  native ??= loadNative();
  return new native.Router();
}

/** A port copies what crosses it. */
function copyOf(fragment: Fragment): Fragment {
  return typeof fragment === "string" ? fragment : fragment.slice(0);
}
