// What pictures of shares are drawn with. A share lies on a logarithmic scale.
const LEAST = 0.01;
const MOST = 10;
const MARKS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Where the scale lies, in pixels. */
export const LEFT = 400;
export const WIDTH = 560;
export const TOP = 70;

export const GREY = "#777777";
export const DARK_GREY = "#555555";
const BLACK = "#111111";

/**
 * @param {number} height
 * @param {string} title
 * @param {string[]} shapes
 * @returns {string} SVG
 */
export function picture(height, title, shapes) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 90} ${height}" ` +
      'font-family="sans-serif" font-size="13">',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    text(16, 28, title, { size: 17 }),
    ...shapes,
    "</svg>",
    "",
  ].join("\n");
}

export function axis(bottom) {
  return MARKS.flatMap((share) => {
    const stroke = share === 1 ? "#222222" : "#dddddd";
    return [
      line(at(share), TOP - 8, at(share), bottom, stroke),
      text(at(share), bottom + 14, String(share), { anchor: "middle", fill: DARK_GREY }),
    ];
  });
}

/** Where a share lies. */
export function at(share) {
  const bounded = Math.min(MOST, Math.max(LEAST, share));
  return LEFT + (Math.log(bounded / LEAST) / Math.log(MOST / LEAST)) * WIDTH;
}

export function bar(share, y, height, fill) {
  return (
    `<rect x="${LEFT}" y="${y}" width="${(at(share) - LEFT).toFixed(1)}" height="${height}" ` +
    `fill="${fill}"/>`
  );
}

/** The mark of a goal. */
export function goalAt(x, y1, y2) {
  return line(x, y1, x, y2, BLACK, "3 2");
}

export function text(x, y, words, { anchor = "start", fill = BLACK, size = 13 } = {}) {
  return (
    `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="${fill}" ` +
    `font-size="${size}">${escaped(words)}</text>`
  );
}

export function line(x1, y1, x2, y2, stroke, dash = "none") {
  return (
    `<line x1="${x1.toFixed(1)}" y1="${y1}" x2="${x2.toFixed(1)}" y2="${y2}" ` +
    `stroke="${stroke}" stroke-dasharray="${dash}"/>`
  );
}

function escaped(words) {
  return words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
