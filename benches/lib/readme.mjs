// README's table of ratios, made of the results: no figure is written by hand.

/** How README names the cases, in its order. */
const TITLES = {
  flood: "main to window, 20,000 small messages",
  "flood-across": "window to window, 10,000 small messages",
  broadcast: "one message to each of 20 windows, 200 times",
  requests: "1,000 small requests at once",
  "rows-across": "1,000 rows, window to window and back",
  rows: "1,000 rows to main and back",
  "rows-undefined": "1,000 rows, partly `undefined`, to main and back",
  bytes: "1 MB of bytes to main and back",
  ping: "one small message, window to window and back",
  "text-across": "16 MB of text, window to window",
  request: "one small request to main and back, alone",
  "request-two": "one small request, an app with two windows",
  "request-lone": "one small request, an app with one window",
  "first-use": "the first request of an app",
  service: "one call of a service of main, alone",
  services: "1,000 calls of a service of main at once",
  "publish-small": "1 kB published to 20 windows, 200 times",
  "publish-large": "100 kB published to 20 windows, 50 times",
  retained: "a retained value in a new window",
  stream: "a 60 Hz stream to 5 windows: CPU of main",
};

/**
 * @param {readonly any[]} all Results of the comparison, those of the newest Electron first.
 * @returns {string} The table, as Markdown.
 */
export function readmeTable(all) {
  const heads = all.flatMap(({ electron }) => [
    `Electron ${Number.parseInt(electron, 10)}: prokit`,
    "by hand",
  ]);
  const rows = Object.entries(TITLES).map(([id, title]) => [title, ...all.flatMap(sharesOf(id))]);
  const rule = `|${"---|".repeat(heads.length + 1)}`;
  return [`| ${line(heads)}`, rule, ...rows.map(line)].join("\n");
}

/** @param {string} id */
function sharesOf(id) {
  return ({ cases }, index) => {
    const { prokit, hand } = cases.find((each) => each.id === id)?.ratios ?? {};
    return [share(prokit, index === 0), share(hand)];
  };
}

/** Where this package is the faster one, the newest Electron's figure stands out. */
function share(measured, standsOut = false) {
  if (!measured) return "not measured";
  const { ratio } = measured;
  if (ratio === null) return "–";
  return standsOut && ratio < 1 ? `**${ratio.toFixed(2)}**` : ratio.toFixed(2);
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(" | ")} |`;
}

const TABLE = /^\| \| Electron \d+: prokit \|.*\n(?:\|.*\n)*/m;

/**
 * @param {string} readme
 * @param {readonly any[]} all
 * @returns {string} README with its table made anew.
 */
export function withTable(readme, all) {
  if (!TABLE.test(readme))
    throw new Error("README.md has no table that begins with | | Electron N: prokit |");
  return readme.replace(TABLE, () => `${readmeTable(all)}\n`);
}
