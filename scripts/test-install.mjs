// The package installed, bundled and packaged as its users do. Ends with a line `N passed, N failed`.
import { conclude, installTests } from "./lib/suites.mjs";

await conclude(installTests);
