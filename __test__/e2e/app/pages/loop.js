/** Loads itself anew, again and again; tells main of each message unless it is to be quiet. */
const query = new URLSearchParams(location.search);
const left = Number(query.get("left"));

if (query.get("tells")) sy.onMsgFromMain((_event, msg) => sy.sendMsgToMain({ msg, left }));

addEventListener("load", () => {
  const again = Number(sessionStorage.getItem("again") || left);
  if (again === 0) return void sy.sendMsgToMain("settled");
  sessionStorage.setItem("again", String(again - 1));
  setTimeout(() => location.reload(), again % 3);
});
