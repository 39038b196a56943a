/**
 * Whether a machine wrote a mail. Such mail is never answered, or two machines would write to each other for
 * ever (RFC 3834 §2).
 *
 * @module
 */
import { type Fields, fieldText } from "./header_fields.ts";
import type { AutomaticReason } from "./read_mail.ts";

const SENDERS =
  /(?:^|[<\s"])(?:mailer-daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?)(?:\+[^@\s]*)?@/;
const SUBJECTS =
  /^(?:\s|re:|\[|【)*(?:自動応答|自動返信|自動送信|自動配信|不在通知|不在のお知らせ|不在応答|automatic reply|auto[- ]?reply|out of (?:the )?office|auto:)/i;
const MARKS = [
  "x-autoreply",
  "x-autorespond",
  "x-auto-reply-from",
  "x-autoresponder",
  "x-loop",
  "x-warifu-kind",
];
const LISTS = ["list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list", "x-ml-name"];

/** Why a mail counts as automatic; null when a person seems to have written it. */
export function automaticReason(
  fields: Fields,
  envelopeFrom: string,
  subject: string,
): AutomaticReason | null {
  if (envelopeFrom === "" || fieldText(fields, "return-path") === "<>") return "null-sender";
  if (fieldText(fields, "content-type").startsWith("multipart/report")) return "report"; // RFC 6522
  const submitted = fieldText(fields, "auto-submitted"); // RFC 3834 §5
  if (submitted !== "" && !/^no\b/.test(submitted)) return "auto-submitted";
  const precedence = fieldText(fields, "precedence");
  if (precedence === "list" || LISTS.some((key) => fields.has(key))) return "list"; // RFC 2919, RFC 2369
  if (/^(?:bulk|junk|auto[-_]?reply)/.test(precedence)) return "precedence";
  if (MARKS.some((key) => fields.has(key))) return "auto-submitted";
  if (SENDERS.test(fieldText(fields, "from"))) return "no-reply-sender";
  return SUBJECTS.test(subject.normalize("NFKC")) ? "subject" : null;
}
