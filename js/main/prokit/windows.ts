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
import { ProkitWindow } from "./window";

type Spoken = IpcMainEvent | IpcMainInvokeEvent;

/** Windows whose preload is still electron-prokit's, for as long as they are let in. */
export class ProkitWindows {
  private readonly _windows = new Map<number, ProkitWindow>();
  private readonly _warned = new Set<string>();
  private _isLetIn = true;
  private readonly _channels = new ProkitChannels(
    async (event, msg) => this._speaker(event).request(msg),
    (...message) => this._message(...message),
  );

  constructor(
    private readonly _navigations: Navigations,
    private readonly _documents: Documents,
    private readonly _switchyard: Switchyard<MainEvent>,
    private readonly _named: Windows,
  ) {
    this._channels.listen();
  }

  /** Lets them in, or no longer. */
  setLetIn(isLetIn: boolean) {
    if (isLetIn === this._isLetIn) return;
    this._isLetIn = isLetIn;
    if (isLetIn) this._channels.listen();
    else this._channels.unlisten();
    for (const window of this._windows.values()) window.setLetIn(isLetIn);
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
      this._isLetIn,
    );
    this._windows.set(id, window);
    navigation.follow({ closed: () => this._windows.delete(id) });
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
      if (typeof windowName !== "string") throw new Error("it names no window");
      speaker.message(windowName, msg);
    } catch (error) {
      this._refused(event.sender.id, error);
    }
  }

  private _speaker(event: Spoken) {
    const { senderFrame } = event;
    if (senderFrame === null) throw failure("ERR_TARGET_GONE", "its frame is gone");
    // Electron 9 to 11 give no sender's frame.
    if (senderFrame?.parent) {
      throw failure("ERR_SUBFRAME", "a subframe with electron-prokit's preload is not let in");
    }
    return this.watch(event.sender).speaks(event);
  }

  /** One line per window: a page that floods main with nonsense must not flood the log. */
  private _refused(contents: number, error: unknown) {
    // The gate has written a line, once for the origin.
    if ((error as { code?: unknown }).code === "ERR_ORIGIN") return;
    const sentence = `a message of electron-prokit's from webContents ${contents} was refused`;
    warn(this._warned, `${contents}`, `${sentence}: ${error}`);
  }
}
