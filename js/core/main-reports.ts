import { describe } from "../errors";
import type { Code } from "../protocol/protocol";
import { Reports, warn } from "../requests";

/** In UTF-16 units: a line has room for the name, the sentence and the code. */
const MAX_SENTENCE_LENGTH = 300;

/** Reports of main, which may be about names that a page chose: its lines are bounded. */
export class MainReports extends Reports {
  private readonly _shown = new Set<string>();

  override report(
    windowName: string,
    code: Code,
    reason: string | null,
    count: number,
    message: string,
  ) {
    if (this._listeners._hasAny) return super.report(windowName, code, reason, count, message);
    const sentence = message.slice(0, MAX_SENTENCE_LENGTH);
    // One line for each window and reason.
    const fate = code + reason + windowName;
    warn(
      this._shown,
      fate,
      `messages to ${describe(windowName)} were not delivered (${count}): ${sentence} [${code}]`,
    );
  }
}
