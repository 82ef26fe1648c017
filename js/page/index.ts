/** The preload runs this in an isolated page, before the page's own scripts. */
import { setProkit } from "./prokit";
import { joinTransport } from "./transport";

joinTransport();
setProkit();
