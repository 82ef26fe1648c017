/**
 * A page's scripts may replace JSON.parse, as to make Dates of texts, before this is loaded. The
 * bridge has it as it was before them.
 */
export const json: { parse: (text: string) => unknown } = { parse: JSON.parse };
