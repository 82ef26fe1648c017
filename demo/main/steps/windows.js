const { textOf } = require("../calls");

/** The window table. Its order matters: later steps act on windows of earlier ones. */
exports.windowSteps = ({ extra, call }) => {
  const step = (name, expect) => ({
    route: "main",
    call: textOf(name),
    run: () => call(name),
    expect,
  });

  return [
    step("hasWindow", "true"),
    step("getWindow", '"work - electron-switchyard"'),
    step("getAllWindows", "2"),
    step("createWindow", '"a BrowserWindow"'),
    step("getAllWindows", "3"),
    step("createWindow: again", /^{ same: true, warning: ".*main.*" }$/),
    {
      route: "main -> renderer(extra)",
      call: textOf("sendMsgToRender: early"),
      run: async () =>
        `${call("sendMsgToRender: early")}, then ${await extra.next("onMsgFromMain")}`,
      expect: '{ queued: 1 }, then main process: "too early?"',
    },
    step("showWindow", "true"),
    step("showWindow: nobody", /^{ error: ".*nobody.*" }$/),
    step("destroyWindow", "{ hasWindow: false }"),
    step("registerWindow", '"a BrowserWindow"'),
    step("registerWindow: taken", /\(ERR_NAME_TAKEN\)$/),
    step("unregisterWindow", "true"),
    step("registerWindow", '"a BrowserWindow"'),
    step("clearWindows", "{ left: 0 }"),
    step("getAllWindows", "2"),
  ];
};
