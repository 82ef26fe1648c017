const sy = require("electron-switchyard");

/** Sentences about each of the router's counts that does not add up. */
function wrongBooks() {
  const { windows, unnamed, closed, mainProcess, total } = sy.stats();
  const all = { ...prefixed(windows), unnamed, closed, mainProcess, total };
  return Object.entries(all).filter(isWrong).map(sentence);
}

function prefixed(windows) {
  const entries = Object.entries(windows).map(([name, counts]) => [`window ${name}`, counts]);
  return Object.fromEntries(entries);
}

function isWrong([, { accepted, delivered, queued, dropped }]) {
  return accepted !== delivered + queued + dropped;
}

function sentence([name, counts]) {
  return `stats() of ${name} do not add up: ${JSON.stringify(counts)}`;
}

module.exports = { wrongBooks };
