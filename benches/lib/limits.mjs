// Values with limits, as they are printed and judged.
import { ALLOWANCE } from "./goals.mjs";
import { aligned, number } from "./table.mjs";

/**
 * @typedef {object} Measure
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {number | null} limit The largest value that is right; null for none.
 * @property {number} [value] Missing where it could not be measured.
 * @property {string} [failed] Why not.
 */

/**
 * @param {readonly Measure[]} measures
 * @param {{ smoke?: boolean }} options a smoke run judges nothing.
 */
export function limitsTable(measures, { smoke = false } = {}) {
  const head = ["measured", "unit", "value", "limit", ""];
  const rows = measures.map((each) => {
    const { value, limit } = smoke ? { ...each, limit: null } : each;
    const shown = value === undefined ? "failed" : short(value);
    return [each.title, each.unit, shown, String(limit ?? "-"), word(value, limit)];
  });
  return aligned([head, ...rows]).join("\n");
}

function word(value, limit) {
  if (value === undefined || limit === null) return "";
  return value <= limit ? "ok" : "missed";
}

function short(value) {
  return Number.isInteger(value) ? String(value) : number(value);
}

/**
 * Limits that are missed by more than the check allows, in sentences.
 * @param {readonly Measure[]} measures
 */
export function missedLimits(measures) {
  return measures
    .filter(({ value, limit }) => value !== undefined && limit !== null)
    .filter(({ value, limit }) => value > limit * ALLOWANCE)
    .map(({ id, value, limit, unit }) => `${id}: ${short(value)} ${unit}; the limit is ${limit}`);
}

/** @param {readonly Measure[]} measures */
export function notMeasured(measures) {
  return measures
    .filter(({ value }) => value === undefined)
    .map(({ id, failed }) => `${id}: ${failed ?? "nothing was reported"}`);
}
