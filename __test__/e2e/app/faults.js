/** What must never happen in the main process, while any test runs. */
const faults = [];

process.on("uncaughtException", (error) => note("uncaught exception", error));
process.on("unhandledRejection", (error) => note("unhandled rejection", error));
process.on("warning", (warning) => {
  if (warning.name === "MaxListenersExceededWarning") note("warning", warning);
});

function note(what, error) {
  faults.push(`${what} in main: ${error?.stack || error}`);
}

module.exports = {
  all: () => faults.slice(),
  clear: () => {
    faults.length = 0;
  },
};
