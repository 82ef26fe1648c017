// `npm test`, the tests in real windows of further Electrons, those in Chromium, and `npm run
// test:install` in one, with one closing line for all.
import { allTests, chromiumTests, conclude, furtherTests, installTests } from "./lib/suites.mjs";

await conclude(allTests, furtherTests, chromiumTests, installTests);
