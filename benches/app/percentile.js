/** The least value that so many percent of all do not exceed. */
function percentile(values, percent) {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

module.exports = { percentile };
