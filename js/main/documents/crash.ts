/** The listeners as keepListening takes them. */
type Listeners<Listener> = Readonly<Record<string, Listener>>;

/** In Electron 10 and later, `render-process-gone` comes whenever `crashed` does. */
const FIRST_WITHOUT = 10;

/**
 * The events of a page's crash. Electron 24 to 28 warn on the console, in the app's name, about
 * listeners of the old one.
 */
export function onCrash<Listener>(listener: Listener): Listeners<Listener> {
  const gone = { "render-process-gone": listener };
  const major = Number.parseInt(process.versions["electron"] ?? "", 10);
  return major < FIRST_WITHOUT ? { ...gone, crashed: listener } : gone;
}
