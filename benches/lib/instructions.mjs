// How many instructions a record takes that is alone, page to page through main, in Node under valgrind.
// A machine's load has no effect on them. Times have: compare.mjs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/root.mjs";
import { log } from "../../scripts/lib/run.mjs";

/** Records of the first section that is counted; the second has twice as many. */
const COUNT = 10_000;

/** More than this between the two sections, and the code was still being compiled. In parts of the whole. */
const MAX_SPREAD = 0.02;

const CASES = [
  { id: "request", title: "a request of a page to main, and its answer" },
  { id: "down", title: "a message of main to a window" },
  { id: "across", title: "a message of a window to another" },
];

/** One thread, the same garbage collections and the same hashes: two runs differ by less than 0.01 %. */
const NODE_FLAGS = [
  "--allow-natives-syntax",
  "--single-threaded",
  "--predictable",
  "--predictable-gc-schedule",
  "--random-seed=1",
  "--hash-seed=1",
  "--max-semi-space-size=1",
];

/**
 * Counts the instructions of a build, of the whole and of the native addon alone.
 * @param {string} dist
 * @returns {import("./limits.mjs").Measure[]}
 */
export function measureInstructions(dist) {
  requireValgrind();
  return CASES.flatMap(({ id, title }) => {
    log(title);
    const sections = sectionsOf(dist, id);
    return measuresOf(id, title, sections);
  });
}

/** `sections`: what callgrind wrote of COUNT records and of twice as many. */
export function measuresOf(id, title, sections, count = COUNT) {
  const [first, second] = sections.map(costsOf);
  const each = [first.all / count, second.all / (2 * count)];
  const spread = Math.abs(each[0] - each[1]) / each[1];
  const failed =
    spread <= MAX_SPREAD
      ? undefined
      : `${Math.round(each[0])} and ${Math.round(each[1])} instructions a record: this does not repeat`;
  const measure = (suffix, what, value) => ({
    id: `${id}${suffix}`,
    title: what,
    unit: "instructions",
    limit: null,
    value: failed ? undefined : Math.round(value / (2 * count)),
    failed,
  });
  return [
    measure("", title, second.all),
    measure("-addon", `${title}: in the addon`, second.addon),
  ];
}

/** The instructions in a file of callgrind's: all, and those of the addon. */
export function costsOf(text) {
  const names = new Map();
  let isAddon = false;
  let isCall = false;
  const costs = { all: 0, addon: 0 };
  for (const line of text.split("\n")) {
    const object = line.match(/^(c?)ob=(\(\d+\))(?: (.*))?$/);
    if (object) {
      const [, callee, number, name] = object;
      if (name !== undefined) names.set(number, name);
      if (!callee) isAddon = names.get(number)?.endsWith(".node") ?? false;
    } else if (line.startsWith("calls=")) isCall = true;
    else if (/^[+\-*\d]/.test(line)) {
      // The line after a call has what the callee took.
      const cost = isCall ? 0 : Number(line.split(" ")[1]);
      isCall = false;
      costs.all += cost;
      if (isAddon) costs.addon += cost;
    }
  }
  return costs;
}

/** What callgrind writes of the two sections that count. */
function sectionsOf(dist, id) {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-instructions-"));
  try {
    const out = join(folder, "out");
    const valgrind = [
      "--tool=callgrind",
      `--callgrind-out-file=${out}`,
      // The app calls it between sections.
      "--dump-before=uv_os_getppid",
      "--smc-check=all-non-file",
    ];
    const app = [join(ROOT, "benches", "instructions", "app.js"), dist, id, String(COUNT)];
    const run = spawnSync("valgrind", [...valgrind, process.execPath, ...NODE_FLAGS, ...app], {
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(`valgrind ended with ${run.status}\n${run.stderr}`);
    return [2, 3].map((section) => readFileSync(`${out}.${section}`, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function requireValgrind() {
  if (!spawnSync("valgrind", ["--version"]).error) return;
  throw new Error(
    "--instructions needs valgrind: sudo apt-get install -y --no-install-recommends valgrind",
  );
}
