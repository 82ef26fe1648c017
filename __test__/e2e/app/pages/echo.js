/** Tells main of each message, and of which load of the page it came to. */
const query = new URLSearchParams(location.search);
const load = Math.random();
const tell = (lane) => (_event, msg) => sy.sendMsgToMain({ lane, msg, load });

setTimeout(
  () => {
    sy.onMsgFromMain(tell("main"));
    sy.onMsgFromOtherRender(tell("other"));
  },
  Number(query.get("late") || 0),
);
