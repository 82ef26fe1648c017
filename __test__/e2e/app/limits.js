/** initIpc's bounds for one law. */
const sy = require("electron-switchyard");

const DEFAULTS = {
  maxQueueRecords: 100000,
  maxQueueBytes: 268435456,
  maxInFlightBytes: 4194304,
  overflow: "reject",
};

/** The defaults are in force again when the law ends. */
async function withOptions(options, law) {
  sy.initIpc(options);
  try {
    await law();
  } finally {
    sy.initIpc(DEFAULTS);
  }
}

module.exports = { withOptions };
