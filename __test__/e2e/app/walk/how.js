/** How a call is to be answered, and what gives it up before that. */
function howOf(random, mayAbort) {
  const maybe = (chance, most) => (random.chance(chance) ? random.below(most) : undefined);
  return {
    fails: random.chance(0.2),
    lateMs: maybe(0.5, 40),
    timeoutMs: maybe(0.2, 60),
    abortMs: mayAbort ? maybe(0.2, 40) : undefined,
  };
}

/** Short, for the trail. */
function textOf(value) {
  return typeof value === "object" ? JSON.stringify(value).replace(/"|Ms/g, "") : value;
}

module.exports = { howOf, textOf };
