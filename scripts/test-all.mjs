// `npm test` and `npm run test:install` in one, with one closing line for both.
import { allTests, conclude, installTests } from "./lib/suites.mjs";

await conclude(allTests, installTests);
