import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from "electron";
import { warn } from "../ends";
import { failure } from "../errors";
import type { Documents } from "./documents";
import type { Navigations } from "./navigation";
import { ProkitChannels } from "./prokit-channels";
import { type EndpointEvents, ProkitWindow } from "./prokit-window";

type Spoken = IpcMainEvent | IpcMainInvokeEvent;

/** Windows whose preload is still electron-prokit's, for as long as they are let in. */
export class ProkitWindows {
  private readonly windows = new Map<number, ProkitWindow>();
  private readonly warned = new Set<string>();
  private areLetIn = true;
  private readonly channels = new ProkitChannels({
    request: async (event, msg) => this.speaker(event).request(msg),
    message: (event, message, answered) => this.message(event, message, answered),
  });

  constructor(
    private readonly navigations: Navigations,
    private readonly documents: Documents,
    private readonly events: EndpointEvents,
  ) {
    this.channels.listen();
  }

  /** Lets them in, or no longer. */
  letIn(are: boolean) {
    if (are === this.areLetIn) return;
    this.areLetIn = are;
    if (are) this.channels.listen();
    else this.channels.leave();
    for (const window of this.windows.values()) window.letIn(are);
  }

  /** Begins to follow a window; a second time changes nothing. */
  watch(contents: WebContents): ProkitWindow {
    const known = this.windows.get(contents.id);
    if (known) return known;
    const { id } = contents;
    const navigation = this.navigations.of(contents);
    const window = new ProkitWindow(
      contents,
      navigation,
      this.documents,
      this.events,
      this.areLetIn,
    );
    this.windows.set(id, window);
    navigation.follow({ closed: () => this.windows.delete(id) });
    return window;
  }

  /** A document of a window has said our hello. */
  greeted(contents: number) {
    this.windows.get(contents)?.greeted();
  }

  private message(event: IpcMainEvent, message: unknown, answered: boolean) {
    try {
      const speaker = this.speaker(event);
      if (answered) return;
      const { windowName, msg } = Object(message) as { windowName?: unknown; msg?: unknown };
      if (typeof windowName !== "string") throw new Error("it names no window");
      speaker.message(windowName, msg);
    } catch (error) {
      this.refused(event.sender.id, error);
    }
  }

  private speaker(event: Spoken) {
    const { senderFrame } = event;
    if (senderFrame === null) throw failure("ERR_TARGET_GONE", "its frame is gone");
    // Electron 9 to 11 do not tell which frame speaks.
    if (senderFrame?.parent) {
      throw failure("ERR_SUBFRAME", "a subframe cannot take part with electron-prokit's preload");
    }
    return this.watch(event.sender).speaks(event);
  }

  /** One line per window: a page that floods main with nonsense must not flood the log. */
  private refused(contents: number, error: unknown) {
    // The gate has said so, once for the origin.
    if ((error as { code?: unknown }).code === "ERR_ORIGIN") return;
    const sentence = `a message of electron-prokit's from webContents ${contents} was refused`;
    warn(this.warned, `${contents}`, `${sentence}: ${error}`);
  }
}
