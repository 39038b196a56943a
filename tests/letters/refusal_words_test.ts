import { match, strictEqual as equal } from "node:assert/strict";
import { refusalWords } from "../../lib/letters/refusal_words.ts";
import type { UploadFault } from "../../lib/pdf/upload_check.ts";

const FAULTS: Readonly<Record<UploadFault, true>> = {
  not_pdf: true,
  truncated: true,
  bad_xref: true,
  malformed: true,
  bomb: true,
  no_pages: true,
  encrypted: true,
  docmdp_locked: true,
  xfa: true,
  javascript: true,
  launch_action: true,
  embedded_files: true,
  too_large: true,
  too_many_pages: true,
};

Deno.test("R13 each reason why a file is not taken has a Japanese sentence of its own, and says what to do", () => {
  const words = (Object.keys(FAULTS) as UploadFault[]).map(refusalWords);
  for (const { reason, remedy } of words) {
    match(reason, /^PDF.*[ぁ-ん].*。$/);
    match(remedy, /お送りください。$/);
  }
  equal(new Set(words.map(({ reason }) => reason)).size, words.length);
});
