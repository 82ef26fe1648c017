// The figures of README.md and docs/speed.md, made of the results: none is written by hand.
import { createRequire } from "node:module";
import { number } from "./table.mjs";

const require = createRequire(import.meta.url);
const { CASES } = require("../cases.js");
const { PACKAGES } = require("../rivals.js");

/** How the documents name the cases, in their order. */
const TITLES = {
  flood: "main to window, 20,000 small messages",
  "flood-across": "window to window, 10,000 small messages",
  broadcast: "one message to each of 20 windows, 200 times",
  requests: "1,000 small requests at once",
  services: "1,000 calls of a service of main at once",
  "rows-across": "1,000 rows, window to window and back",
  rows: "1,000 rows to main and back",
  "rows-undefined": "1,000 rows, partly `undefined`, to main and back",
  bytes: "1 MB of bytes to main and back",
  "text-across": "16 MB of text, window to window",
  "publish-small": "1 kB published to 20 windows, 200 times",
  "publish-large": "100 kB published to 20 windows, 50 times",
  retained: "a retained value in a new window",
  stream: "a 60 Hz stream to 5 windows: CPU of main",
  ping: "one small message, window to window and back",
  request: "one small request, beside the windows of all rivals",
  "request-two": "one small request, an app with two windows",
  "request-lone": "one small request, an app with one window",
  service: "one call of a service of main",
  "first-use": "the first request of an app",
};

/** README's rows, and its Electrons; docs/speed.md has all of both. */
const IN_README = [
  "flood",
  "flood-across",
  "requests",
  "services",
  "publish-small",
  "rows",
  "bytes",
  "ping",
  "request",
  "request-lone",
  "first-use",
];
const MAJORS = [33, 22];
/** The columns of times, and those of shares, by how each is called there. */
const TIMES = {
  switchyard: "electron-switchyard",
  hand: "by hand",
  prokit: "electron-prokit",
  port: "raw port",
};
const COMPARED = { hand: "by hand", prokit: "prokit" };
/** electron-prokit's calls are those of these cases; services and topics it has none. */
const WITHOUT_PROKIT = CASES.filter(({ rivals }) => rivals.includes("comlink")).map(({ id }) => id);
/** The rows of the packages for calls by name in README; docs/speed.md has all that they are measured in. */
const CALLS = ["services", "service"];

const majorOf = ({ electron }) => Number.parseInt(electron, 10);

/**
 * @param {readonly any[]} all Results of the comparison.
 * @returns {string} README's short table, as Markdown, and the machine that it was measured on.
 */
export function readmeTable(all) {
  const sides = MAJORS.map((major) => all.find((each) => majorOf(each) === major));
  const heads = MAJORS.flatMap((major) =>
    Object.values(COMPARED).map((name) => `Electron ${major}: ${name}`),
  );
  const rows = IN_README.map((id) => [TITLES[id], ...sides.flatMap((each) => sharesOf(each, id))]);
  const beside = packagesTable(sides.find(Boolean), CALLS, (ofTime) => ofTime);
  return [...table(["share of the time of", ...heads], rows), "", ...beside, "", about(sides)].join(
    "\n",
  );
}

/**
 * @param {readonly any[]} all Those of the newest Electron first.
 * @returns {string} The tables of docs/speed.md: one for each Electron.
 */
export function speedTables(all) {
  return all.map(speedTable).join("\n\n");
}

function speedTable(results) {
  const heads = ["case", "unit", ...Object.values(TIMES)];
  const shares = Object.values(COMPARED).map((name) => `share of ${name}`);
  const rows = Object.entries(TITLES).flatMap(([id, title]) => {
    const measured = results.cases.find((each) => each.id === id);
    if (!measured) return [];
    const { unit, rivals } = measured;
    const times = Object.keys(TIMES).map((name) => timeOf(rivals[name]));
    return [[title, unit, ...times, ...sharesOf(results, id)]];
  });
  return [
    `## Electron ${majorOf(results)}`,
    "",
    about([results]),
    "",
    ...table([...heads, ...shares], rows),
    "",
    ...packagesTable(results, WITHOUT_PROKIT, (ofTime, time) => `${ofTime} of ${time}`),
  ].join("\n");
}

/**
 * This package beside those for calls by name.
 * @param {any} results
 * @param {readonly string[]} ids Of the cases.
 * @param {(share: string, time: string) => string} cell What is shown of a package in a case.
 */
function packagesTable(results, ids, cell) {
  const { packages = {}, cases } = results;
  const heads = Object.entries(PACKAGES).map(([rival, name]) =>
    [name, packages[rival]].filter(Boolean).join(" "),
  );
  const rows = ids.map((id) => {
    const { rivals = {}, ratios = {} } = cases.find((each) => each.id === id) ?? {};
    const cells = Object.keys(PACKAGES).map((rival) => {
      if (rivals[rival]?.cannot) return "cannot";
      return ratios[rival] ? cell(share(ratios[rival]), timeOf(rivals[rival])) : share();
    });
    return [TITLES[id], ...cells];
  });
  return table([`Electron ${majorOf(results)}: share of the time of`, ...heads], rows);
}

function timeOf({ median } = {}) {
  return median === undefined ? "" : number(median);
}

function sharesOf(results, id) {
  const ratios = results?.cases.find((each) => each.id === id)?.ratios;
  return Object.keys(COMPARED).map((rival) => {
    if (rival === "prokit" && WITHOUT_PROKIT.includes(id)) return "has none";
    return share(ratios?.[rival]);
  });
}

/** Where the rounds differ too much for a ratio, a bound that each of them keeps. */
function share(measured) {
  if (!measured) return "not measured";
  const { ratio, rounds } = measured;
  if (ratio !== null) return ratio.toFixed(2);
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  return most < 1 ? `< ${above(most)}` : `${least.toFixed(2)} to ${above(most)}`;
}

/** The next hundredth above a number. */
function above(value) {
  return ((Math.floor(value * 100) + 1) / 100).toFixed(2);
}

/** Where and when each was measured; what several have in common is said once. */
function about(sides) {
  const measured = sides.filter(Boolean).map((results) => {
    const { electron, cpu, commit, date, rounds } = results;
    const what = `Electron ${electron} on ${cpu}`;
    return [what, `medians of ${rounds} rounds, ${date.slice(0, 10)}, commit ${commit}`];
  });
  const how = new Set(measured.map(([, each]) => each));
  const lines =
    how.size === 1
      ? [`${measured.map(([what]) => what).join("; ")}: ${[...how]}`]
      : measured.map((each) => each.join(": "));
  return `Measured in ${lines.join("; ")}.`;
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
function table(heads, rows) {
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)];
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(" | ")} |`;
}

const BLOCK =
  /(<!-- figures: npm run bench -- --readme writes them -->\n)[\s\S]*?(\n<!-- end of figures -->)/;

/**
 * @param {string} document
 * @param {string} figures
 * @returns {string} The document with its figures made anew.
 */
export function withFigures(document, figures) {
  if (!BLOCK.test(document)) {
    throw new Error(
      "the document has no comments <!-- figures: ... --> and <!-- end of figures -->",
    );
  }
  return document.replace(BLOCK, (_, begin, end) => `${begin}\n${figures}\n${end}`);
}
