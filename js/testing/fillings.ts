import type { Batches } from "../core/batches";
import type { Router } from "../core/binding";
import type { Platform } from "../core/platform";
import { Switchyard } from "../core/switchyard";
import type { Turn } from "../core/turn";
import { Kind, World, worldAddressOf } from "../protocol/protocol";
import type { Report } from "../requests";
import type { TestEvent } from "./event";
import type { Settings } from "./settings";

/** No app has a topic of this name. */
const TOPIC = "electron-switchyard/testing: the filling of a queue";

/** In characters. Longer text is an attachment, which counts more. */
const MAX_VALUE = 30_000;

/** No page has this number. */
const DOCUMENT = 0;

/**
 * Fills the queues of windows, by values of a topic to which a world beside the page subscribes. The page needs
 * no listener for them, and they are gone when the world subscribes no more.
 */
export class Fillings {
  /** The contents of the windows that are filled. */
  private readonly _filled = new Set<number>();

  constructor(
    private readonly _router: Router,
    private readonly _switchyard: Switchyard<TestEvent>,
    private readonly _settings: Settings,
  ) {}

  /** Nothing leaves the queue of a window any more, and there is no room for another message. */
  fill(windowName: string, contents: number) {
    this._router.pauseWindow(contents, true);
    this._subscribe(contents);
    const before = this._free(windowName);
    if (before.records <= 0 || before.bytes <= 0) return;
    this._publish(windowName, 0);
    const free = this._free(windowName);
    const lengths = lengthsFor(free.records, free.bytes, before.bytes - free.bytes);
    for (const length of lengths) this._publish(windowName, length);
  }

  /** The page takes what waits, and there is room again. */
  end(contents: number) {
    if (this._filled.delete(contents)) this._router.endDocument(contents, DOCUMENT, false);
    this._router.pauseWindow(contents, false);
    this._switchyard.flushSoon();
  }

  private _subscribe(contents: number) {
    if (this._filled.has(contents)) return;
    this._filled.add(contents);
    const address = worldAddressOf(DOCUMENT, false, World.Preload);
    const endpoint = this._router.connect(contents, address);
    const record = [Kind.Subscribe, [1, TOPIC], 0, 0];
    this._switchyard.receive(endpoint, 0, JSON.stringify([record]), []);
  }

  private _publish(windowName: string, length: number) {
    this._switchyard.topics.publish(TOPIC, "-".repeat(length), { to: windowName });
  }

  /** The room in the queue of a window. */
  private _free(windowName: string): { records: number; bytes: number } {
    const { windows } = JSON.parse(this._router.stats()) as {
      windows: Record<string, { queued: number; queuedBytes: number }>;
    };
    const { queued = 0, queuedBytes = 0 } = windows[windowName] ?? {};
    const { maxQueueRecords, maxQueueBytes } = this._settings;
    return { records: maxQueueRecords - queued, bytes: maxQueueBytes - queuedBytes };
  }
}

/**
 * The lengths of the values that take all records, or else all bytes. `size`: in bytes, that of an empty value.
 * No rest is shorter than that.
 */
function* lengthsFor(records: number, bytes: number, size: number): Generator<number> {
  for (; records > 0 && bytes >= size; records--) {
    let length = 0;
    if (records * size > bytes) {
      length = Math.min(bytes - size, MAX_VALUE);
      const rest = bytes - size - length;
      if (rest > 0 && rest < size) length -= size;
    }
    yield length;
    bytes -= size + length;
  }
}

/** Reports nothing of fillings, but that one of their values was dropped for a message of the app. */
export class TestSwitchyard extends Switchyard<TestEvent> {
  constructor(
    batches: Batches,
    platform: Platform<TestEvent>,
    turn: Turn,
    private readonly _settings: Settings,
  ) {
    super(batches, platform, turn);
  }

  override onUndeliverable(listener: (report: Report) => void): () => void {
    return super.onUndeliverable((report) => {
      if (report.topic !== TOPIC) return listener(report);
      const isDropped = report.code === "ERR_QUEUE_FULL" && this._settings.overflow !== "reject";
      if (isDropped) listener(Object.freeze({ ...report, topic: undefined }));
    });
  }
}
