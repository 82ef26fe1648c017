import * as sy from "electron-switchyard";

window.sy = sy;
