import { createRequire } from "node:module";

const { CASES } = createRequire(import.meta.url)("../cases.js");

/** By this factor a goal may be missed before the check fails. */
export const ALLOWANCE = 1.15;
const NEVER_SLOWER = 1;

/**
 * The largest share of a rival's time that this package may take.
 * @param {string} id
 * @param {string} rival
 * @param {number} major of Electron
 * @returns {number | null} null where there is no goal: the port is the floor.
 */
export function goalOf(id, rival, major) {
  if (rival === "hand") return NEVER_SLOWER;
  if (rival !== "prokit") return null;
  if (major < 22) return NEVER_SLOWER;
  return CASES.find((each) => each.id === id).goal;
}

/**
 * What keeps the goals from being met, in sentences. Rounds that disagree still have a verdict
 * when they all lie on the same side.
 */
export function missedGoals({ cases }) {
  return cases.flatMap(({ id, rivals, ratios }) => {
    const judged = Object.entries(ratios).filter(([, { goal }]) => goal !== null);
    const missed = judged.map(([rival, ratio]) => complaint(`${id} / ${rival}`, ratio));
    const failed = rivals.switchyard.failed ? [`${id}: did not run`] : [];
    return [...failed, ...missed.filter(Boolean)];
  });
}

function complaint(what, { ratio, rounds, goal }) {
  const allowed = goal * ALLOWANCE;
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  const goalText = `the goal is ${goal}`;
  if (ratio === null && most > allowed && least <= allowed) {
    return `${what}: undecided, rounds lie between ${short(least)} and ${short(most)}; ${goalText}`;
  }
  if (ratio === null) return least > allowed ? `${what}: above ${short(least)}; ${goalText}` : "";
  return ratio > allowed ? `${what}: ${short(ratio)}; ${goalText}` : "";
}

function short(number) {
  return number.toPrecision(2);
}
