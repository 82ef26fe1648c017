/** The rounds of a case. */
const { report } = require("./report");
const { rotated } = require("./rotated");
const { within } = require("./time");

const TIMEOUT = 120_000;

/**
 * Rounds before the first one that is reported: V8 interprets a function first and compiles it
 * later. For the same reason no garbage is collected between samples: gc() throws compiled code
 * away as well, which made 5 ms of 12 for our 1,000 requests; no app does that.
 */
const UNREPORTED = 3;

/**
 * One round after the other, in each one sample of each rival. A rival that failed is left out from
 * then on.
 * @param {string} id of the case
 * @param {readonly { id: string }[]} lines one of each rival
 * @param {{ rounds: number, smoke: boolean }} options
 * @param steps `open(line)` goes before all, `sample(line)` measures, and `about(line)` adds what is
 * known of a sample that did not end.
 */
async function runRounds(id, lines, { rounds, smoke }, { open, sample, about }) {
  report({ type: "case", id });
  const able = new Set(lines);
  const attempt = async (line, work, late) => {
    try {
      return await within(TIMEOUT, work(line), late);
    } catch (error) {
      able.delete(line);
      report({ type: "fault", id, rival: line.id, error: String(error.stack) });
      return undefined;
    }
  };
  for (const line of lines) await attempt(line, open);
  const unreported = smoke ? 0 : UNREPORTED;
  for (let round = 1 - unreported; round <= rounds; round++) {
    for (const line of rotated([...able], round + unreported)) {
      const measured = await attempt(line, sample, () => about(line));
      if (round > 0 && measured) report({ type: "sample", id, rival: line.id, ...measured });
    }
  }
}

module.exports = { runRounds };
