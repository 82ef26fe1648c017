// `npm test`, the tests in real windows of further Electrons, and `npm run test:install` in one, with
// one closing line for all.
import { allTests, conclude, furtherTests, installTests } from "./lib/suites.mjs";

await conclude(allTests, furtherTests, installTests);
