/** Sends values, by our calls or by electron-prokit's, and tells what arrives. */
(() => {
  const { sy, electronProkit, values, describe } = window;
  const OURS = {
    renderMsgToMain: sy.sendMsgToMain,
    renderMsgToRender: sy.sendMsgToOtherRender,
    onMsgFromMain: sy.onMsgFromMain,
    onRenderMsgToRender: sy.onMsgFromOtherRender,
  };
  const calls = location.search === "?by=import" ? OURS : electronProkit;
  /** Says that no more comes. */
  const END = "differential: end";
  let heard = [];
  let ended = () => {};

  function hear(_event, msg) {
    if (msg === END) ended(heard.splice(0));
    else heard.push(describe(msg));
  }

  calls.onMsgFromMain(hear);
  calls.onRenderMsgToRender(hear);

  /** "refused" also where the refusal comes later: electron-prokit's page cannot tell at once. */
  async function refusedOr(run) {
    try {
      return await run();
    } catch {
      return "refused";
    }
  }

  /** What structured clone makes of a value. */
  function cloned(value) {
    return refusedOr(async () => {
      const { port1, port2 } = new MessageChannel();
      const arrived = new Promise((resolve) => {
        port2.onmessage = ({ data }) => resolve(describe(data));
      });
      port1.postMessage(value);
      return await arrived;
    });
  }

  window.differential = {
    clone: (name) => cloned(values[name]()),
    ask: (name) => refusedOr(() => calls.renderMsgToMain(values[name]())),
    answer: () => refusedOr(async () => describe(await calls.renderMsgToMain(null))),
    tell: (name) =>
      refusedOr(() => {
        calls.renderMsgToRender("b", values[name]());
        return "sent";
      }),
    end: () => calls.renderMsgToRender("b", END),
    /** Begins to listen; {@link arrived} has what came until the end. */
    listen: () => {
      heard = [];
      window.arrived = new Promise((resolve) => {
        ended = resolve;
      });
    },
  };
})();
