/** What a call writes to the console, instead of writing it. */
function captureConsole(method, call) {
  const original = console[method];
  const texts = [];
  console[method] = (...args) => texts.push(args.join(" "));
  try {
    call();
  } finally {
    console[method] = original;
  }
  return texts.join("\n");
}

exports.captureConsole = captureConsole;
