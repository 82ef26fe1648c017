/** Rounds that lie further apart than this say nothing about their ratio. */
const LARGEST_SPREAD = 2;

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The largest value as a multiple of the smallest.
 * @param {readonly number[]} values
 */
export function spread(values) {
  return Math.max(...values) / Math.min(...values);
}

/** @param {readonly number[]} rounds */
export function summary(rounds) {
  return { median: median(rounds), spread: spread(rounds), rounds };
}

/**
 * Compares what was measured in the same rounds. Where the rounds disagree there is no ratio.
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 * @returns {{ ratio: number | null, spread: number, rounds: number[] }}
 */
export function ratioOf(ours, theirs) {
  const rounds = ours.map((value, i) => value / theirs[i]);
  const apart = spread(rounds);
  return { ratio: apart > LARGEST_SPREAD ? null : median(rounds), spread: apart, rounds };
}

/**
 * Compares what was measured in starts of an app, which have nothing in common but the machine.
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 * @returns {{ ratio: number, spread: number, rounds: number[] }}
 */
export function ratioOfStarts(ours, theirs) {
  return { ...ratioOf(ours, theirs), ratio: median(ours) / median(theirs) };
}
