/** What may happen in a walk, and how often. */
const main = require("./steps-main");
const page = require("./steps-page");
const window = require("./steps-window");

/** Steps after which main has to hear of what pages sent. */
const BOOKED = { sendFromPage: 16, callFromPage: 10 };

const WEIGHTS = {
  ...BOOKED,
  open: 10,
  load: 6,
  reload: 4,
  crash: 2,
  close: 3,
  unregister: 2,
  register: 4,
  sendFromMain: 22,
  callFromMain: 10,
  request: 12,
  listen: 10,
  unlisten: 9,
  hostile: 16,
  absence: 4,
  hide: 2,
  show: 2,
  pause: 6,
};

const UNHEARD = { ...WEIGHTS, request: 24, absence: 0 };
for (const step of Object.keys(BOOKED)) UNHEARD[step] = 0;

/** While main has no handler, nothing happens that it must be told of at once. */
const weights = ({ absences }) => (absences.isAbsent ? UNHEARD : WEIGHTS);

module.exports = { stepsOf: { ...main, ...page, ...window, weights } };
