/** The ways in which a window's document comes to its end. */

function closed(page) {
  const done = new Promise((resolve) => page.window.once("closed", resolve));
  page.window.close();
  return done;
}

/** `act` ends the document; `again` makes a new one in the same window, where that is possible. */
const ENDS = {
  reloaded: { reason: "reloaded", act: (page) => page.reload(), again: () => undefined },
  "navigated away": {
    reason: "reloaded",
    act: (page) => page.load("page.html", { another: "yes" }),
    again: () => undefined,
  },
  crashed: { reason: "crashed", act: (page) => page.crash(), again: (page) => page.reload() },
  closed: { reason: "closed", act: closed },
  destroyed: { reason: "closed", act: (page) => page.window.destroy() },
};

/** Sentences of ERR_TARGET_GONE, by reason. */
const SENTENCES = {
  reloaded: /page was reloaded or replaced by another$/,
  crashed: /page crashed$/,
  closed: /window was closed$/,
  unregistered: /name of the window was unregistered$/,
};

/** Throws unless an error, as shared.about tells it, is ERR_TARGET_GONE for this reason. */
function assertGone(t, error, reason, start) {
  t.assert.deepEqual([error.code, error.reason], ["ERR_TARGET_GONE", reason], error.text);
  t.assert.match(error.message, SENTENCES[reason]);
  t.assert.ok(
    error.message.startsWith(`electron-switchyard: ${start}`),
    `${error.message} starts with ${start}`,
  );
}

module.exports = { ENDS, assertGone };
