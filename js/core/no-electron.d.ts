/** What tsconfig.json gives for "electron": nothing, so that the core cannot know it. */
export {};
