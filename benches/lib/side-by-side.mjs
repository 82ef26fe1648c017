/** One picture of two Electrons: a bar of each for each case, against what one writes by hand. */
import { createRequire } from "node:module";
import { at, axis, bar, DARK_GREY, GREY, goalAt, LEFT, picture, TOP, text, WIDTH } from "./svg.mjs";

const { CASES } = createRequire(import.meta.url)("../cases.js");

/** The Electrons, the newest first, with the colours of their bars. */
const SIDES = [
  [33, "#2f6f4f"],
  [22, "#7fb59b"],
];
export const SIDE_BY_SIDE = `electron-${SIDES.map(([major]) => major).join("-")}.svg`;

const BAR = 12;
const GAP = 12;
const ROW = SIDES.length * BAR + GAP;
const TITLE = "electron-switchyard's time as a share of that by hand (less is better)";

/**
 * @param {readonly any[]} all Results of the comparison. An Electron or a case that is not among
 * them is shown as not measured.
 * @returns {string} SVG
 */
export function sideBySide(all) {
  const sides = SIDES.map(([major, fill]) => ({
    major,
    fill,
    results: all.find(({ electron }) => Number.parseInt(electron, 10) === major),
  }));
  const bottom = TOP + CASES.length * ROW;
  const foot = sides.map(({ major, results }, i) =>
    text(16, bottom + 60 + i * 16, about(major, results), { fill: DARK_GREY, size: 11 }),
  );
  return picture(bottom + 70 + sides.length * 16, TITLE, [
    ...axis(bottom),
    ...CASES.flatMap((each, i) => caseRow(each, sides, TOP + i * ROW)),
    ...legend(bottom + 36),
    ...foot,
  ]);
}

function caseRow({ id, title }, sides, y) {
  const middle = y + BAR * (sides.length / 2) + 4;
  return [
    text(LEFT - 12, middle, title, { anchor: "end" }),
    ...sides.flatMap(({ fill, results }, i) => {
      const ratio = results?.cases.find((each) => each.id === id)?.ratios.hand;
      return share(ratio, y + i * BAR, fill);
    }),
  ];
}

function share(ratio, y, fill) {
  const small = { fill: GREY, size: 11 };
  if (!ratio) return [text(LEFT + 6, y + 10, "not measured", small)];
  const { goal, rounds } = ratio;
  const mark = typeof goal === "number" ? [goalAt(at(goal), y, y + BAR)] : [];
  if (ratio.ratio === null) {
    const [least, most] = [Math.min(...rounds), Math.max(...rounds)].map((it) => it.toFixed(2));
    const why = `no ratio: rounds lie between ${least} and ${most}`;
    return [text(LEFT + 6, y + 10, why, small), ...mark];
  }
  const figure = text(LEFT + WIDTH + 10, y + 10, ratio.ratio.toFixed(2), { size: 11 });
  return [bar(ratio.ratio, y + 1, BAR - 2, fill), ...mark, figure];
}

function legend(y) {
  const bars = SIDES.map(([major, fill], i) => {
    const x = 16 + i * 120;
    const box = `<rect x="${x}" y="${y - 10}" width="18" height="11" fill="${fill}"/>`;
    return box + text(x + 24, y, `Electron ${major}`);
  });
  const x = 16 + SIDES.length * 120;
  return [...bars, goalAt(x, y - 12, y + 3) + text(x + 8, y, "goal when it was measured")];
}

function about(major, results) {
  if (!results) return `Electron ${major}: not measured`;
  const { electron, chrome, cpu, memory, load, commit, date, rounds } = results;
  return (
    `Electron ${electron} (Chrome ${chrome}), ${cpu}, ${memory}, ` +
    `load ${load.before} before and ${load.after} after, ` +
    `commit ${commit}, ${date.slice(0, 10)}, medians of ${rounds} rounds`
  );
}
