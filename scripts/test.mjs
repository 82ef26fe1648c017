// All tests, from the pure router to real windows. Ends with a line `N passed, N failed`.
import { allTests, conclude } from "./lib/suites.mjs";

await conclude(allTests);
