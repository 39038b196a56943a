/**
 * Values as they were written, though labels are read in half-width.
 *
 * @module
 */

/** The end of a text before NFKC that a rest after it stands for, since values are kept as they were written. */
export function asWritten(written: string, text: string, rest: string): string {
  if (written === text) return rest;
  let passed = 0;
  let at = 0;
  for (const char of written) {
    if (passed >= text.length - rest.length) break;
    passed += char.normalize("NFKC").length;
    at += char.length;
  }
  const tail = written.slice(at);
  return tail.normalize("NFKC") === rest ? tail : rest;
}
