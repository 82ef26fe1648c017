/**
 * Random walks through all that may happen to five windows, beside one whose page posts what it
 * likes, and while main's handler is there or not. To repeat one that failed:
 * WALK_SEED=<its seed> WALK_STEPS=100.
 */
const sy = require("electron-switchyard");
const { HANDLER_WAIT_MS } = require("../walk/calls");
const { Walk } = require("../walk/walk");

/** A walk from an empty table; many short ones fail closer to the cause than one long one. */
const STEPS = 100;

sy.initIpc({ handlerWaitMs: HANDLER_WAIT_MS });

const total = Number(process.env.WALK_STEPS || 2000);
const first = Number(process.env.WALK_SEED || 1);
const seeds = Array.from({ length: Math.ceil(total / STEPS) }, (_, i) => first + i);

function lawOf(seed) {
  const law = (t) => new Walk(t, seed).run(Math.min(STEPS, total));
  return Object.assign(law, { timeout: 60000 });
}

module.exports = Object.assign(
  {},
  ...seeds.map((seed) => ({
    [`a random walk of ${Math.min(STEPS, total)} steps, WALK_SEED=${seed}: nothing is lost, doubled, late or astray`]:
      lawOf(seed),
  })),
);
