import * as calls from "electron-switchyard/renderer";

window.calls = calls;
