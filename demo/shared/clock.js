/** The time of day, to the millisecond. */
exports.clock = (now = new Date()) => {
  const parts = [now.getHours(), now.getMinutes(), now.getSeconds()];
  const time = parts.map((part) => `${part}`.padStart(2, "0")).join(":");
  return `${time}.${`${now.getMilliseconds()}`.padStart(3, "0")}`;
};
