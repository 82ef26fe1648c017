/** One picture of the ratios: a bar for each case against electron-prokit, marks for the others. */
const LEFT = 400;
const WIDTH = 560;
const ROW = 30;
const TOP = 70;
const LEAST = 0.01;
const MOST = 10;

const BAR = "#2f6f4f";
const SLOWER = "#b4442f";
const MARKS = { hand: "#d08c1d", port: "#3b5fa0" };
const NAMES = { hand: "the hand-written preload", port: "a raw message port (the floor)" };

/** @returns {string} SVG */
export function chart(results) {
  const bottom = TOP + results.cases.length * ROW;
  const height = bottom + 90;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 90} ${height}" ` +
      'font-family="sans-serif" font-size="13">',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    text(16, 28, "electron-switchyard's time as a share of its rivals' (less is better)", {
      size: 17,
    }),
    ...axis(bottom),
    ...results.cases.flatMap((each, i) => caseRow(each, TOP + i * ROW)),
    ...legend(bottom + 36),
    text(16, bottom + 60, about(results), { fill: "#555555", size: 11 }),
    text(16, bottom + 76, counts(results), { fill: "#555555", size: 11 }),
    "</svg>",
    "",
  ].join("\n");
}

function axis(bottom) {
  return [0.01, 0.03, 0.1, 0.3, 1, 3, 10].flatMap((ratio) => {
    const stroke = ratio === 1 ? "#222222" : "#dddddd";
    return [
      line(at(ratio), TOP - 8, at(ratio), bottom, stroke),
      text(at(ratio), bottom + 14, String(ratio), { anchor: "middle", fill: "#555555" }),
    ];
  });
}

function caseRow({ title, ratios }, y) {
  const label = text(LEFT - 12, y + 17, title, { anchor: "end" });
  return [
    label,
    ...bar(ratios.prokit, y),
    ...Object.keys(MARKS).flatMap((id) => mark(id, ratios, y)),
  ];
}

function bar(ratio, y) {
  if (!ratio) return [text(LEFT + 6, y + 17, "not measured", { fill: "#777777" })];
  const goal = line(at(ratio.goal), y + 1, at(ratio.goal), y + 25, "#111111", "3 2");
  if (ratio.ratio === null) {
    const why = `rounds differ by ${ratio.spread.toFixed(1)}x: no ratio`;
    return [text(LEFT + 6, y + 17, why, { fill: "#777777" }), goal];
  }
  const fill = ratio.ratio > 1 ? SLOWER : BAR;
  const end = at(ratio.ratio);
  const shape =
    `<rect x="${LEFT}" y="${y + 5}" width="${(end - LEFT).toFixed(1)}" height="16" ` +
    `fill="${fill}"/>`;
  return [shape, goal, text(LEFT + WIDTH + 10, y + 17, ratio.ratio.toFixed(3), { fill })];
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
  const goal = line(706, y - 12, 706, y + 3, "#111111", "3 2") + text(714, y, "goal");
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

/** Where a ratio lies, on a logarithmic scale. */
function at(ratio) {
  const bounded = Math.min(MOST, Math.max(LEAST, ratio));
  return LEFT + (Math.log(bounded / LEAST) / Math.log(MOST / LEAST)) * WIDTH;
}

function text(x, y, words, { anchor = "start", fill = "#111111", size = 13 } = {}) {
  return (
    `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="${fill}" ` +
    `font-size="${size}">${escaped(words)}</text>`
  );
}

function line(x1, y1, x2, y2, stroke, dash = "none") {
  return (
    `<line x1="${x1.toFixed(1)}" y1="${y1}" x2="${x2.toFixed(1)}" y2="${y2}" ` +
    `stroke="${stroke}" stroke-dasharray="${dash}"/>`
  );
}

function dot(x, y, fill) {
  return `<circle cx="${x.toFixed(1)}" cy="${y}" r="5" fill="${fill}" stroke="#ffffff"/>`;
}

function escaped(words) {
  return words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
