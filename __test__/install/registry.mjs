// Not a test: a registry on this machine that has this package and no other.
import { once } from "node:events";
import { join } from "node:path";
import { allTargets, packageFolder, packageName } from "../../scripts/lib/targets.mjs";
import { requireTool } from "./tools.mjs";

/** Nothing comes from elsewhere: there are no uplinks. */
const config = (folder) => ({
  configPath: join(folder, "config.yaml"),
  storage: join(folder, "storage"),
  uplinks: {},
  packages: { "**": { access: "$all", publish: "$all" } },
  web: { enable: false },
  max_body_size: "100mb",
  log: { type: "stdout", format: "pretty", level: "fatal" },
});

/** Resolves to the registry's address and what stops it. */
export async function startRegistry(folder) {
  const { runServer } = requireTool("verdaccio");
  const server = await runServer(config(folder));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}

/**
 * Puts packed packages into a workplace's registry, and beside them what stands for the platform
 * packages that are not built here: just their names and their os, cpu and libc, by which package
 * managers pass them over.
 */
export async function publish(place, tarballs) {
  const packed = new Set(tarballs.map(({ name }) => name));
  const others = allTargets().filter((target) => !packed.has(packageName(target)));
  const all = [...tarballs.map(({ file }) => file), ...others.map(packageFolder)];
  // npm asks for a token even where the registry asks for none.
  const token = `--${place.registry.url.replace("http:", "")}:_authToken=none`;
  await Promise.all(all.map((each) => place.npm(["publish", each, token])));
}
