// For `import` under Node's own module resolution: index.d.ts alone would count as CommonJS, with a
// default export that is not there.
export * from "./index.js";
