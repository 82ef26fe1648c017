/** Stands for "electron" in tsconfig.json and has nothing, so that the core cannot know Electron. */
export {};
