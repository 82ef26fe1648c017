// For `import` under Node's own module resolution; see index.d.mts.
export * from "./preload.js";
