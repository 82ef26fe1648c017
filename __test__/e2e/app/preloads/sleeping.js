/** The ready-made preload in a world whose timers never fire. */
require("../pages/sleeping.js");
require("electron-switchyard/dist/preload.js");
