import { parseArgs } from "node:util";
import { allTargets, isHost, targetNamed } from "./targets.mjs";

/**
 * @typedef {object} PackOptions
 * @property {import("./targets.mjs").Target[]} targets
 * @property {boolean} named Whether the targets were chosen: then each must come out.
 * @property {boolean} prebuilt Whether the binaries are in npm/ already.
 * @property {boolean} local Whether the packages stay on this machine: then they need not say where they are from,
 *   and its own binary may be a plain build.
 */

export function packUsage() {
  return `usage: npm run pack:all -- [--targets a,b] [--prebuilt] [--local]

  Builds the binaries, tests each as far as this machine can, and packs all packages into pack/.

  --targets   only these of ${allTargets()
    .map(({ name }) => name)
    .join(", ")};
              default: all that can be built here; with --local this machine's alone
  --prebuilt  builds no binary: each is in npm/<target>/ already
  --local     packs what stays on this machine: its binary is a plain build, and the packages may lack
              repository and author (ORIGIN in scripts/lib/origin.mjs), without which packing is refused`;
}

/**
 * @param {string[]} args
 * @returns {PackOptions}
 */
export function readPackOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      targets: { type: "string" },
      prebuilt: { type: "boolean", default: false },
      local: { type: "boolean", default: false },
    },
  });
  const names = values.targets?.split(",");
  const twice = names?.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`--targets names ${twice} twice`);
  const named = names !== undefined;
  const { prebuilt, local } = values;
  return { targets: names?.map(targetNamed) ?? defaultTargets(local), named, prebuilt, local };
}

/** @param {boolean} local */
function defaultTargets(local) {
  if (!local) return allTargets();
  const own = allTargets().filter(isHost);
  if (own.length > 0) return own;
  throw new Error(`no package is for ${process.platform} on ${process.arch}: name --targets`);
}
