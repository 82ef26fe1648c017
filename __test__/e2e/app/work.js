/** Handlers that work at each request until the test answers it, and note what its signal says. */
const { until } = require("./time");

/** Runs in a page and in main: `add` is onCall or onMsgFromRender. */
function startWork(add) {
  const requests = [];
  add((event, msg) => {
    const request = { msg, aborts: [] };
    requests.push(request);
    event.signal.addEventListener("abort", () => {
      request.aborts.push(shared.about(event.signal.reason));
      request.signal = event.signal;
    });
    return new Promise((resolve, reject) => Object.assign(request, { resolve, reject }));
  });
  return {
    /** What can be told of the requests, in the order in which they came. */
    seen: () =>
      requests.map(({ msg, aborts, signal }) => {
        return { msg, aborts, aborted: Boolean(signal?.aborted) };
      }),
    answer: (msg, value) => void requests.find((request) => request.msg === msg).resolve(value),
    answerLast: (value) => void requests[requests.length - 1].resolve(value),
    fail: (msg, text) => {
      requests.find((request) => request.msg === msg).reject(new Error(text));
    },
  };
}

/** Both work alike, wherever the handler is. */
class Work {
  /** `call` gives what a method of the work gives, or a promise of it. */
  constructor(call) {
    this.call = call;
  }

  seen() {
    return this.call("seen");
  }

  answer(msg, value) {
    return this.call("answer", msg, value);
  }

  answerLast(value) {
    return this.call("answerLast", value);
  }

  fail(msg, text) {
    return this.call("fail", msg, text);
  }

  /** Once so many requests are at work. */
  begun(count) {
    return until(`${count} requests are at work`, async () => (await this.seen()).length >= count);
  }

  /** What the signal of a request was aborted with, once it was; that it was so once. */
  async aborted(msg) {
    const find = async () => (await this.seen()).find((request) => request.msg === msg);
    const { aborts, aborted } = await until(`the signal of ${msg} is aborted`, async () => {
      const request = await find();
      return request && request.aborts.length > 0 && request;
    });
    if (aborts.length !== 1 || !aborted) throw new Error(`${aborts.length} aborts of ${msg}`);
    return aborts[0];
  }
}

/** In main, for the time of the test. */
function workInMain(t) {
  const work = startWork((handler) => t.handle(handler));
  return new Work((method, ...args) => work[method](...args));
}

/** In the document that is in a window now. */
async function workInPage(page) {
  await page.run(`() => { window.work = (${startWork})(sy.onCall); }`);
  return new Work((method, ...args) =>
    page.run((method, args) => window.work[method](...args), method, args),
  );
}

module.exports = { workInMain, workInPage };
