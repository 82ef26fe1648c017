/** What scripts of a page do to the language and the DOM before this package's comes. */
globalThis.patches = {
  "JSON.parse makes dates": () => {
    const { parse } = JSON;
    const date = (_key, value) => (/^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : value);
    JSON.parse = (text) => parse(text, date);
  },
  "JSON.stringify adds spaces": () => {
    const { stringify } = JSON;
    JSON.stringify = (value) => stringify(value, null, 2);
  },
  "there is a toJSON": () => {
    for (const { prototype } of [Object, Array, String]) prototype.toJSON = () => "changed";
  },
  "slice of bytes is a view": () => {
    Uint8Array.prototype.slice = function (from, to) {
      return this.subarray(from, to);
    };
  },
  "prototypes have more members": () => {
    Object.prototype.extra = () => 1;
    Array.prototype.last = () => 1;
  },
  "prototypes have accessors of indexes": () => {
    const accessors = { get: () => undefined, set: () => undefined, configurable: true };
    for (let n = 0; n < 20; n++) {
      Object.defineProperty(Object.prototype, n, accessors);
      Object.defineProperty(Array.prototype, n, accessors);
    }
  },
  "prototypes have accessors of members": () => {
    const accessors = { get: () => undefined, set: () => undefined, configurable: true };
    for (const name of ["code", "detail", "toJSON", "text", "form", "reason", "data", "bubbles"]) {
      Object.defineProperty(Object.prototype, name, accessors);
    }
  },
  "prototypes are frozen": () => {
    for (const { prototype } of [Object, Array, Map, Error, Promise]) Object.freeze(prototype);
  },
  "events are replaced": () => {
    for (const name of ["Event", "CustomEvent", "MessageEvent", "MouseEvent", "EventTarget"]) {
      window[name] = class {};
    }
  },
  "nobody receives events": () => {
    const { prototype } = EventTarget;
    for (const name of ["addEventListener", "dispatchEvent"]) prototype[name] = () => true;
  },
  "symbols are never the same": () => {
    Symbol.for = (key) => Symbol(key);
  },
  "timers never fire": () => {
    for (const name of ["setTimeout", "setInterval"]) window[name] = () => 1;
  },
  "promises are another class": () => {
    window.Promise = class extends Promise {};
  },
  "Maps are another class": () => {
    window.Map = class extends Map {};
  },
  "there is no console": () => {
    window.console = undefined;
  },
};
