/** The preload runs this script in an isolated page, before the scripts of the page. */
import { setProkit } from "./prokit";
import { joinTransport } from "./transport";

joinTransport();
setProkit();
