/** One picture of the ratios: a bar for each case against electron-prokit, marks for the others. */
import { at, axis, bar, DARK_GREY, GREY, goalAt, LEFT, picture, TOP, text, WIDTH } from "./svg.mjs";

const ROW = 30;

const BAR = "#2f6f4f";
const SLOWER = "#b4442f";
const MARKS = { hand: "#d08c1d", port: "#3b5fa0" };
const NAMES = { hand: "the hand-written preload", port: "a raw message port (the floor)" };
const TITLE = "electron-switchyard's time as a share of its rivals' (less is better)";

/** @returns {string} SVG */
export function chart(results) {
  const bottom = TOP + results.cases.length * ROW;
  return picture(bottom + 90, TITLE, [
    ...axis(bottom),
    ...results.cases.flatMap((each, i) => caseRow(each, TOP + i * ROW)),
    ...legend(bottom + 36),
    text(16, bottom + 60, about(results), { fill: DARK_GREY, size: 11 }),
    text(16, bottom + 76, counts(results), { fill: DARK_GREY, size: 11 }),
  ]);
}

function caseRow({ title, ratios }, y) {
  const label = text(LEFT - 12, y + 17, title, { anchor: "end" });
  return [
    label,
    ...ofProkit(ratios.prokit, y),
    ...Object.keys(MARKS).flatMap((id) => mark(id, ratios, y)),
  ];
}

function ofProkit(ratio, y) {
  if (!ratio) return [text(LEFT + 6, y + 17, "not measured", { fill: GREY })];
  const goal = ratio.goal === null ? [] : [goalAt(at(ratio.goal), y + 1, y + 25)];
  if (ratio.ratio === null) {
    const why = `rounds differ by ${ratio.spread.toFixed(1)}x: no ratio`;
    return [text(LEFT + 6, y + 17, why, { fill: GREY }), ...goal];
  }
  const fill = ratio.ratio > 1 ? SLOWER : BAR;
  const figure = text(LEFT + WIDTH + 10, y + 17, ratio.ratio.toFixed(3), { fill });
  return [bar(ratio.ratio, y + 5, 16, fill), ...goal, figure];
}

function mark(id, ratios, y) {
  const ratio = ratios[id]?.ratio;
  if (ratio === undefined || ratio === null) return [];
  return [dot(at(ratio), y + 13, MARKS[id])];
}

function legend(y) {
  const bars =
    `<rect x="16" y="${y - 10}" width="18" height="11" fill="${BAR}"/>` +
    text(40, y, "of electron-prokit (red: slower)");
  const dots = Object.keys(MARKS).map(
    (id, i) => dot(270 + i * 200, y - 4, MARKS[id]) + text(280 + i * 200, y, `of ${NAMES[id]}`),
  );
  const goal = goalAt(706, y - 12, y + 3) + text(714, y, "goal");
  return [bars, ...dots, goal];
}

function about({ electron, chrome, cpu, memory, load }) {
  return (
    `Electron ${electron} (Chrome ${chrome}), ${cpu}, ${memory}, ` +
    `load ${load.before} before and ${load.after} after`
  );
}

function counts({ commit, date, rounds, cases }) {
  const ns = cases.map(({ id, n }) => `${id} ${n}`).join(", ");
  return `commit ${commit}, ${date.slice(0, 10)}, medians of ${rounds} rounds; N: ${ns}`;
}

function dot(x, y, fill) {
  return `<circle cx="${x.toFixed(1)}" cy="${y}" r="5" fill="${fill}" stroke="#ffffff"/>`;
}
