import { parseArgs } from "node:util";
import { allTargets, targetNamed } from "./targets.mjs";

/**
 * @typedef {object} PackOptions
 * @property {import("./targets.mjs").Target[]} targets
 * @property {boolean} named Whether the targets were chosen: then each must come out.
 * @property {boolean} prebuilt Whether the binaries are in npm/ already.
 * @property {boolean} local Whether the packages stay on this machine, and need not say where they are from.
 */

export function packUsage() {
  return `usage: npm run pack:all -- [--targets a,b] [--prebuilt] [--local]

  Builds the binaries, tests each as far as this machine can, and packs all packages into pack/.

  --targets   only these of ${allTargets()
    .map(({ name }) => name)
    .join(", ")};
              default: all that can be built here
  --prebuilt  builds nothing: every binary is in npm/<target>/ already
  --local     packs what is not to be published: the packages may lack repository and author
              (ORIGIN in scripts/lib/origin.mjs), without which packing is refused`;
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
  return { targets: names?.map(targetNamed) ?? allTargets(), named, prebuilt, local };
}
