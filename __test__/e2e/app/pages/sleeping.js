/** As in a hidden window, whose timers may wake once a minute: here they never do. */
globalThis.setTimeout = () => 0;
globalThis.setInterval = () => 0;
