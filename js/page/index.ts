/** The preload runs this script in an isolated page, before the scripts of the page. */
import { setProkit } from "./prokit";
import { joinTransport } from "./transport";

joinTransport();
setProkit();

// biome-ignore lint/complexity/noUselessEmptyExport: the build takes a file without exports for CommonJS, and wraps all modules that it imports
export {};
