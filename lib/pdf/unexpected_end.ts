import { UnreadableError } from "../domain/unreadable.ts";

/** The bytes end within a value: it is cut off, or the window onto the file is too small. */
export class UnexpectedEnd extends UnreadableError {
  /** Always `malformed`: what is left when the window cannot grow. */
  constructor() {
    super("malformed", "Cannot read PDF value: the bytes end within it");
  }
}
