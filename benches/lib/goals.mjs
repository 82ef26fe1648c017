// The goals of the comparison with rivals, and how they are judged. See benches/cases.js.
import { createRequire } from "node:module";
import { median } from "./statistics.mjs";
import { aligned } from "./table.mjs";

const { AS_TODAY, CASES } = createRequire(import.meta.url)("../cases.js");

/** By this factor a goal of electron-prokit's share, or a limit, may be missed. */
export const ALLOWANCE = 1.15;
/** A goal of what one writes by hand has no allowance; "as today" has this one in it. */
export const AS_TODAY_ALLOWANCE = 1.1;
const ALLOWANCES = { prokit: ALLOWANCE, hand: 1 };

const NEVER_SLOWER = 1;
/** In Electrons before this one all cases have the same goals. */
const FIRST_TUNED = 22;
const IN_OLD = { prokit: NEVER_SLOWER, hand: 1.1 };

/**
 * The largest share of a rival's time that this package may take.
 * @param {string} id
 * @param {string} rival
 * @param {number} major of Electron
 * @param {any} [today] What benches/results has of this Electron.
 * @returns {number | null} null where there is no goal: the port is the floor.
 */
export function goalOf(id, rival, major, today) {
  const goals = CASES.find((each) => each.id === id);
  const goal = { prokit: goals.goal, hand: goals.hand }[rival];
  if (goal === undefined) return null;
  if (major < FIRST_TUNED) return IN_OLD[rival];
  return goal === AS_TODAY ? asToday(id, today) : goal;
}

/** Where today's rounds disagree, the largest of them counts; without any: never slower. */
function asToday(id, today) {
  const ratio = today?.cases.find((each) => each.id === id)?.ratios.hand;
  if (!ratio) return NEVER_SLOWER;
  const allowed = (ratio.ratio ?? Math.max(...ratio.rounds)) * AS_TODAY_ALLOWANCE;
  return Number(allowed.toPrecision(3));
}

const MET = "met";
const MISSED = "missed";
const UNDECIDED = "undecided";
const NOT_MEASURED = "not measured";
const OF = { hand: "time by hand", prokit: "electron-prokit's time" };

/**
 * @typedef {object} Judgement
 * @property {string} what
 * @property {string} title
 * @property {string} measure
 * @property {number} goal
 * @property {string} figure
 * @property {string} verdict One of the four above. Rounds that disagree have one of the first two
 * when all lie on the same side.
 */

/**
 * All goals of what was measured, each with its figure.
 * @param {any} results
 * @param {any} [today] What benches/results had of this Electron before.
 * @returns {Judgement[]}
 */
export function judgements(results, today) {
  const major = Number.parseInt(results.electron, 10);
  return results.cases.flatMap((measured) => [
    ...Object.keys(OF).flatMap((rival) => {
      const goal = goalOf(measured.id, rival, major, today);
      return goal === null ? [] : [judgedShare(measured, rival, goal)];
    }),
    ...judgedCpu(measured, major),
  ]);
}

function judgedShare({ id, title, ratios }, rival, goal) {
  const ratio = ratios[rival];
  return {
    what: `${id} / ${rival}`,
    title,
    measure: `share of ${OF[rival]}`,
    goal,
    ...(ratio ? judged(ratio, goal, goal * ALLOWANCES[rival]) : nothing()),
  };
}

/** Main's CPU for one of a case, above that for one over a raw message port. */
function judgedCpu({ id, title, rivals }, major) {
  const { cpuOverPort: goal } = CASES.find((each) => each.id === id);
  if (goal === undefined || major < FIRST_TUNED) return [];
  const [ours, floor] = [rivals.switchyard.cpu, rivals.port.cpu];
  const over = ours && floor && ours.rounds.map((cpu, i) => cpu - floor.rounds[i]);
  const measured = over ? judged({ ratio: median(over), rounds: over }, goal, goal) : nothing();
  const measure = "us of main's CPU above a raw port's";
  return [{ what: `${id}, ${measure}`, title, measure, goal, ...measured }];
}

function nothing() {
  return { figure: "-", verdict: NOT_MEASURED };
}

function judged({ ratio, rounds }, goal, allowed) {
  if (ratio !== null) {
    return { figure: short(ratio, goal), verdict: ratio > allowed ? MISSED : MET };
  }
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  if (least > allowed) return { figure: `above ${short(least, goal)}`, verdict: MISSED };
  if (most <= allowed) return { figure: `below ${short(most, goal)}`, verdict: MET };
  return { figure: `${short(least, goal)} to ${short(most, goal)}`, verdict: UNDECIDED };
}

/** With the digits that keep it apart from its goal. */
function short(number, goal) {
  const two = number.toPrecision(2);
  return Number(two) === goal && number !== goal ? number.toPrecision(4) : two;
}

/** Each goal of a run, its figure, and whether it is met, for a terminal. */
export function goalsTable(results, today) {
  const head = ["goal", "of what", "at most", "figure", ""];
  const rows = judgements(results, today).map(({ title, measure, goal, figure, verdict }) => [
    title,
    measure,
    goal.toPrecision(goal < 10 ? 3 : 2),
    figure,
    verdict,
  ]);
  return [
    ...aligned([head, ...rows]),
    "",
    `A share of electron-prokit's time is missed when it is more than ${percent(ALLOWANCE)} above its goal,`,
    "any other goal when it is above it. Shares by hand without a goal of their own are those that",
    `benches/results had before this run, and ${percent(AS_TODAY_ALLOWANCE)}.`,
  ].join("\n");
}

function percent(factor) {
  return `${Math.round((factor - 1) * 100)} %`;
}

/** What keeps the goals from being met, in sentences. A rival that did not run is no goal missed. */
export function missedGoals(results, today) {
  const failed = results.cases.filter(({ rivals }) => rivals.switchyard.failed);
  return [
    ...failed.map(({ id }) => `${id}: did not run`),
    ...judgements(results, today).flatMap(complaint),
  ];
}

function complaint({ what, figure, goal, verdict }) {
  if (verdict === UNDECIDED) {
    return [`${what}: undecided, rounds lie at ${figure}; the goal is ${goal}`];
  }
  return verdict === MISSED ? [`${what}: ${figure}; the goal is ${goal}`] : [];
}
