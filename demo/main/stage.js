const { callByName } = require("./calls");
const { inTime } = require("./in-time");
const { inbox } = require("./inbox");
const { Page } = require("./page");

/** All that the tour's steps act with. */
function stage() {
  return {
    main: new Page("main"),
    work: new Page("work"),
    extra: new Page("extra"),
    late: new Page("late"),
    /** Makes a call of the main process. */
    call: callByName,
    /** What main's handler got first, or will get; or what its signal tells. */
    mainGot: (listener = "onMsgFromRender") =>
      inTime(`main process: a message for ${listener}`, inbox.next(listener)),
    async clear() {
      inbox.clear();
      await this.main.clear();
      await this.work.clear();
    },
  };
}

exports.stage = stage;
