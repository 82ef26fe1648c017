import type { Code, OfTopic } from "../protocol/protocol";
import { Reports, warn, whatOf } from "../requests";

/** In UTF-16 units: a line has room for the name, the sentence and the code. */
const MAX_SENTENCE_LENGTH = 300;

/** Reports of main, which may be about names that a page chose: its lines are bounded. */
export class MainReports extends Reports {
  private readonly _shown = new Set<string>();

  override report(
    subject: string | OfTopic,
    code: Code,
    reason: string | null,
    count: number,
    message: string,
  ) {
    if (this._listeners._hasAny) return super.report(subject, code, reason, count, message);
    const sentence = message.slice(0, MAX_SENTENCE_LENGTH);
    // One line for each subject and reason.
    const fate = code + reason + subject;
    warn(
      this._shown,
      fate,
      `${whatOf(subject)} were not delivered (${count}): ${sentence} [${code}]`,
    );
  }
}
