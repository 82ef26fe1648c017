// `npm run site`: builds the site of the documents into target/site/out; with `-- --serve`, serves it.
import { parseArgs } from "node:util";
import { runCommand } from "./lib/command.mjs";
import { ensureNodeModules } from "./lib/node-modules.mjs";
import { log } from "./lib/run.mjs";

const USAGE = `npm run site [-- --serve] [-- --base /name/]
  --serve          serves what was built, at an address that it prints
  --base <path>    the path that the site is served at (default /)
  --folder <path>  where everything is written, below target/ (default target/site)`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      serve: { type: "boolean", default: false },
      base: { type: "string" },
      folder: { type: "string" },
    },
  });
  return values;
}

async function site({ serve, base, folder }) {
  await ensureNodeModules();
  // They need node modules, which may be there only now.
  const { buildSite } = await import("../site/lib/build.mjs");
  const { out, pages } = await buildSite({ base, folder });
  log(`${pages.length} pages in ${out}`);
  if (serve) {
    const { serveSite } = await import("../site/lib/serve.mjs");
    log((await serveSite(out, base)).address);
  }
  return 0;
}

await runCommand(readOptions, USAGE, site);
