import { onMsgFromMain, onMsgFromOtherRender } from "electron-switchyard/renderer";

onMsgFromMain(() => undefined);
onMsgFromOtherRender(() => undefined);
