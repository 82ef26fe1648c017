/** A window's name as a record's address. */
export function addressOf(windowName: string): string {
  // Names are UTF-8 in the router; Node-API makes the same of a lone surrogate there.
  return JSON.stringify(windowName.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}
