import { createRequire } from "node:module";

const { RIVALS } = createRequire(import.meta.url)("../rivals.js");
const [OURS, ...OTHERS] = RIVALS;

/** The results for a terminal: medians with their spread, then what this package's share is. */
export function table(results) {
  const head = ["case", "unit", ...RIVALS, ...OTHERS.map((rival) => `/ ${rival}`), "goal"];
  const rows = results.cases.map((each) => row(each, results.smoke));
  return [...aligned([head, ...rows]), "", ...singles(results), ...notes(results)].join("\n");
}

/** Of the cases of single messages: how long most took, and what one cost main. */
function singles({ cases }) {
  const rows = cases.flatMap(({ title, rivals }) =>
    RIVALS.filter((rival) => rivals[rival].p50).map((rival) => {
      const { median, p50, p99, cpu } = rivals[rival];
      return [title, rival, ...[median, p50.median, p99.median, cpu.median].map(number)];
    }),
  );
  if (rows.length === 0) return [];
  const head = ["single messages", "rival", "mean, ms", "p50, ms", "p99, ms", "main's CPU, us"];
  return [...aligned([head, ...rows]), ""];
}

function row({ title, unit, rivals, ratios }, smoke) {
  const values = RIVALS.map((rival) => measured(rivals[rival]));
  const shares = OTHERS.map((rival) => (smoke ? "-" : share(ratios[rival])));
  return [title, unit, ...values, ...shares, String(ratios.prokit?.goal ?? "-")];
}

function measured({ absent, cannot, failed, median, spread }) {
  if (absent) return "-";
  if (cannot) return "cannot";
  return failed ? "failed" : `${number(median)} (${spread.toFixed(1)}x)`;
}

function share(ratio) {
  if (!ratio) return "-";
  return ratio.ratio === null ? `? (${ratio.spread.toFixed(1)}x)` : ratio.ratio.toFixed(3);
}

export function number(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Rows of cells, the first two of each to the left and numbers to the right. */
export function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) =>
    cells
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}

function notes(results) {
  const disagree = results.cases.some(({ ratios }) =>
    Object.values(ratios).some(({ ratio }) => ratio === null),
  );
  return [
    `Medians of ${results.rounds} rounds; in brackets the largest round as a multiple of the smallest.`,
    "Three rounds that are not reported go before them; the rivals' order rotates from round to round.",
    ...(results.cases.some(({ app }) => app === "first")
      ? [
          "A first request has a start of the app for each round, none before these, and its ratio is that of the medians.",
        ]
      : []),
    `Ratios are ${OURS}'s value as a share of the rival's, the median over the rounds.`,
    ...(disagree ? ["? where the rounds' ratios differ by more than 2x: no ratio is given."] : []),
    provenance(results),
  ];
}

/** What was measured, where and when. */
export function provenance(results) {
  const { command, electron, chrome, cpu, memory, system, commit, date, load } = results;
  const runtime = electron ? `Electron ${electron} (Chrome ${chrome}), ` : "";
  return (
    `${command}: ${runtime}${cpu}, ${memory}, ${system}, ` +
    `commit ${commit}, ${date}, load ${load.before} before and ${load.after} after`
  );
}
