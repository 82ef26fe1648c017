import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { callsOf, Endpoint, rejectionOf, SUBFRAMES_ARE_OUT } from "./bundle.mjs";
import { outcome } from "./ways.mjs";

const SUBFRAME = {
  code: "ERR_SUBFRAME",
  message: "this is a subframe; initIpc({ subframes: true }) lets subframes in",
};

const refusal = (packet) => rejectionOf(packet, SUBFRAMES_ARE_OUT);

/** A world of a subframe, in an app that lets none in. */
function subframe() {
  const answers = [];
  let deliver;
  const end = new Endpoint({
    post: (_lanes, packet) => {
      const answer = refusal(packet, SUBFRAME.code, SUBFRAME.message);
      answers.push(answer);
      setImmediate(() => deliver(answer));
    },
    listen: (take) => {
      deliver = (answer) => answer && take(answer);
    },
  });
  const reports = [];
  const undo = end.reports.add((report) => reports.push(report));
  return { end, answers, reports, undo };
}

test("what a subframe asks is rejected with ERR_SUBFRAME, under the name of its call", async () => {
  const { end } = subframe();
  const asked = [outcome(end.request(1, {})), outcome(end.call("work", 2, {}))];
  const errors = (await Promise.all(asked)).map(([, error]) => error);
  assert.deepEqual(
    errors.map(({ code, message }) => [code, message]),
    ["sendMsgToMain", "callOtherRender"].map((call) => [
      SUBFRAME.code,
      `electron-switchyard: ${call}: ${SUBFRAME.message}`,
    ]),
  );
});

test("what a subframe sends is reported, once for each window and turn", async () => {
  const { end, reports } = subframe();
  for (const to of ["work", "work", "play", "work"]) end.send(to, new Uint8Array(9));
  await turn();
  await turn();
  end.send("work", 1);
  await turn();
  await turn();
  const report = (windowName, count) => ({ windowName, count, ...SUBFRAME, reason: undefined });
  assert.deepEqual(reports, [report("work", 3), report("play", 1), report("work", 1)]);
});

test("while a subframe does not listen to reports, there is one warning for each window", async (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const { end, undo } = subframe();
  undo();
  for (const to of ["work", "work", "play", "work"]) end.send(to, 1);
  await turn();
  await turn();
  assert.equal(warn.mock.callCount(), 2);
  for (const {
    arguments: [line],
  } of warn.mock.calls) {
    assert.match(
      line,
      /^electron-switchyard: messages to "(work|play)" were not delivered .*\[ERR_SUBFRAME\]$/,
    );
  }
});

test("that a subframe listens, handles, answers or gives up is answered with nothing", async () => {
  const { end, answers } = subframe();
  end.fromMain.add(() => undefined);
  callsOf(end).handle(() => undefined);
  await turn();
  const controller = new AbortController();
  const asked = outcome(end.call("work", 1, { signal: controller.signal }));
  await Promise.resolve();
  controller.abort("enough");
  assert.deepEqual(await asked, ["error", "enough"]);
  await turn();
  assert.equal(answers[0], "");
  assert.equal(answers.at(-1), "");
  assert.equal(
    refusal('[[8,[1,1],0,"answer"],[3,0,0,1],[5,1,1,0,1],[6,1,0,1]]', "ERR_SUBFRAME", ""),
    "",
  );
});
