/** The command `electron-switchyard-migrate`, and the whole of its package. */
import { run } from "./cli";

const [major] = process.versions.node.split(".").map(Number);
if (major !== undefined && major < 18) {
  console.error(`electron-switchyard-migrate needs Node 18 or later; this is ${process.version}`);
  process.exitCode = 2;
} else {
  process.exitCode = run(process.argv.slice(2));
}
