/** The ready-made preload: one self-contained file. */
import { initExposeInMainWorld } from "./window";

initExposeInMainWorld();
