// The page's and the preload's side in a current Chromium. Ends with a line `N passed, N failed`.
import { chromiumTests, conclude } from "./lib/suites.mjs";

await conclude(chromiumTests);
