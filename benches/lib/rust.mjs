// What a record costs in the router alone: `cargo bench` prints times, a test prints bytes.
import { spawn } from "node:child_process";
import { ROOT } from "../../scripts/lib/root.mjs";
import { log } from "../../scripts/lib/run.mjs";

/** Records in one run of each benchmark; `RECORDS` in benches/router.rs. */
const RECORDS = 1_000;
const NS = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };

/** A benchmark as divan names it, and its goals, which benches/router.rs and src/memory.rs tell. */
const TIMES = [
  {
    id: "packets-of-one",
    path: "route_packets_of_one/10",
    title: "route a record in a packet of its own",
  },
  {
    id: "one-packet",
    path: "route_one_packet/10",
    title: "route a record among 1,000 of a packet",
  },
];
const MAX_WINDOWS = "10000";

/** @returns {Promise<import("./limits.mjs").Measure[]>} */
export async function measureRust() {
  const times = await output("cargo", ["bench", "--no-default-features"]);
  const test = ["test", "--no-default-features", "memory", "--", "--nocapture"];
  return rustMeasures(times, await output("cargo", test));
}

/**
 * @param {string} times what `cargo bench` prints.
 * @param {string} bytes what the test of memory prints.
 */
export function rustMeasures(times, bytes) {
  const medians = mediansOf(times);
  const median = (path) => medians.get(path);
  const each = (path) => divided(median(path), RECORDS);
  const routes = TIMES.flatMap(({ id, path, title }) => {
    const many = path.replace("/10", `/${MAX_WINDOWS}`);
    return [
      measure(`route-${id}`, title, "ns", 400, each(path)),
      measure(
        `windows-${id}`,
        `${title}: 10,000 windows for 10`,
        "times",
        1.2,
        divided(median(many), median(path)),
      ),
    ];
  });
  return [
    ...routes,
    measure("publish", "publish to one subscriber", "ns", 400, each(topic(1, 1))),
    measure(
      "topic-names",
      "publish: 1,000 names for 1",
      "times",
      1.2,
      divided(median(topic(1_000, 1)), median(topic(1, 1))),
    ),
    measure(
      "topic-subscriber",
      "publish to one subscriber more",
      "ns",
      150,
      divided(difference(median(topic(1, 20)), median(topic(1, 1))), 19 * RECORDS),
    ),
    measure("call-service", "call a service in a packet of its own", "ns", null, each(service(1))),
    measure(
      "service-names",
      "call a service: 1,000 names for 1",
      "times",
      1.2,
      divided(median(service(1_000)), median(service(1))),
    ),
    measure("send", "send a message of main among 1,000", "ns", 150, each("exchange")),
    measure("drain", "drain 1,000 records", "µs", 60, divided(median("drain"), NS.µs)),
    measure("memory", "what a waiting record of 100 bytes takes", "bytes", 180, most(bytes)),
  ];
}

function measure(id, title, unit, limit, value) {
  const failed = value === undefined ? "cargo printed no figure for it" : undefined;
  return { id, title, unit, limit, value, failed };
}

function divided(value, by) {
  return value === undefined || by === undefined ? undefined : value / by;
}

/** The benchmark of a publisher that has named this many topics, with this many subscribers. */
function topic(names, subscribers) {
  return `publish/(${names}, ${subscribers})`;
}

/** The benchmark of a window that serves this many services. */
function service(names) {
  return `call_service/${names}`;
}

function difference(value, less) {
  return value === undefined || less === undefined ? undefined : value - less;
}

/** The median of each benchmark in nanoseconds, by its path in divan's tree. */
function mediansOf(text) {
  const medians = new Map();
  let group = "";
  for (const line of text.split("\n")) {
    const row = line.match(/^(│ {2}| {3})?[├╰]─ (\(\d+, \d+\)|\S+)(.*)$/u);
    if (!row) continue;
    const [, inner, name, columns] = row;
    const median = columns
      .split("│")[2]
      ?.trim()
      .match(/^([\d.]+) (ns|µs|ms|s)$/u);
    const path = inner ? `${group}/${name}` : name;
    if (!inner) group = name;
    if (median) medians.set(path, Number(median[1]) * NS[median[2]]);
  }
  return medians;
}

function most(text) {
  const figures = [...text.matchAll(/^(\d+) bytes a record/gm)].map(([, bytes]) => Number(bytes));
  return figures.length > 0 ? Math.max(...figures) : undefined;
}

/** What a command prints; its progress is shown. */
async function output(command, args) {
  log([command, ...args].join(" "));
  const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const parts = [];
  child.stdout.on("data", (part) => parts.push(part));
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const text = Buffer.concat(parts).toString();
  if (code !== 0) throw new Error(`${command} ended with ${code}\n${text}`);
  return text;
}
