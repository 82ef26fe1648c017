import { titled } from "./titled";

/** The calls of which the console has a line. */
const warned: { [apiName: string]: true } = {};

/**
 * A line on the console, once for each call: an argument behind the message is not sent. Raw ipc has a channel
 * before its data.
 */
export function warnOfDropped(apiName: string, dropped: unknown) {
  if (dropped === undefined || warned[apiName]) return;
  warned[apiName] = true;
  const before = apiName === "sendMsgToMain" ? "" : "windowName, ";
  console.warn(
    titled(
      `${apiName} drops what follows the message: call ${apiName}(${before}{ channel, data })`,
    ),
  );
}
