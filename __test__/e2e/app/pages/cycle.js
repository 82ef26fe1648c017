/** Tells main of each message, asks it what it then gives up, and never answers the first call. */
sy.onMsgFromMain((_event, msg) => sy.sendMsgToMain({ told: msg }));

const undo = sy.onCall((_event, n) => {
  // The next one waits.
  undo();
  sy.sendMsgToMain({ called: n });
  return new Promise(() => undefined);
});

const controller = new AbortController();
sy.sendMsgToMain({ open: true }, { signal: controller.signal }).catch(() => undefined);
setTimeout(() => controller.abort());
