// Runs in the Node of the platform that a binary is for: loads it, routes a message and meets a
// refusal. Arguments: the binary, and a file for what came out (Node cannot write to a pipe in Wine).
const { writeFileSync } = require("node:fs");

const [, , binary, outcome] = process.argv;

function routed() {
  const { Router } = require(binary);
  const router = new Router();
  router.nameWindow("work", 7);
  // js/protocol/exchange.ts describes the texts.
  const [exchange] = router.messageFunctions();
  const out = exchange(1, '>"work"\n0,"hello"', router.connect(7, 20), 1, "");
  const text = out.slice(out.indexOf("["));
  return { text, refused: refusal(() => exchange(0, '>"nobody"\n!0,1', 0, 0, "")) };
}

function refusal(call) {
  try {
    return call();
  } catch (error) {
    return error.code;
  }
}

function attempt() {
  try {
    return routed();
  } catch (error) {
    return { error: String(error) };
  }
}

const { platform, arch, version } = process;
writeFileSync(outcome, JSON.stringify({ ...attempt(), platform, arch, version }));
