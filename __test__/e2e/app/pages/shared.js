/** What pages and tests both need; a page's script and a module of main. */
(() => {
  const ears = {};

  /** Writes a value so that equal texts mean equal values, -0 and cycles included. */
  function textOf(value, seen = []) {
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "string") return JSON.stringify(value);
    if (Object.is(value, -0)) return "-0";
    if (typeof value !== "object" || value === null) return String(value);
    if (seen.includes(value)) return `#${seen.indexOf(value)}`;
    seen.push(value);
    return objectText(value, (part) => textOf(part, seen));
  }

  function objectText(object, text) {
    const tag = Object.prototype.toString.call(object).slice(8, -1);
    switch (tag) {
      case "Array":
        return `[${Array.from(object, (item, i) => (i in object ? text(item) : "hole"))}]`;
      case "Date":
        return `Date(${object.getTime()})`;
      case "RegExp":
        return `RegExp(${object})`;
      case "Map":
        return `Map(${Array.from(object, ([key, item]) => `${text(key)} => ${text(item)}`)})`;
      case "Set":
        return `Set(${Array.from(object, text)})`;
      case "ArrayBuffer":
        return `ArrayBuffer(${new Uint8Array(object)})`;
      case "Error":
        return errorText(object, text);
      case "Number":
      case "String":
      case "Boolean":
        return `${tag}(${text(object.valueOf())})`;
      default:
        return ArrayBuffer.isView(object) ? viewText(tag, object, text) : membersText(object, text);
    }
  }

  function viewText(tag, { buffer, byteOffset, byteLength }, text) {
    return `${tag}(${byteOffset}, ${byteLength}, ${text(buffer)})`;
  }

  function errorText(error, text) {
    const { code, cause } = error;
    const members = membersText({ ...error, code, cause }, text);
    return `${className(error)}(${error.name}, ${text(error.message)}, ${members})`;
  }

  function className(object) {
    return Object.getPrototypeOf(object).constructor.name;
  }

  function membersText(object, text) {
    return `{${Object.keys(object).map((key) => `${key}: ${text(object[key])}`)}}`;
  }

  /** Adds a listener and keeps what it gets. */
  function hear(label, call, on = globalThis.sy[call]) {
    const list = [];
    const listener = (event, msg) => list.push([event.windowName, textOf(msg)]);
    ears[label] = { list, listener, undo: on(listener) };
  }

  /** What a function gives or throws, as a value that can leave the page. */
  async function outcome(run) {
    try {
      return { value: await run() };
    } catch (error) {
      return { error: about(error) };
    }
  }

  /** What can be told of an error, as a value that can leave the page. */
  function about(error) {
    const { name, message, code, reason } = Object(error);
    const text = textOf(error);
    return { name, message, code, reason, text, isTypeError: error instanceof TypeError };
  }

  /** The stacks of the rejections of calls, by what each call is. They are made in `theCaller`. */
  async function stacksOf(calls) {
    function theCaller(call) {
      return call();
    }
    const stacks = {};
    for (const what of Object.keys(calls)) {
      stacks[what] = await theCaller(calls[what]).then(
        () => "no error",
        ({ stack }) => stack,
      );
    }
    return stacks;
  }

  globalThis.shared = { about, ears, hear, outcome, stacksOf, textOf };
})();
