// It has no other form for pages.
import { IpcEmitter } from "@electron-toolkit/typed-ipc/renderer";
import { startWork } from "../../work";

const trains = new IpcEmitter();
const find = (msg) => trains.invoke("typed-ipc:find", msg);

startWork({ ask: find, call: find, linked: () => undefined });
