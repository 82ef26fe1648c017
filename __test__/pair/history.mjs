// Not a test: random histories of a main process and three windows, as lists of steps. Each step
// names a method of Play (play.mjs) and holds its argument.
import fc from "fast-check";
import { Lane } from "./bundle.mjs";
import { packetTo } from "./forgeries.mjs";

export const NAMES = ["a", "b", "c"];
/** The window whose page posts what it likes. */
export const HOSTILE = "h";
export const LANES = [Lane.FromMain, Lane.FromOther];

const name = fc.constantFrom(...NAMES);
const anyone = fc.constantFrom("main", ...NAMES);
const lane = fc.constantFrom(...LANES);
const withBytes = fc.boolean();
const nth = fc.nat(9);

/** How long an asker waits: for ever, until it gives up, or so many milliseconds. */
const patience = fc.oneof(
  { weight: 3, arbitrary: fc.constant("endless") },
  { weight: 2, arbitrary: fc.constant("until abort") },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2) },
);

/** What a handler does: answers at once, a turn later, throws, or answers when it is told to. */
const answers = fc.constantFrom("now", "soon", "error", "late");

const hostile = fc.constant(HOSTILE);

function step(weight, kind, members) {
  return { weight, arbitrary: fc.record({ do: fc.constant(kind), ...members }) };
}

const calm = [
  step(4, "mainSends", { to: name, withBytes }),
  step(4, "sends", { from: name, to: name, withBytes }),
  step(4, "asks", { from: name, withBytes, patience }),
  step(6, "calls", { from: anyone, to: name, withBytes, patience }),
  step(2, "listens", { at: name, lane }),
  step(1, "leaves", { at: name, lane }),
  step(3, "handles", { at: anyone, answers }),
  step(1, "stopsHandling", { at: anyone }),
  step(2, "answersLate", { nth }),
  step(2, "givesUp", { nth }),
  step(5, "turns", { count: fc.integer({ min: 1, max: 4 }) }),
];

const wild = [
  step(1, "reloads", { at: name }),
  step(1, "crashes", { at: name }),
  step(1, "reopens", { at: name }),
  step(1, "renames", { at: name }),
];

/** What a hostile page does, and what is sent to it. */
const forged = [
  step(12, "forges", { message: packetTo(...NAMES, HOSTILE, "nobody") }),
  step(2, "mainSends", { to: hostile, withBytes }),
  step(2, "sends", { from: name, to: hostile, withBytes }),
  step(3, "calls", { from: anyone, to: hostile, withBytes, patience }),
  step(1, "reloads", { at: hostile }),
  step(1, "crashes", { at: hostile }),
  step(1, "reopens", { at: hostile }),
];

/** Without a size, hardly a history would have more than ten steps. */
const steps = (kinds) => fc.array(fc.oneof(...kinds), { maxLength: 60, size: "max" });

/** Pages stay. */
export const calmHistory = steps(calm);
/** Pages are reloaded or crash, windows are closed and lose their names, at any moment. */
export const wildHistory = steps([...calm, ...wild]);
/** The same among forged messages. */
export const calmAmongForged = steps([...calm, ...forged]);
export const wildAmongForged = steps([...calm, ...wild, ...forged]);
