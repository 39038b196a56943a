/**
 * Input that came from outside and cannot be understood. It ends as a courteous letter to whoever can mend it;
 * the original is kept.
 */
export class UnreadableError extends Error {
  /** Stable name of the fault, for tables of answers. */
  readonly code: string;
  /** Where it was met, in terms of the format (`object 12`, `offset 4711`, `Certificate.validity`). */
  readonly where: string | undefined;
  /**
   * Says what could not be read.
   *
   * @param message what could not be read and why, without addresses, tokens or document text
   */
  constructor(code: string, message: string, options: { where?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "UnreadableError";
    this.code = code;
    this.where = options.where;
  }
}
