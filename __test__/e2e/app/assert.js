const { strict } = require("./node");

/** Node 12.14, which Electron 9 has, lacks assert.match. */
function match(text, pattern) {
  if (typeof text === "string" && pattern.test(text)) return;
  throw new strict.AssertionError({ message: `${JSON.stringify(text)} does not match ${pattern}` });
}

module.exports = { ...strict, AssertionError: strict.AssertionError, match };
