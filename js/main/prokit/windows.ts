import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from "electron";
import type { MainEvent } from "../../../index";
import type { Switchyard } from "../../core/switchyard";
import { failure } from "../../errors";
import { warn } from "../../requests";
import type { Documents } from "../documents/documents";
import type { Navigations } from "../documents/navigation";
import type { Windows } from "../windows";
import { ProkitChannels } from "./channels";
import { ProkitFailures } from "./failures";
import { ProkitSigns } from "./signs";
import { ProkitWindow } from "./window";

type Spoken = IpcMainEvent | IpcMainInvokeEvent;

/**
 * Whether windows with electron-prokit's preload are let in.
 * - `off`: never, as the app has said. Its channels are left alone.
 * - `waiting`: nothing of electron-prokit's has shown yet.
 * - `armed`: from the first sign on, or as the app has said, for the rest of the process. It holds for
 *   all windows, because the channels are the app's: a window that has not sent yet may be of the
 *   kind that shows nothing.
 */
type State = "off" | "waiting" | "armed";

/** Windows whose preload is still electron-prokit's, for as long as they are let in. */
export class ProkitWindows {
  private readonly _windows = new Map<number, ProkitWindow>();
  private readonly _warned = new Set<string>();
  private _state: State = "waiting";
  private readonly _channels = new ProkitChannels(
    async (event, msg) => this._speaker(event).request(msg),
    (...message) => this._message(...message),
  );
  private readonly _signs = new ProkitSigns(
    () => this._enter("armed"),
    (...message) => this._message(...message),
  );

  constructor(
    private readonly _navigations: Navigations,
    private readonly _documents: Documents,
    private readonly _switchyard: Switchyard<MainEvent>,
    private readonly _named: Windows,
  ) {}

  /** Looks for signs of electron-prokit, in a microtask: the first initIpc may say that none counts. */
  lookSoon() {
    Promise.resolve().then(() => {
      if (this._state === "waiting") this._signs.begin();
    });
  }

  /** Lets them in at once, or not at all. */
  setLetIn(isLetIn: boolean) {
    this._enter(isLetIn ? "armed" : "off");
  }

  private _enter(state: "armed" | "off") {
    if (state === this._state) return;
    this._state = state;
    const isArmed = state === "armed";
    this._signs.end();
    if (isArmed) this._channels.listen();
    else this._channels.unlisten();
    for (const window of this._windows.values()) window.setLetIn(isArmed);
  }

  /** Begins to follow a window; a second time changes nothing. */
  watch(contents: WebContents): ProkitWindow {
    const known = this._windows.get(contents.id);
    if (known) return known;
    const { id } = contents;
    const navigation = this._navigations.of(contents);
    const window = new ProkitWindow(
      contents,
      navigation,
      this._documents,
      this._switchyard,
      new ProkitFailures(id, this._documents, this._switchyard, this._named),
      this._state === "armed",
    );
    this._windows.set(id, window);
    navigation.follow({
      began: () => this._signs.look(contents),
      closed: () => this._windows.delete(id),
    });
    this._signs.look(contents);
    return window;
  }

  /** A document of a window has said our hello. */
  greeted(contents: number) {
    this._windows.get(contents)?.greeted();
  }

  private _message(event: IpcMainEvent, message: unknown, isAnswered: boolean) {
    try {
      const speaker = this._speaker(event);
      if (isAnswered) return;
      const { windowName, msg } = Object(message) as { windowName?: unknown; msg?: unknown };
      if (typeof windowName !== "string") throw new Error("it has no windowName");
      speaker.message(windowName, msg);
    } catch (error) {
      this._rejected(event.sender.id, error);
    }
  }

  private _speaker(event: Spoken) {
    const { senderFrame } = event;
    if (senderFrame === null) throw failure("ERR_TARGET_GONE", "its frame was removed");
    // Electron 9 to 11 give no sender's frame.
    if (senderFrame?.parent) {
      throw failure("ERR_SUBFRAME", "a subframe with electron-prokit's preload is not let in");
    }
    return this.watch(event.sender).speaks(event);
  }

  /** One line per window: a page that floods main with nonsense must not flood the log. */
  private _rejected(contents: number, error: unknown) {
    // The gate has written a line, once for the origin.
    if ((error as { code?: unknown }).code === "ERR_ORIGIN") return;
    const sentence = `a message of electron-prokit's from webContents ${contents} was rejected`;
    warn(this._warned, `${contents}`, `${sentence}: ${error}`);
  }
}
