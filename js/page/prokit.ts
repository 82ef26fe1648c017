import { PRELOAD_KEY } from "../protocol/protocol";

type Listener = (event: unknown, msg: unknown) => void;
type Undo = () => void;
type Add = (listener: Listener) => Undo;

interface Exposed {
  readonly renderMsgToMain: (msg: unknown) => Promise<unknown>;
  readonly renderMsgToRender: (windowName: string, msg: unknown) => void;
  readonly onMsgFromMain: Add;
  readonly onRenderMsgToRender: Add;
  readonly clearDb: Missing;
  readonly initDb: Missing;
  readonly readDb: Missing;
  readonly writeDb: Missing;
}

type Missing = () => Promise<never>;

type Page = Window & { [PRELOAD_KEY]: Exposed };

function lane(add: Add) {
  const undos = new Map<Listener, Undo>();
  const off = (listener: Listener) => {
    const undo = undos.get(listener);
    if (undos.delete(listener)) undo?.();
  };
  const on = (listener: Listener) => {
    if (!undos.has(listener)) undos.set(listener, add(listener));
    return () => off(listener);
  };
  return { on, off };
}

/**
 * Sets the global of electron-prokit. A function that crosses the contextBridge twice arrives as two
 * functions, so the preload could not know which listener to remove. The page knows it.
 */
export function setProkit() {
  if ("electronProkit" in window) return;
  const prokit = (window as unknown as Page)[PRELOAD_KEY];
  const fromMain = lane(prokit.onMsgFromMain);
  const { on: onRenderMsgToRender } = lane(prokit.onRenderMsgToRender);
  const value = Object.freeze({
    ...prokit,
    onMsgFromMain: fromMain.on,
    offMsgFromMain: fromMain.off,
    onRenderMsgToRender,
  });
  Object.defineProperty(window, "electronProkit", {
    __proto__: null,
    enumerable: true,
    value,
  } as object);
}
